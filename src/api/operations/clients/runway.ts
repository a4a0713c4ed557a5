import { availableOrNull } from '../../../domain/balance.js';
import { dayMs } from '../../../domain/durations.js';
import { formatCents, type Micros } from '../../../domain/money.js';
import { estimateRunway, type Runway, type Spending } from '../../../domain/runway.js';
import type { ClientRow } from '../../../storage/clients/clients.js';
import { timeText } from '../../contract/schemas.js';
import type { z } from '../../contract/zod.js';
import type { runwaySchema } from './schema.js';

export const unspent: Spending = { spent7: 0n, spent30: 0n, firstDay: null };

export function runwayJson(runway: Runway, now: number): z.input<typeof runwaySchema> {
  const { status, emptyAt, confidence } = runway;
  return {
    status,
    spendPerDay: cents(runway.spendPerDay),
    spendPerDay7: cents(runway.spendPerDay7),
    spendPerDay30: cents(runway.spendPerDay30),
    daysLeft: emptyAt === null ? null : Math.round(((emptyAt - now) / dayMs) * 10) / 10,
    emptyAt: emptyAt === null ? null : timeText(new Date(emptyAt)),
    confidence,
  };
}

/** null: the ledger knows no charges */
export function runwayOf(
  row: ClientRow,
  spending: Spending | undefined,
  now: number,
): z.input<typeof runwaySchema> | null {
  if (row.source !== 'ledger') return null;
  return runwayJson(estimateRunway(availableOrNull(row), spending ?? unspent, now), now);
}

function cents(micros: Micros | null): string | null {
  return micros === null ? null : formatCents(micros);
}
