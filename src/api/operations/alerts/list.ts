import { listAlerts as list, type AlertRow } from '../../../storage/alerts-read.js';
import { listed, listQuery, pageOf, pageRequest } from '../../lists.js';
import { defineOperation } from '../../operation.js';
import { idText, line, reference, timeOrNull, timeString, timeText } from '../../schemas.js';
import { z } from '../../zod.js';

const alertSchema = z
  .strictObject({
    id: idText,
    kind: z.string().openapi({ example: 'no_rate' }),
    clientId: idText.nullable(),
    clientName: z.string().nullable(),
    resellerId: idText.nullable(),
    detail: z.string(),
    status: z.enum(['open', 'resolved']),
    times: z.int().openapi({ description: 'How often it came up' }),
    firstAt: timeString,
    lastAt: timeString,
    mailedAt: timeString.nullable().openapi({ description: 'When staff was told by mail' }),
    resolvedAt: timeString.nullable(),
  })
  .openapi('Alert');

export const listAlerts = defineOperation({
  id: 'listAlerts',
  method: 'get',
  path: '/v1/alerts',
  area: 'alerts',
  summary: 'List what staff must know',
  description: 'Open ones unless `status` says otherwise: missing exchange rates, failing templates, refused payments.',
  scope: 'alerts:read',
  request: {
    query: listQuery(['lastAt', 'firstAt', 'id'], '-lastAt').extend({
      status: z.enum(['open', 'resolved', 'all']).default('open'),
      kind: line(60).optional(),
      clientId: reference.optional(),
    }),
  },
  responses: { 200: { description: 'A page of alerts', schema: pageOf(alertSchema) } },
  async handler(input) {
    const { query, caller, context } = input;
    const filter = { status: query.status, kind: query.kind ?? null, clientId: query.clientId ?? null };
    return listed(input, await list(context.sql, caller, filter, pageRequest(query)), alertJson);
  },
});

function alertJson(row: AlertRow): z.output<typeof alertSchema> {
  return {
    id: row.id,
    kind: row.kind,
    clientId: row.clientId,
    clientName: row.clientName,
    resellerId: row.resellerId,
    detail: row.detail,
    status: row.resolvedAt ? 'resolved' : 'open',
    times: row.times,
    firstAt: timeText(row.firstAt),
    lastAt: timeText(row.lastAt),
    mailedAt: timeOrNull(row.mailedAt),
    resolvedAt: timeOrNull(row.resolvedAt),
  };
}
