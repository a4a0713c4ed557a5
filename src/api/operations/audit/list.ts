import { listAudit as list, type AuditRow } from '../../../storage/audit-read.js';
import { listed, listQuery, pageOf, pageRequest } from '../../lists.js';
import { defineOperation } from '../../operation.js';
import { idText, instant, line, reference, timeString, timeText } from '../../schemas.js';
import { z } from '../../zod.js';

const sources = ['api', 'web', 'cli', 'temporal', 'system'] as const;

const auditSchema = z
  .strictObject({
    id: idText,
    at: timeString,
    actor: z.string().openapi({ example: 'key:7' }),
    source: z.enum(sources),
    action: z.string().openapi({ example: 'client.update' }),
    subjectType: z.string(),
    subjectId: z.string(),
    clientId: idText.nullable(),
    resellerId: idText.nullable(),
    reason: z.string().nullable(),
    before: z.record(z.string(), z.unknown()).nullable(),
    after: z.record(z.string(), z.unknown()).nullable(),
    requestId: z.string().nullable(),
  })
  .openapi('AuditEntry');

export const listAudit = defineOperation({
  id: 'listAudit',
  method: 'get',
  path: '/v1/audit',
  area: 'audit',
  summary: 'List who changed what, and why',
  scope: 'audit:read',
  request: {
    query: listQuery(['id'], '-id').extend({
      clientId: reference.optional(),
      subjectType: line(60).optional(),
      subjectId: line(200).optional(),
      action: line(100).optional().openapi({ example: 'profile.update' }),
      actor: line(200).optional().openapi({ example: 'key:7' }),
      source: z.enum(sources).optional(),
      requestId: line(128).optional(),
      from: instant.optional(),
      to: instant.optional().openapi({ description: 'Not included' }),
    }),
  },
  responses: { 200: { description: 'A page of changes, newest first', schema: pageOf(auditSchema) } },
  async handler(input) {
    const { query, caller, context } = input;
    const filter = {
      clientId: query.clientId ?? null,
      subjectType: query.subjectType ?? null,
      subjectId: query.subjectId ?? null,
      action: query.action ?? null,
      actor: query.actor ?? null,
      source: query.source ?? null,
      requestId: query.requestId ?? null,
      from: query.from ?? null,
      to: query.to ?? null,
    };
    return listed(input, await list(context.sql, caller, filter, pageRequest(query)), auditJson);
  },
});

function auditJson(row: AuditRow): z.output<typeof auditSchema> {
  return {
    id: row.id,
    at: timeText(row.at),
    actor: row.actor,
    source: row.source,
    action: row.action,
    subjectType: row.subjectType,
    subjectId: row.subjectId,
    clientId: row.clientId,
    resellerId: row.resellerId,
    reason: row.reason,
    before: row.before,
    after: row.after,
    requestId: row.requestId,
  };
}
