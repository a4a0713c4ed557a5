import { DomainError } from '../../domain/errors.js';
import { rateOf } from '../../domain/money.js';
import { toSecond } from '../../domain/monitoring/schedule.js';
import { resolveMissingRate } from '../../storage/events/missing-rate.js';
import {
  findRate,
  insertRate,
  signalConverted,
  type NewRate,
  type RateRow,
} from '../../storage/rates/exchange-rates.js';
import { change, recorded, unchanged, type Requester } from '../change.js';
import type { ConfirmImpact } from '../profiles/compute-impact.js';
import { confirmRate } from './confirm-rate.js';

interface CreatedRate {
  readonly row: RateRow;
  /** the same rate was there already */
  readonly replayed: boolean;
}

/**
 * Adds a rate, its beginning cut to the whole second. Rates are never edited: one pair has one rate at one instant, and
 * the same rate again changes nothing. Monitors of clients whose balance it converts evaluate at once when it is
 * effective, else when it becomes so.
 *
 * @param confirm null: no confirmation is needed
 * @throws DomainError `conflict` when the pair has another rate from the same instant on
 */
export async function createRate(
  requester: Requester,
  asked: NewRate,
  reason: string | null,
  confirm: ConfirmImpact | null,
): Promise<CreatedRate> {
  const { actor, now } = requester;
  const rate = { ...asked, at: new Date(toSecond(asked.at.getTime())) };
  if (confirm) await confirmRate(requester, rate, confirm);
  return change<CreatedRate>(requester, async (tx) => {
    const row = await insertRate(tx, rate, { createdBy: actor.id, awaited: isAwaited(rate.at, now) });
    if (!row) return unchanged({ row: requireSame(await findRate(tx, rate), rate), replayed: true });
    if (rate.at.getTime() <= now) {
      await resolveMissingRate(tx, rate.from, rate.to, new Date(now));
      await signalConverted(tx, rate);
    }
    return recorded(
      { row, replayed: false },
      {
        action: 'exchange_rate.create',
        subjectType: 'exchange_rate',
        subjectId: `${row.from}/${row.to}`,
        reason,
        before: null,
        after: { from: row.from, to: row.to, rate: rate.rate, at: row.at.toISOString() },
      },
    );
  });
}

/** By how much the clocks of two machines may differ, at the most. */
const maxClockDifferenceMs = 60_000;

/** Whether the dispatcher signals the monitors when the rate becomes effective. */
function isAwaited(at: Date, now: number): boolean {
  return at.getTime() > Math.max(now, Date.now() - maxClockDifferenceMs);
}

function requireSame(row: RateRow | null, { from, to, rate }: NewRate): RateRow {
  if (row && rateOf(row.rate) === rateOf(rate)) return row;
  throw new DomainError(
    'conflict',
    `another rate from ${from} to ${to} starts at that time: choose a later time`,
    '/at',
  );
}
