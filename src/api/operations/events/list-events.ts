import { eventKindNames, eventKinds, eventSeverities } from '../../../domain/events.js';
import { countEventFacets, eventList, eventSorts, type EventFilter } from '../../../storage/events/event-list.js';
import { readPage } from '../../../storage/system/paging.js';
import { listed, listQuery, oneOrMore, pageOf, pageRequest } from '../../contract/lists.js';
import { defineOperation } from '../../contract/operation.js';
import { instant, line, reference } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { eventJson, eventSchema } from './schema.js';

export const eventListQuery = listQuery(eventSorts, '-lastAt', {
  include: { facets: 'number of events of each status, kind, and severity under the other filters' },
}).extend({
  status: z.enum(['open', 'resolved', 'all']).default('open'),
  kind: oneOrMore(eventKindNames).optional().openapi({ type: 'string', example: 'payment.refused' }),
  severity: oneOrMore(eventSeverities).optional().openapi({ type: 'string', example: 'warning,critical' }),
  clientId: reference.optional(),
  resellerId: reference.optional().openapi({ description: 'The owner, with its sub-resellers' }),
  q: line(200).optional().openapi({ description: 'Within subject, details, or client name, without case' }),
  from: instant.optional().openapi({ description: 'Last occurred then or later' }),
  to: instant.optional().openapi({ description: 'First occurred before then' }),
});

const facet = z.array(z.strictObject({ word: z.string(), count: z.int() }));
const facetsSchema = z.strictObject({ status: facet, kind: facet, severity: facet }).openapi('EventFacets');

const kindList = eventKindNames.map((kind) => `\`${kind}\` (${eventKinds[kind].severity})`).join(', ');

export const listEventsOperation = defineOperation({
  id: 'listEvents',
  method: 'get',
  path: '/v1/events',
  area: 'events',
  summary: 'List events',
  description:
    `What staff has to know. Open events unless \`status\` says otherwise. Kinds: ${kindList}. Repeats of an open event ` +
    'raise `times`. Events of the whole installation (no `resellerId`) are listed for the operator only.',
  scope: 'events:read',
  request: { query: eventListQuery },
  responses: {
    200: {
      description: 'A page of events',
      schema: pageOf(eventSchema).extend({ facets: facetsSchema.optional() }),
    },
  },
  async handler(input) {
    const { query, caller, context } = input;
    const filter = eventFilterOf(query);
    const page = await readPage(context.sql, pageRequest(query), eventList(context.sql, caller, filter));
    if (!query.include.includes('facets')) return listed(input, page, eventJson);
    return listed(input, page, eventJson, { facets: await countEventFacets(context.sql, caller, filter) });
  },
});

type Asked = Omit<z.output<typeof eventListQuery>, 'limit' | 'cursor' | 'sort' | 'include'>;

export function eventFilterOf(asked: Asked): EventFilter {
  return {
    status: asked.status,
    kinds: asked.kind ?? [],
    severities: asked.severity ?? [],
    clientId: asked.clientId ?? null,
    resellerId: asked.resellerId ?? null,
    q: asked.q ?? null,
    from: asked.from ?? null,
    to: asked.to ?? null,
  };
}
