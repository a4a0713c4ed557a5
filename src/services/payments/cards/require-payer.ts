import { DomainError } from '../../../domain/errors.js';
import { inFlightStatuses } from '../../../domain/payments/card-payments.js';
import { findOpenPayment } from '../../../storage/payments/card-payments.js';
import { lockPayer, type Payer } from '../../../storage/payments/auto-payments.js';
import type { Queries, Transaction } from '../../../storage/system/database.js';
import type { ChangeEntry, Requester } from '../../change.js';

/**
 * The client whose card it is, its automatic payments locked.
 *
 * @throws DomainError `not_found`, also outside of the scope; `client_deleted`
 */
export async function requirePayer(tx: Transaction, { scope, now }: Requester, clientId: string): Promise<Payer> {
  return livePayer(await lockPayer(tx, scope.resellerId, clientId, now), clientId);
}

export function livePayer(payer: Payer | null, clientId: string): Payer {
  if (!payer) throw new DomainError('not_found', `there is no client ${clientId}`, '/path/id');
  if (payer.status === 'deleted') {
    throw new DomainError('client_deleted', 'the client is deleted and accepts no changes', '/path/id');
  }
  return payer;
}

/** @throws DomainError `auto_payment_in_flight`: the gateway was asked, and how it ended is not known */
export async function refuseInFlight(q: Queries, clientId: string): Promise<void> {
  const open = await findOpenPayment(q, clientId, { statuses: inFlightStatuses });
  if (!open) return;
  throw new DomainError(
    'auto_payment_in_flight',
    `card payment ${open.id} is ${open.status === 'held' ? 'under review at the gateway' : 'being charged'}: wait for its outcome`,
  );
}

/** The audit row of a change of a client's card or automatic payments. */
export function autoPaymentEntry(
  action: string,
  clientId: string,
  reason: string | null,
  before: Record<string, unknown> | null,
  after: Record<string, unknown> | null,
): ChangeEntry {
  return { action, subjectType: 'client', subjectId: clientId, clientId, reason, before, after };
}
