import { actorSources } from '../../../../domain/monitoring/state.js';
import { auditList, type AuditRow } from '../../../../storage/system/audit/audit-read.js';
import { defineList } from '../../../contract/define-list.js';
import { actorNameText, idText, instant, line, reference, timeString, timeText } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';

const auditSchema = z
  .strictObject({
    id: idText,
    at: timeString,
    actor: z.string().openapi({ example: 'key:7' }),
    actorName: actorNameText,
    source: z.enum(actorSources),
    action: z.string().openapi({ example: 'client.update' }),
    subjectType: z.string(),
    subjectId: z.string(),
    subjectName: z.string().nullable().openapi({
      description: 'Name of the user, key, profile, reseller, webhook source, or client that the entry is about',
      example: 'Customer B',
    }),
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
  summary: 'List audit log entries',
  scope: 'audit:read',
  filters: {
    clientId: reference.optional(),
    subjectType: line(60).optional(),
    subjectId: line(200).optional(),
    action: line(100).optional().openapi({ example: 'profile.update' }),
    actor: line(200).optional().openapi({ example: 'key:7' }),
    source: z.enum(actorSources).optional(),
    logins: z
      .enum(['include', 'exclude', 'only'])
      .default('include')
      .openapi({ description: 'Logins, logouts, and failed attempts' }),
    requestId: line(128).optional(),
    q: line(200).optional().openapi({ description: 'Part of the actor, action, object, or reason, ignoring case' }),
    from: instant.optional(),
    to: instant.optional().openapi({ description: 'Exclusive' }),
  },
  sorts: ['id', 'at'],
  order: '-id',
  page: 'A page of entries, newest first',
  item: auditSchema,
  rows: (q, { filter, caller }) => auditList(q, caller, filter),
  toJson: auditJson,
  csv: {
    id: 'exportAudit',
    name: 'audit',
    what: 'the audit log',
    columns: {
      id: { header: 'ID', value: ({ id }) => ({ number: id }) },
      at: { header: 'Time', value: ({ at }) => at },
      actor: { header: 'Changed by', value: ({ actor }) => actor },
      actorName: { header: 'Changed by (name)', value: ({ actorName }) => actorName },
      source: { header: 'Source', value: ({ source }) => source },
      action: { header: 'Action', value: ({ action }) => action },
      subjectType: { header: 'Object', value: ({ subjectType }) => subjectType },
      subjectId: { header: 'Object ID', value: ({ subjectId }) => subjectId },
      subjectName: { header: 'Object name', value: ({ subjectName }) => subjectName },
      clientId: { header: 'Client ID', value: ({ clientId }) => ({ number: clientId }) },
      resellerId: { header: 'Reseller ID', value: ({ resellerId }) => ({ number: resellerId }) },
      reason: { header: 'Reason', value: ({ reason }) => reason },
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
