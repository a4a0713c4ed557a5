import { DomainError } from '../../domain/errors.js';
import type { PostedEntry } from '../../domain/ledger/ledger-entries.js';
import { formatCents, formatMoney, moneyOf, type Micros } from '../../domain/money.js';
import { readAvailable } from '../../storage/ledger/balance-read.js';
import { retryRaces, writeEntries } from '../../storage/ledger/ledger.js';
import type { Transaction } from '../../storage/system/database.js';
import { appendToLedger, type Requester } from '../change.js';

/** Money that goes from one client to another. */
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
 * Records both sides of a transfer, or neither. It is no refill of the one who gets it.
 *
 * @throws DomainError as `recordEntry`; `conflict` also when the giver has not enough ("accounts that have sufficient
 * available funds can transfer funds")
 */
export async function recordTransfer(requester: Requester, transfer: NewTransfer): Promise<PostedTransfer> {
  const { fromClientId, toClientId, amount, ...common } = transfer;
  if (fromClientId === toClientId) {
    throw new DomainError('invalid', 'a client cannot transfer money to itself', '/toClientId');
  }
  if (amount <= 0n) throw new DomainError('invalid', 'the amount of a transfer must be above zero', '/amount');
  const sides = [
    { ...common, kind: 'transfer' as const, clientId: fromClientId, amount: -amount },
    { ...common, kind: 'transfer' as const, clientId: toClientId, amount },
  ];
  const within = { withinReseller: requester.scope.resellerId };
  return retryRaces(() =>
    appendToLedger(requester, async (tx) => {
      const [out, into] = await writeEntries(tx, sides, within, 'all');
      if (!out?.ok || !into?.ok) throw new TypeError('a transfer has two entries');
      const { replayed } = out.entry;
      if (replayed !== into.entry.replayed) {
        throw new DomainError(
          'conflict',
          'this id was used for another transfer: repeat that one exactly as it was, or give this one an id of its own',
          '/id',
        );
      }
      if (!replayed) await refuseUncovered(tx, fromClientId, amount);
      return { out: out.entry, in: into.entry, replayed };
    }),
  );
}

/** Reads the balance after the entry, in its transaction: no other writer can have changed it. */
async function refuseUncovered(tx: Transaction, clientId: string, amount: Micros): Promise<void> {
  const row = await readAvailable(tx, clientId, Date.now());
  if (!row || row.unlimited) return;
  const left = moneyOf(row.available);
  if (left >= 0n) return;
  throw new DomainError(
    'conflict',
    `the client has ${formatCents(left + amount)} ${row.currency} available, not ${formatMoney(amount)}: nothing was transferred`,
    '/amount',
  );
}
