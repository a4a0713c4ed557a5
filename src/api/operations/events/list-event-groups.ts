import { splitEventGroup } from '../../../domain/events/event-groups.js';
import { eventKindNames, eventKinds, eventSeverities } from '../../../domain/events/events.js';
import { listEventGroups, type EventGroupRow } from '../../../storage/events/event-groups.js';
import { ok } from '../../contract/answers.js';
import { filterValues } from '../../contract/list-spec.js';
import { defineOperation } from '../../contract/operation.js';
import { idText, timeString, timeText } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { eventFilters } from './filters.js';

const groupSchema = z
  .strictObject({
    group: z.string().openapi({ description: 'For the filter `group`', example: 'payment.refused:currency_mismatch' }),
    kind: z.enum(eventKindNames),
    reason: z.string().nullable().openapi({
      description: 'What the events have in common besides their kind; null: the kind alone',
      example: 'not_found',
    }),
    severity: z.enum(eventSeverities),
    title: z.string().openapi({ description: 'The kind in English', example: 'Payment rejected' }),
    events: z.int(),
    times: z.int().openapi({ description: 'Occurrences of all its events' }),
    clients: z.int().openapi({ description: 'Clients concerned' }),
    clientId: idText.nullable().openapi({ description: 'The client, if all its events concern this one' }),
    clientName: z.string().nullable(),
    subjectId: z.string().openapi({ description: 'Of the event that occurred last', example: 'pay-2026-000117' }),
    firstAt: timeString,
    lastAt: timeString,
  })
  .openapi('EventGroup');

export const listEventGroupsOperation = defineOperation({
  id: 'listEventGroups',
  method: 'get',
  path: '/v1/event-groups',
  area: 'events',
  summary: 'Group events by cause',
  description:
    'The events that match, by kind, and rejected payments by reason as well: the most severe group first. Open events, ' +
    'unless `status` is set. Filter `GET /v1/events` by `group` to list the events of one.',
  scope: 'events:read',
  request: { query: z.strictObject(eventFilters) },
  responses: {
    200: {
      description: 'All groups',
      schema: z.strictObject({
        data: z.array(groupSchema),
        total: z.int().openapi({ description: 'Events of all groups' }),
        serverTime: timeString,
      }),
    },
  },
  async handler({ query, caller, scope, now }) {
    const groups = await scope.read((q) => listEventGroups(q, caller, filterValues(eventFilters, query)));
    return ok({
      data: groups.map(groupJson),
      total: groups.reduce((sum, { events }) => sum + events, 0),
      serverTime: timeText(new Date(now)),
    });
  },
});

function groupJson(row: EventGroupRow): z.output<typeof groupSchema> {
  return {
    group: row.group,
    kind: row.kind,
    reason: splitEventGroup(row.group).reason,
    severity: row.severity,
    title: eventKinds[row.kind].title,
    events: row.events,
    times: row.times,
    clients: row.clients,
    clientId: row.clientId,
    clientName: row.clientName,
    subjectId: row.subjectId,
    firstAt: timeText(row.firstAt),
    lastAt: timeText(row.lastAt),
  };
}
