import { creditRequestKinds } from '../../../domain/credit/credit-requests.js';
import { toSecond } from '../../../domain/monitoring/schedule.js';
import {
  decideCreditRequest,
  findOpenCreditRequest,
  lockCreditRequest,
} from '../../../storage/credit/credit-requests.js';
import type { Transaction } from '../../../storage/system/database.js';
import type { ChangeEntry, Requester } from '../../change.js';
import { creditRequestEntry, resolveRequested } from './credit-request-entry.js';

/**
 * Refuses the pending credit requests of a client within the transaction that deletes it. The caller holds the client's
 * row locked, and records the entries. Their workflows find them refused when they wake. One that is approved already is
 * refused by the step that carries it out.
 */
export async function refuseOpenRequests(
  tx: Transaction,
  { actor, now }: Requester,
  clientId: string,
  reason: string,
): Promise<readonly ChangeEntry[]> {
  const atMs = toSecond(now);
  const entries: ChangeEntry[] = [];
  for (const kind of creditRequestKinds) {
    const open = await findOpenCreditRequest(tx, clientId, kind);
    const before = open && (await lockCreditRequest(tx, open.id));
    if (before?.status !== 'pending') continue;
    const ending = { status: 'refused', by: actor.id, atMs, reason } as const;
    const after = await decideCreditRequest(tx, before.id, { ...ending, failure: 'client_deleted' });
    await resolveRequested(tx, after, atMs);
    entries.push(creditRequestEntry('credit_request.refuse', reason, before, after));
  }
  return entries;
}
