import { availableOrNull } from '../../../domain/ledger/balance.js';
import { dayMs } from '../../../domain/durations.js';
import { formatMoney, roundBeside, type Micros } from '../../../domain/money.js';
import { estimateRunway, type Runway, type Spending } from '../../../domain/clients/runway.js';
import type { ClientRow } from '../../../storage/clients/clients.js';
import { timeText } from '../../contract/schemas.js';
import type { z } from '../../contract/zod.js';
import type { runwaySchema } from './schema.js';

export const unspent: Spending = { spent7: 0n, spent30: 0n, firstDay: null };

/** @param currency of the client: an average has its minor digits, and is not 0 where something was spent */
export function runwayJson(runway: Runway, currency: string, now: number): z.input<typeof runwaySchema> {
  const { status, emptyAt, confidence } = runway;
  return {
    status,
    spendPerDay: average(runway.spendPerDay, currency),
    spendPerDay7: average(runway.spendPerDay7, currency),
    spendPerDay30: average(runway.spendPerDay30, currency),
    daysLeft: emptyAt === null ? null : Math.round(((emptyAt - now) / dayMs) * 10) / 10,
    emptyAt: emptyAt === null ? null : timeText(new Date(emptyAt)),
    confidence,
  };
}

/** null: the ledger knows no charges, or the balance is unknown */
export function runwayOf(
  row: ClientRow,
  spending: Spending | undefined,
  now: number,
): z.input<typeof runwaySchema> | null {
  if (row.source !== 'ledger' || row.live === null) return null;
  return runwayJson(estimateRunway(availableOrNull(row), spending ?? unspent, now), row.currency, now);
}

function average(micros: Micros | null, currency: string): string | null {
  return micros === null ? null : formatMoney(roundBeside(micros, 0n, currency));
}
