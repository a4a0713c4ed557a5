import { eventKindNames, eventKinds } from '../../../domain/events/events.js';
import { countEventFacets, eventList, eventSorts } from '../../../storage/events/event-list.js';
import { defineList } from '../../contract/define-list.js';
import { z } from '../../contract/zod.js';
import { eventFilters } from './filters.js';
import { eventJson, eventSchema } from './schema.js';

const facet = z.array(z.strictObject({ word: z.string(), count: z.int() }));
const facetsSchema = z.strictObject({ status: facet, kind: facet, severity: facet }).openapi('EventFacets');

const kindList = eventKindNames.map((kind) => `\`${kind}\` (${eventKinds[kind].severity})`).join(', ');

export const listEventsOperation = defineList({
  id: 'listEvents',
  path: '/v1/events',
  area: 'events',
  summary: 'List events',
  description:
    `Events that need staff. Open ones, unless \`status\` is set. Kinds: ${kindList}. Repeats of an open event ` +
    'raise `times`. Events of the whole installation (no `resellerId`) are listed for the operator only.',
  scope: 'events:read',
  filters: eventFilters,
  sorts: eventSorts,
  order: '-lastAt',
  page: 'A page of events',
  item: eventSchema,
  rows: (q, { filter, caller }) => eventList(q, caller, filter),
  toJson: eventJson,
  include: {
    facets: {
      what: 'number of events of each status, kind, and severity under the other filters',
      schema: facetsSchema,
      beside: (q, { filter, caller }) => countEventFacets(q, caller, filter),
    },
  },
  csv: {
    id: 'exportEvents',
    name: 'events',
    what: 'events',
    columns: {
      id: { header: 'ID', value: ({ id }) => ({ number: id }) },
      kind: { header: 'Kind', value: ({ kind }) => kind },
      group: { header: 'Group', value: ({ group }) => group },
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
  },
});
