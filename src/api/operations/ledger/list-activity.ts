import { entryKinds } from '../../../domain/ledger/entry-kinds.js';
import { postedEntry } from '../../../domain/ledger/entry.js';
import { formatMoney, moneyOf } from '../../../domain/money.js';
import { activityList, type ActivityRow } from '../../../storage/ledger/ledger-read.js';
import { requireZone } from '../../../storage/system/time-zones.js';
import { defineList } from '../../contract/define-list.js';
import { currencyText, idText, moneyText, orNull, pathId, timeString, timeText } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { entryFilters } from './list-entries.js';
import { entryJson, entrySchema, requireAccount } from './shared.js';
import { zoneName } from '../../contract/zone-name.js';

const activitySchema = z
  .strictObject({
    id: idText.openapi({ description: 'Of the entry, or of the last charge of the day' }),
    kind: z.enum(entryKinds),
    at: timeString.openapi({ description: 'When the entry, or the last charge of the day, occurred' }),
    amount: moneyText.openapi({ description: 'Signed by its effect on the balance; of a day: the sum' }),
    currency: currencyText,
    count: z.int().openapi({ description: 'Entries in this row' }),
    liveAfter: moneyText.openapi({ description: 'Live balance after the last entry of the row' }),
    day: orNull(
      z
        .strictObject({
          date: z.string().openapi({ example: '2026-03-01' }),
          from: timeString,
          to: timeString.openapi({ description: 'Exclusive' }),
        })
        .openapi('ActivityDay'),
    ).openapi({
      description:
        'Of charges: the day, in `timezone`. Their entries: `GET /v1/clients/{id}/entries?kind=charge&from=&to=`',
    }),
    entry: orNull(entrySchema).openapi({ description: 'The entry; null: the charges of a day' }),
  })
  .openapi('ActivityItem');

export const listActivityOperation = defineList({
  id: 'listActivity',
  path: '/v1/clients/{id}/activity',
  area: 'ledger',
  summary: 'List a client’s ledger with charges per day',
  description:
    'Payments, adjustments, transfers, and invoices are single rows; charges are one row per day. Newest first.',
  scope: 'payments:read',
  params: z.strictObject({ id: pathId }),
  filters: {
    ...entryFilters,
    timezone: zoneName.default('UTC').openapi({ description: 'IANA name: whose days', example: 'Europe/Kyiv' }),
  },
  sorts: ['at'],
  order: '-at',
  page: 'A page of activity',
  item: activitySchema,
  async require(input) {
    await requireAccount(input, input.params.id);
    await input.scope.read((q) => requireZone(q, input.filter.timezone, '/query/timezone'));
  },
  rows: (q, { params, filter }) => activityList(q, params.id, filter, filter.timezone),
  toJson: activityJson,
});

function activityJson(row: ActivityRow): z.input<typeof activitySchema> {
  const { id, kind, occurredAt, currency, count, total, liveAfter, day, dayFrom, dayTo } = row;
  return {
    id,
    kind,
    at: timeText(occurredAt),
    amount: formatMoney(moneyOf(total)),
    currency,
    count,
    liveAfter: formatMoney(moneyOf(liveAfter)),
    day: day !== null && dayFrom && dayTo ? { date: day, from: timeText(dayFrom), to: timeText(dayTo) } : null,
    entry: day === null ? entryJson(postedEntry(row, false)) : null,
  };
}
