import { releaseOf } from '../../domain/invoicing/allocation.js';
import { DomainError } from '../../domain/errors.js';
import type { PostedEntry } from '../../domain/ledger/entry.js';
import { moneyWithCurrency, type Micros } from '../../domain/money.js';
import { releaseAllocation, settle } from '../../storage/invoicing/settle.js';
import {
  allocationsOfCredit,
  findPaymentCredit,
  findReversal,
  insertReversal,
  lowerCredit,
  type CreditRow,
} from '../../storage/invoicing/settlement.js';
import { lockPayer } from '../../storage/payments/auto-payments.js';
import { openAccountOfEntry } from '../../storage/accounts/account-balances.js';
import { writeEntries } from '../../storage/ledger/ledger.js';
import type { Transaction } from '../../storage/system/database.js';
import { change, recorded, unchanged, type Requester } from '../change.js';
import { freezePayments } from '../payments/charges/freeze-payments.js';
import { lockClient } from './invoice-access.js';

export const reversalReasons = ['chargeback', 'bounced', 'staff'] as const;

export interface NewReversal {
  /** the requester's: the same id is the same reversal */
  readonly externalId: string;
  /** above zero */
  readonly amount: Micros;
  readonly reason: (typeof reversalReasons)[number];
  readonly note: string | null;
}

interface ReversedPayment {
  readonly id: string;
  readonly clientId: string;
  readonly currency: string;
}

/**
 * Takes a payment back, in whole or in part: first what no invoice has used of it, then what settled the newest invoices.
 * What was refunded of it is taken as well: then more has left than came, until another payment covers it.
 * Other money of the client then settles what is due, the oldest invoice first. It is no charge, and no refill; counters
 * that the payment had reset stay reset. A chargeback freezes the client's automatic payments.
 *
 * @throws DomainError `not_found`, `client_deleted`, `reversal_exceeds_payment` (less what was reversed),
 * `conflict` (the id was used for another)
 */
export function reversePayment(
  requester: Requester,
  payment: ReversedPayment,
  reversal: NewReversal,
): Promise<PostedEntry> {
  const { clientId, currency } = payment;
  const { externalId, amount, reason, note } = reversal;
  return change<PostedEntry>(requester, async (tx) => {
    // Before the balances, as every payment by card does: two of them never wait for each other.
    const payer = await lockPayer(tx, requester.scope.resellerId, clientId, requester.now);
    await lockClient(tx, requester, clientId, 'accepted');
    const source = requester.actor.id;
    // What a payment brought to an account is taken from it.
    const accountId = await openAccountOfEntry(tx, payment.id);
    const common = { clientId, externalId, currency, source, accountId, ...(note !== null && { note }) };
    const [result] = await writeEntries(tx, [{ ...common, kind: 'reversal', amount: -amount }], {}, 'all');
    if (!result?.ok) throw new TypeError('a posted entry has a row');
    const { entry } = result;
    if (entry.replayed) {
      const known = await findReversal(tx, entry.id);
      if (known?.paymentId === payment.id && known.reason === reason) return unchanged(entry);
      throw new DomainError(
        'conflict',
        'this id was used for another reversal: repeat that request unchanged, or choose another id',
        '/id',
      );
    }
    await insertReversal(tx, { entryId: entry.id, clientId, paymentId: payment.id, reason });
    await takeBack(tx, payment, amount);
    await settle(tx, clientId, new Date(requester.now));
    if (reason === 'chargeback' && payer?.card) await freezePayments(tx, requester, payer, null, 'chargeback');
    return recorded(entry, {
      action: 'payment.reverse',
      subjectType: 'client',
      subjectId: clientId,
      clientId,
      reason: note ?? null,
      before: null,
      after: { id: externalId, amount: entry.amount, currency, reason },
    });
  });
}

async function takeBack(tx: Transaction, payment: ReversedPayment, amount: Micros): Promise<void> {
  const credit = await findPaymentCredit(tx, payment.id);
  if (!credit) throw new TypeError('a payment has a credit');
  if (amount > credit.amount) throw exceedsPayment(credit, payment.currency);
  const unused = credit.amount - credit.used;
  const needed = amount - (unused > 0n ? unused : 0n);
  const standing = await allocationsOfCredit(tx, credit.id);
  const allocated = standing.reduce((all, one) => all + one.amount, 0n);
  const released = releaseOf(standing, needed < allocated ? needed : allocated) ?? [];
  for (const { id, kept } of released) await releaseAllocation(tx, id, kept);
  await lowerCredit(tx, credit.id, amount);
}

function exceedsPayment({ amount }: CreditRow, currency: string): DomainError {
  return new DomainError(
    'reversal_exceeds_payment',
    `the amount must be up to ${moneyWithCurrency(amount, currency)}, the payment without its earlier reversals`,
    '/amount',
  );
}
