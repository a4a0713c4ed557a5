import { alertList, type AlertFilter, type AlertRow } from '../../../storage/alerts-read.js';
import { readPage } from '../../../storage/paging.js';
import { listed, listQuery, pageOf, pageRequest } from '../../lists.js';
import { defineOperation } from '../../operation.js';
import { idText, instant, line, reference, timeOrNull, timeString, timeText } from '../../schemas.js';
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

export const alertListQuery = listQuery(['lastAt', 'firstAt', 'id'], '-lastAt').extend({
  status: z.enum(['open', 'resolved', 'all']).default('open'),
  kind: line(60).optional(),
  clientId: reference.optional(),
  q: line(200).optional().openapi({ description: 'Within the detail or the client’s name, without case' }),
  from: instant.optional().openapi({ description: 'Seen then or later' }),
  to: instant.optional().openapi({ description: 'Seen before then' }),
});

export const listAlerts = defineOperation({
  id: 'listAlerts',
  method: 'get',
  path: '/v1/alerts',
  area: 'alerts',
  summary: 'List what staff must know',
  description: 'Open ones unless `status` says otherwise: missing exchange rates, failing templates, refused payments.',
  scope: 'alerts:read',
  request: { query: alertListQuery },
  responses: { 200: { description: 'A page of alerts', schema: pageOf(alertSchema) } },
  async handler(input) {
    const { query, caller, context } = input;
    const wanted = alertList(context.sql, caller, alertFilterOf(query));
    return listed(input, await readPage(context.sql, pageRequest(query), wanted), alertJson);
  },
});

type Asked = Omit<z.output<typeof alertListQuery>, 'limit' | 'cursor' | 'sort' | 'include'>;

export function alertFilterOf(asked: Asked): AlertFilter {
  return {
    status: asked.status,
    kind: asked.kind ?? null,
    clientId: asked.clientId ?? null,
    q: asked.q ?? null,
    from: asked.from ?? null,
    to: asked.to ?? null,
  };
}

export function alertJson(row: AlertRow): z.output<typeof alertSchema> {
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
