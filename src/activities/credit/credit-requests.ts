import type { AdvanceCreditRequestInput, AdvanceCreditRequestResult } from '../../contract/credit-requests.js';
import { systemActor } from '../../domain/monitoring/state.js';
import { advanceCreditRequest } from '../../services/credit/requests/advance-credit-request.js';
import { readStalledCreditRequests } from '../../storage/credit/credit-requests.js';
import type { ActivityDeps } from '../deps.js';
import { withFailures } from '../failures.js';
import { requesterFor } from '../requester.js';

/** The steps of credit requests. The database knows what was done: made again, a step does nothing a second time. */
export function creditRequestActivities({ sql, actions }: ActivityDeps) {
  return {
    advanceCreditRequest: ({ creditRequestId, at }: AdvanceCreditRequestInput): Promise<AdvanceCreditRequestResult> =>
      withFailures('advanceCreditRequest', async () =>
        advanceCreditRequest(await requesterFor(sql, systemActor, at), creditRequestId, actions),
      ),
  };
}

/** Granting takes seconds, and so does expiring. */
const stalledMs = 60_000;
const maxWoken = 100;

/** Wakes credit requests whose decision or expiry was not noticed. */
export async function wakeStalledCreditRequests({ sql, actions }: ActivityDeps): Promise<void> {
  for (const id of await readStalledCreditRequests(sql, stalledMs, maxWoken)) await actions.wakeCreditRequest(id);
}
