import { formatMoney, moneyOf } from '../../../../domain/money.js';
import { capacityChangeList, type CapacityChangeRow } from '../../../../storage/monitoring/capacity-changes.js';
import { defineList } from '../../../contract/define-list.js';
import { idText, timeString, timeText } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { capacityFields } from './capacity.js';
import { monitorParams, requireMonitor } from '../shared.js';

const changeSchema = z
  .strictObject({
    id: idText,
    sequence: z.int().openapi({ description: 'Rises by 1 with each change of the client' }),
    at: timeString,
    ...capacityFields,
  })
  .openapi('CapacityChange');

export const listCapacityChangesOperation = defineList({
  id: 'listCapacityChanges',
  path: '/v1/clients/{id}/capacity-changes',
  area: 'monitor',
  summary: 'List the capacity changes of a client',
  description: 'Each origination capacity that was decided, newest first; the first is the current one.',
  scope: 'monitor:read',
  params: monitorParams,
  filters: {},
  sorts: ['id'],
  order: '-id',
  page: 'A page of capacity changes',
  item: changeSchema,
  require: (input) => requireMonitor(input, input.params.id),
  rows: (q, { params }) => capacityChangeList(q, params.id),
  toJson: changeJson,
});

function changeJson(row: CapacityChangeRow): z.output<typeof changeSchema> {
  const { applied, capacity, normal, cause } = row;
  return {
    id: row.id,
    sequence: Number(row.id),
    at: timeText(row.at),
    ...{ applied, capacity, normalCapacity: normal, reason: cause },
    available: plain(row.available),
    threshold: plain(row.threshold),
    restoreAt: plain(row.restoreAt),
  };
}

function plain(amount: string | null): string | null {
  return amount === null ? null : formatMoney(moneyOf(amount));
}
