import { DomainError } from '../../domain/errors.js';
import { formatCents, formatMoney, moneyOf, type Micros } from '../../domain/money.js';
import type { Queries, Transaction } from '../system/database.js';
import { activeCredit, liveAndCredit } from './available.js';
import { postEntries, type PostOptions, type PostedEntry } from './ledger.js';
import { inTransaction } from '../system/transaction.js';

/** Money that goes from one client to another (docs/manuals.md#transfers). */
interface NewTransfer {
  /** the caller's id: the same id is the same transfer */
  readonly externalId: string;
  readonly fromClientId: string;
  readonly toClientId: string;
  /** millionths, above 0 */
  readonly amount: Micros;
  /** of both clients */
  readonly currency: string;
  /** ms since 1970; absent: the moment it is recorded */
  readonly occurredAt?: number | null;
  readonly source: string;
  readonly note?: string;
}

interface PostedTransfer {
  readonly out: PostedEntry;
  readonly in: PostedEntry;
  readonly replayed: boolean;
}

/**
 * Posts both sides of a transfer, or neither. It is no refill of the one who gets it.
 *
 * @throws DomainError as `postEntries`; `conflict` also when the sender's available balance is too low
 * (docs/manuals.md#transfers).
 */
export async function postTransfer(
  q: Queries,
  transfer: NewTransfer,
  options: PostOptions = {},
): Promise<PostedTransfer> {
  const { fromClientId, toClientId, amount, ...common } = transfer;
  if (fromClientId === toClientId) {
    throw new DomainError('invalid', 'a client cannot transfer money to itself', '/toClientId');
  }
  if (amount <= 0n) throw new DomainError('invalid', 'the amount of a transfer must be above zero', '/amount');
  return inTransaction(q, async (tx) => {
    const sides = [
      { ...common, kind: 'transfer' as const, clientId: fromClientId, amount: -amount },
      { ...common, kind: 'transfer' as const, clientId: toClientId, amount },
    ];
    const [out, into] = await postEntries(tx, sides, options);
    if (!out || !into) throw new TypeError('a transfer has two entries');
    if (out.replayed !== into.replayed) {
      throw new DomainError(
        'conflict',
        'this id was used for another transfer: repeat that one exactly as it was, or give this one an id of its own',
        '/id',
      );
    }
    if (!out.replayed) await refuseUncovered(tx, fromClientId, amount, options.now ?? Date.now());
    return { out, in: into, replayed: out.replayed };
  });
}

/** Looks at the balance after the entry, in its transaction: nobody else can have moved it. */
async function refuseUncovered(tx: Transaction, clientId: string, amount: Micros, nowMs: number): Promise<void> {
  const [row] = await tx<{ available: string; unlimited: boolean; currency: string }[]>`
    select c.balance_model = 'unlimited' as unlimited, c.currency, ${liveAndCredit(tx, tx`b.live`)} as available
    from clients c join balances b on b.client_id = c.id ${activeCredit(tx, new Date(nowMs))}
    where c.id = ${clientId}`;
  if (!row || row.unlimited) return;
  const left = moneyOf(row.available);
  if (left >= 0n) return;
  throw new DomainError(
    'conflict',
    `the client has ${formatCents(left + amount)} ${row.currency} available, not ${formatMoney(amount)}: nothing was transferred`,
    '/amount',
  );
}
