import {
  clientCapacityList,
  clientCapacitySorts,
  type ClientCapacityRow,
} from '../../../../storage/monitoring/client-capacities.js';
import { withPlainAmounts } from '../../../../storage/monitoring/capacity-changes.js';
import { defineList } from '../../../contract/define-list.js';
import { currencyText, idText, instant, timeString, timeText } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { capacityJson, currentCapacityFields } from './capacity.js';

const clientCapacitySchema = z
  .strictObject({
    ...currentCapacityFields,
    clientId: idText,
    externalId: z.string().nullable(),
    currency: currencyText.openapi({ description: 'Of `available`, `threshold`, and `restoreAt`' }),
    sequence: z
      .int()
      .openapi({ description: 'Of the last decision, as in webhooks; 0: the capacity was never lowered' }),
    changedAt: timeString.openapi({ description: 'The last decision or edit of the client, whichever is later' }),
  })
  .openapi('ClientCapacity');

export const listCapacitiesOperation = defineList({
  id: 'listCapacities',
  path: '/v1/capacities',
  area: 'monitor',
  summary: 'List the current capacities of clients',
  description:
    'What a switch should apply now, for a full synchronization, or with `changedSince` for what it may have missed while it was ' +
    'away. Deleted clients are left out.',
  scope: 'monitor:read',
  filters: {
    changedSince: instant.optional().openapi({
      description: 'Decided or edited then or later. Choose an instant a minute before the last one that you know.',
    }),
  },
  sorts: clientCapacitySorts,
  order: 'id',
  page: 'A page of capacities',
  item: clientCapacitySchema,
  rows: (q, { caller, filter }) => clientCapacityList(q, caller.resellerId, filter),
  toJson: clientCapacityJson,
  csv: {
    id: 'exportCapacities',
    name: 'capacities',
    what: 'current capacities of clients',
    columns: {
      clientId: { header: 'Client ID', value: ({ clientId }) => ({ number: clientId }) },
      externalId: { header: 'External ID', value: ({ externalId }) => externalId },
      applied: { header: 'Lowered', value: ({ applied }) => applied },
      capacity: { header: 'Capacity', value: ({ capacity }) => ({ number: capacity }) },
      normalCapacity: { header: 'Normal capacity', value: ({ normalCapacity }) => ({ number: normalCapacity }) },
      reason: { header: 'Reason', value: ({ reason }) => reason },
      available: { header: 'Available', value: ({ available }) => ({ number: available }) },
      threshold: { header: 'Threshold', value: ({ threshold }) => ({ number: threshold }) },
      restoreAt: { header: 'Restore at', value: ({ restoreAt }) => ({ number: restoreAt }) },
      currency: { header: 'Currency', value: ({ currency }) => currency },
      sequence: { header: 'Sequence', value: ({ sequence }) => ({ number: sequence }) },
      since: { header: 'Since', value: ({ since }) => since },
      changedAt: { header: 'Changed', value: ({ changedAt }) => changedAt },
    },
  },
});

function clientCapacityJson(row: ClientCapacityRow): z.output<typeof clientCapacitySchema> {
  const { clientId, externalId, currency, sequence, changedAt, decision, normal } = row;
  return {
    ...capacityJson(decision === null ? null : withPlainAmounts(decision), normal),
    ...{ clientId, externalId, currency },
    sequence: Number(sequence),
    changedAt: timeText(changedAt),
  };
}
