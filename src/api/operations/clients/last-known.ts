import { formatMoney, moneyOf } from '../../../domain/money.js';
import type { ClientRow } from '../../../storage/clients/clients.js';
import { moneyText, orNull, timeString, timeText } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';

/** What is shown, only with its time, while a balance is unknown. */
export const lastKnownSchema = orNull(
  z.strictObject({ live: moneyText, at: timeString }).openapi('LastKnownBalance'),
).openapi({ description: 'While the balance is unknown: the last live balance that was known; null: none was' });

/** The last balance that was known, with its time; null: the balance is known, or none ever was. */
export function lastKnownJson({
  lastKnownLive,
  lastKnownAt,
}: Pick<ClientRow, 'lastKnownLive' | 'lastKnownAt'>): { live: string; at: string } | null {
  return lastKnownLive === null || lastKnownAt === null
    ? null
    : { live: formatMoney(moneyOf(lastKnownLive)), at: timeText(lastKnownAt) };
}
