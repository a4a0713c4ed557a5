import { DomainError } from '../../../domain/errors.js';
import type { NewEntry, PostedEntry } from '../../../domain/ledger/entry.js';
import type { Requester } from '../../../services/change.js';
import { recordEntry } from '../../../services/ledger/record-entries.js';
import { sentPayment, withRefusalEvent } from '../../../storage/events/refused-payments.js';
import type { Answer } from '../../contract/answers.js';
import type { Scope } from '../../../storage/system/scope.js';
import type { ApiContext } from '../../context.js';
import type { AccountRow } from '../../../storage/ledger/balance-read.js';
import { paymentLocation } from './payment-fields.js';
import { paymentSchema, postedJson, requireAccount } from './shared.js';

/** The answers of every operation that posts one entry. */
export const postResponses = {
  201: { description: 'Recorded', schema: paymentSchema },
  200: { description: 'Recorded earlier, with the same body: nothing changed', schema: paymentSchema },
};

/** The codes with which an entry may be refused. */
export const postProblems = ['client_deleted', 'currency_mismatch', 'account_closed', 'conflict'] as const;

/**
 * Posts one entry: 201 the first time, 200 when it is repeated. Temporal is not asked: the outbox signals the monitor,
 * so this also works while Temporal is down.
 */
export async function postOne(
  input: {
    readonly context: ApiContext;
    readonly scope: Scope;
    readonly requester: Requester;
    readonly now: number;
  },
  entry: NewEntry,
  clientPointer: string,
): Promise<Answer<200 | 201, ReturnType<typeof postedJson>>> {
  const { context, scope, requester, now } = input;
  const record = async (): Promise<{ account: AccountRow; posted: PostedEntry }> => {
    const account = await requireAccount({ scope, now }, entry.clientId, clientPointer);
    const posted = await recordEntry(requester, entry).catch((error: unknown) => {
      throw pointingAt(error, clientPointer);
    });
    return { account, posted };
  };
  const refusal = { withinReseller: scope.resellerId, atMs: now };
  // On the service's own connections: the same event may be open already because of another reseller's payment.
  const { account, posted } = await (entry.kind === 'payment'
    ? withRefusalEvent(context.databases.service, sentPayment(entry), refusal, record)
    : record());
  if (!posted.replayed) context.live.touch([posted.clientId]);
  return {
    status: posted.replayed ? 200 : 201,
    body: postedJson(posted, account),
    ...(entry.kind === 'payment' && { headers: { Location: paymentLocation(posted, scope.resellerId) } }),
  };
}

/** The ledger names the client as a field of the entry; here it may be part of the path. */
function pointingAt(error: unknown, clientPointer: string): unknown {
  return error instanceof DomainError && error.pointer === '/clientId'
    ? new DomainError(error.code, error.message, clientPointer)
    : error;
}
