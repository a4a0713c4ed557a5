import { takeFrom } from '../../domain/invoicing/allocation.js';
import { DomainError } from '../../domain/errors.js';
import type { PostedEntry } from '../../domain/ledger/entry.js';
import { moneyWithCurrency, type Micros } from '../../domain/money.js';
import { insertRefundAllocations, openCredits } from '../../storage/invoicing/settle.js';
import { findPaymentCredit, readRefundable } from '../../storage/invoicing/settlement.js';
import { writeEntries } from '../../storage/ledger/ledger.js';
import { change, recorded, unchanged, type Requester } from '../change.js';
import { lockClient } from './invoice-access.js';

export interface NewRefund {
  /** the requester's: the same id is the same refund */
  readonly externalId: string;
  /** above zero */
  readonly amount: Micros;
  readonly currency: string;
  readonly reason: string;
  /** the entry of the payment that is paid back first; null: the oldest */
  readonly paymentEntryId: string | null;
}

/**
 * Records money that is paid out to a client, of what no invoice has used and what was not transferred to other clients. It
 * is no refill.
 *
 * @throws DomainError `not_found`, `client_deleted`, `currency_mismatch`, `refund_exceeds_unallocated`, `conflict` (the id
 * was used for another)
 */
export function recordRefund(requester: Requester, clientId: string, refund: NewRefund): Promise<PostedEntry> {
  const at = new Date(requester.now);
  const { externalId, amount, currency, reason } = refund;
  return change<PostedEntry>(requester, async (tx) => {
    await lockClient(tx, requester, clientId);
    const [result] = await writeEntries(
      tx,
      [
        {
          ...{
            clientId,
            kind: 'refund',
            externalId,
            amount: -amount,
            currency,
            source: requester.actor.id,
            note: reason,
          },
          ...(refund.paymentEntryId !== null && { refundOf: refund.paymentEntryId }),
        },
      ],
      {},
      'all',
    );
    if (!result?.ok) throw new TypeError('a posted entry has a row');
    const { entry } = result;
    if (entry.replayed) return unchanged(entry);
    const first = refund.paymentEntryId === null ? null : await findPaymentCredit(tx, refund.paymentEntryId);
    const refundable = await readRefundable(tx, clientId);
    const taken = amount > refundable ? null : takeFrom(await openCredits(tx, clientId, amount, first?.id), amount);
    if (!taken) throw exceedsUnallocated(refundable, currency);
    await insertRefundAllocations(tx, clientId, entry.id, at, taken);
    return recorded(entry, {
      action: 'payment.refund',
      subjectType: 'client',
      subjectId: clientId,
      clientId,
      reason,
      before: null,
      after: { id: externalId, amount: entry.amount, currency },
    });
  });
}

function exceedsUnallocated(refundable: Micros, currency: string): DomainError {
  return new DomainError(
    'refund_exceeds_unallocated',
    `the amount must be up to ${moneyWithCurrency(refundable, currency)}, which no invoice has used and no transfer took to another client`,
    '/amount',
  );
}
