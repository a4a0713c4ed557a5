import { maxResolvedAtOnce, resolveEvents } from '../../../services/events/resolve-events.js';
import type { EventSelection } from '../../../storage/events/resolve-event.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { filtersOfQuery } from '../../contract/query-selection.js';
import { reason, reference } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { eventFilters } from './filters.js';

const selectionSchema = z
  .strictObject({
    ids: z.array(reference).min(1).max(maxResolvedAtOnce).optional(),
    query: z.string().min(1).max(4000).optional().openapi({
      description: 'Filters of `GET /v1/events` as in its address, without order and page: all open events that match',
      example: 'group=payment.refused:currency_mismatch',
    }),
  })
  .refine((given) => (given.ids === undefined) !== (given.query === undefined), {
    error: 'give either `ids` or `query`',
    path: ['ids'],
  })
  .openapi('EventSelection');

export const resolveEventsOperation = defineOperation({
  id: 'resolveEvents',
  method: 'post',
  path: '/v1/events/resolve',
  area: 'events',
  summary: 'Resolve many events',
  description:
    `Closes the open events of the selection, up to ${maxResolvedAtOnce.toLocaleString('en')} per request; repeat it while \`remaining\` ` +
    'is above 0. Each gets an audit row. Events that are resolved already, or that you cannot see, are left out. If the ' +
    'cause of one occurs again, a new event opens.',
  scope: 'events:write',
  request: { body: z.strictObject({ selection: selectionSchema, reason }) },
  example: { selection: { query: 'group=payment.refused:not_found' }, reason: 'test payments of the new gateway' },
  responses: {
    200: {
      description: 'How many were resolved',
      schema: z
        .strictObject({
          resolved: z.int(),
          remaining: z.int().openapi({ description: 'Open events of the selection that are left' }),
        })
        .openapi('ResolvedEvents'),
    },
  },
  async handler({ body, requester }) {
    return ok(await resolveEvents(requester, selectionOf(body.selection), body.reason));
  },
});

function selectionOf({ ids, query = '' }: z.output<typeof selectionSchema>): EventSelection {
  return ids ? { ids } : { filter: filtersOfQuery(eventFilters, query, '/selection/query') };
}
