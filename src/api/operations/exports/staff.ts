import { apiKeyList } from '../../../storage/access/api-key-admin.js';
import { auditList } from '../../../storage/system/audit-read.js';
import { eventList } from '../../../storage/events/event-list.js';
import { auditFilterOf, auditJson, auditListQuery } from '../system/audit/list-audit.js';
import { eventFilterOf, eventListQuery } from '../events/list-events.js';
import { eventJson } from '../events/schema.js';
import { keyFilterOf, keyListQuery } from '../access/keys/list-keys.js';
import { keyJson } from '../access/keys/schema.js';
import { defineExport } from './define.js';

/** What staff keeps an eye on. */

export const exportAudit = defineExport({
  id: 'exportAudit',
  name: 'audit',
  what: 'the audit',
  scope: 'audit:read',
  query: auditListQuery,
  rows: ({ query, caller, context }) => auditList(context.sql, caller, auditFilterOf(query)),
  toJson: auditJson,
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
});

export const exportEvents = defineExport({
  id: 'exportEvents',
  name: 'events',
  what: 'events',
  scope: 'events:read',
  query: eventListQuery,
  rows: ({ query, caller, context }) => eventList(context.sql, caller, eventFilterOf(query)),
  toJson: eventJson,
  columns: {
    id: { header: 'ID', value: ({ id }) => ({ number: id }) },
    kind: { header: 'Kind', value: ({ kind }) => kind },
    severity: { header: 'Severity', value: ({ severity }) => severity },
    title: { header: 'Title', value: ({ title }) => title },
    detail: { header: 'Details', value: ({ detail }) => detail },
    subjectType: { header: 'Object type', value: ({ subject }) => subject.type },
    subjectId: { header: 'Object', value: ({ subject }) => subject.id },
    clientId: { header: 'Client ID', value: ({ clientId }) => ({ number: clientId }) },
    clientName: { header: 'Client', value: ({ clientName }) => clientName },
    resellerId: { header: 'Reseller ID', value: ({ resellerId }) => ({ number: resellerId }) },
    resellerName: { header: 'Reseller', value: ({ resellerName }) => resellerName },
    status: { header: 'Status', value: ({ status }) => status },
    times: { header: 'Times', value: ({ times }) => ({ number: times }) },
    firstAt: { header: 'First', value: ({ firstAt }) => firstAt },
    lastAt: { header: 'Last', value: ({ lastAt }) => lastAt },
    emailedAt: { header: 'Emailed', value: ({ emailedAt }) => emailedAt },
    resolvedAt: { header: 'Resolved', value: ({ resolvedAt }) => resolvedAt },
    resolvedBy: { header: 'Resolved by', value: ({ resolvedByName, resolvedBy }) => resolvedByName ?? resolvedBy },
    resolvedReason: { header: 'Reason', value: ({ resolvedReason }) => resolvedReason },
  },
});

export const exportApiKeys = defineExport({
  id: 'exportApiKeys',
  name: 'api-keys',
  what: 'API keys',
  scope: 'keys:read',
  query: keyListQuery,
  rows: ({ query, caller, context, now }) => apiKeyList(context.sql, caller.resellerId, keyFilterOf(query), now),
  toJson: keyJson,
  columns: {
    id: { header: 'ID', value: ({ id }) => ({ number: id }) },
    name: { header: 'Name', value: ({ name }) => name },
    prefix: { header: 'Prefix', value: ({ prefix }) => prefix },
    resellerName: { header: 'Reseller', value: ({ resellerName }) => resellerName },
    scopes: { header: 'Scopes', value: ({ scopes }) => scopes.join(', ') },
    status: { header: 'Status', value: ({ status }) => status },
    createdBy: { header: 'Created by', value: ({ createdBy }) => createdBy },
    createdAt: { header: 'Created', value: ({ createdAt }) => createdAt },
    expiresAt: { header: 'Expires', value: ({ expiresAt }) => expiresAt },
    revokedAt: { header: 'Revoked', value: ({ revokedAt }) => revokedAt },
    lastUsedAt: { header: 'Last used', value: ({ lastUsedAt }) => lastUsedAt },
  },
});
