import { auditList, type AuditRow } from '../../../../storage/system/audit-read.js';
import { defineList } from '../../../contract/define-list.js';
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

export const listAuditOperation = defineList({
  id: 'listAudit',
  path: '/v1/audit',
  area: 'audit',
  summary: 'List who changed what, and why',
  scope: 'audit:read',
  filters: {
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
  },
  sorts: ['id', 'at'],
  order: '-id',
  page: 'A page of changes, newest first',
  item: auditSchema,
  rows: (q, { filter, caller }) => auditList(q, caller, filter),
  toJson: auditJson,
  csv: {
    id: 'exportAudit',
    name: 'audit',
    what: 'the audit',
    columns: {
      id: { header: 'ID', value: ({ id }) => ({ number: id }) },
      at: { header: 'Time', value: ({ at }) => at },
      actor: { header: 'Who', value: ({ actor }) => actor },
      actorName: { header: 'Name', value: ({ actorName }) => actorName },
      source: { header: 'Through', value: ({ source }) => source },
      action: { header: 'What', value: ({ action }) => action },
      subjectType: { header: 'Subject', value: ({ subjectType }) => subjectType },
      subjectId: { header: 'Subject ID', value: ({ subjectId }) => subjectId },
      subjectName: { header: 'Subject name', value: ({ subjectName }) => subjectName },
      clientId: { header: 'Client ID', value: ({ clientId }) => ({ number: clientId }) },
      resellerId: { header: 'Reseller ID', value: ({ resellerId }) => ({ number: resellerId }) },
      reason: { header: 'Why', value: ({ reason }) => reason },
      before: { header: 'Before', value: ({ before }) => before && JSON.stringify(before) },
      after: { header: 'After', value: ({ after }) => after && JSON.stringify(after) },
      requestId: { header: 'Request ID', value: ({ requestId }) => requestId },
    },
  },
});

function auditJson(row: AuditRow): z.output<typeof auditSchema> {
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
