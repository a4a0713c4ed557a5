import { DomainError } from '../../domain/errors.js';
import { minuteMs } from '../../domain/durations.js';
import { moneyOf } from '../../domain/money.js';
import { requireLedgerOf } from '../../domain/resellers/tree.js';
import {
  findResellerEntry,
  insertResellerEntry,
  type NewResellerEntry,
  type ResellerEntryRow,
} from '../../storage/resellers/reseller-ledger.js';
import { lockReseller } from '../../storage/resellers/resellers.js';
import { appendToLedger, type Requester } from '../change.js';

const maxAheadMs = 5 * minuteMs;

interface RecordedResellerEntry {
  readonly row: ResellerEntryRow;
  /** the same request had recorded it before */
  readonly replayed: boolean;
}

/**
 * Records a payment or an adjustment of a reseller. The same id with the same body changes nothing a second time.
 *
 * @throws DomainError `not_found`, `manager_not_permitted` (a manager has no balance), `own_ledger`, `currency_mismatch`,
 *   `conflict` (the operator; the id was used with another body), `invalid` (0, more than 5 minutes in the future)
 */
export function recordResellerEntry(requester: Requester, entry: NewResellerEntry): Promise<RecordedResellerEntry> {
  const { resellerId } = requester.scope;
  if (moneyOf(entry.amount) === 0n) throw new DomainError('invalid', 'must not be 0', '/amount');
  if (entry.occurredAt && entry.occurredAt.getTime() > requester.now + maxAheadMs) {
    throw new DomainError('invalid', 'must not be more than 5 minutes in the future', '/at');
  }
  return appendToLedger(requester, async (tx) => {
    const reseller = await lockReseller(tx, resellerId, entry.resellerId);
    if (!reseller) throw new DomainError('not_found', `there is no reseller ${entry.resellerId}`, '/path/id');
    requireLedgerOf(reseller, '/path/id');
    if (reseller.id === resellerId) {
      throw new DomainError('own_ledger', 'the ledger of your reseller is kept by the reseller above it', '/path/id');
    }
    if (reseller.currency !== entry.currency) {
      const detail =
        reseller.currency === null
          ? 'the reseller has no currency: set it first'
          : `must be ${reseller.currency}, the currency of the reseller`;
      throw new DomainError('currency_mismatch', detail, '/currency');
    }
    const found = await findResellerEntry(tx, entry);
    if (!found) return { row: await insertResellerEntry(tx, entry), replayed: false };
    if (!isSame(found, entry)) {
      throw new DomainError('conflict', `the id ${entry.externalId} belongs to another entry: use a new id`, '/id');
    }
    return { row: found, replayed: true };
  });
}

function isSame(found: ResellerEntryRow, { amount, currency, occurredAt, note }: NewResellerEntry): boolean {
  const seconds = (at: Date): number => Math.floor(at.getTime() / 1000);
  const isAtSame = found.undated || occurredAt === null || seconds(found.occurredAt) === seconds(occurredAt);
  return moneyOf(found.amount) === moneyOf(amount) && found.currency === currency && found.note === note && isAtSame;
}
