import { auditList, type AuditFilter, type AuditRow } from '../../../../storage/system/audit-read.js';
import { readPage } from '../../../../storage/system/paging.js';
import { listed, listQuery, pageOf, pageRequest } from '../../../contract/lists.js';
import { defineOperation } from '../../../contract/operation.js';
import { actorNameText, idText, instant, line, reference, timeString, timeText } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';

const sources = ['api', 'web', 'cli', 'temporal', 'system'] as const;

const auditSchema = z
  .strictObject({
    id: idText,
    at: timeString,
    actor: z.string().openapi({ example: 'key:7' }),
    actorName: actorNameText,
    source: z.enum(sources),
    action: z.string().openapi({ example: 'client.update' }),
    subjectType: z.string(),
    subjectId: z.string(),
    subjectName: z
      .string()
      .nullable()
      .openapi({ description: 'Of the user, the key or the client that it is about', example: 'Customer B' }),
    clientId: idText.nullable(),
    resellerId: idText.nullable(),
    reason: z.string().nullable(),
    before: z.record(z.string(), z.unknown()).nullable(),
    after: z.record(z.string(), z.unknown()).nullable(),
    requestId: z.string().nullable(),
  })
  .openapi('AuditEntry');

export const auditListQuery = listQuery(['id', 'at'], '-id').extend({
  clientId: reference.optional(),
  subjectType: line(60).optional(),
  subjectId: line(200).optional(),
  action: line(100).optional().openapi({ example: 'profile.update' }),
  actor: line(200).optional().openapi({ example: 'key:7' }),
  source: z.enum(sources).optional(),
  requestId: line(128).optional(),
  q: line(200).optional().openapi({ description: 'Within actor, action, subject or reason, without case' }),
  from: instant.optional(),
  to: instant.optional().openapi({ description: 'Not included' }),
});

export const listAuditOperation = defineOperation({
  id: 'listAudit',
  method: 'get',
  path: '/v1/audit',
  area: 'audit',
  summary: 'List who changed what, and why',
  scope: 'audit:read',
  request: { query: auditListQuery },
  responses: { 200: { description: 'A page of changes, newest first', schema: pageOf(auditSchema) } },
  async handler(input) {
    const { query, caller, context } = input;
    const wanted = auditList(context.sql, caller, auditFilterOf(query));
    return listed(input, await readPage(context.sql, pageRequest(query), wanted), auditJson);
  },
});

type Asked = Omit<z.output<typeof auditListQuery>, 'limit' | 'cursor' | 'sort' | 'include'>;

export function auditFilterOf(asked: Asked): AuditFilter {
  return {
    clientId: asked.clientId ?? null,
    subjectType: asked.subjectType ?? null,
    subjectId: asked.subjectId ?? null,
    action: asked.action ?? null,
    actor: asked.actor ?? null,
    source: asked.source ?? null,
    requestId: asked.requestId ?? null,
    q: asked.q ?? null,
    from: asked.from ?? null,
    to: asked.to ?? null,
  };
}

export function auditJson(row: AuditRow): z.output<typeof auditSchema> {
  return {
    id: row.id,
    at: timeText(row.at),
    actor: row.actor,
    actorName: row.actorName,
    source: row.source,
    action: row.action,
    subjectType: row.subjectType,
    subjectId: row.subjectId,
    subjectName: row.subjectName,
    clientId: row.clientId,
    resellerId: row.resellerId,
    reason: row.reason,
    before: row.before,
    after: row.after,
    requestId: row.requestId,
  };
}
