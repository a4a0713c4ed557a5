import { DomainError } from '../../../domain/errors.js';
import { resolveEvent } from '../../../services/events/resolve-event.js';
import { findEvent } from '../../../storage/events/event-list.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { pathId, reason } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { eventJson, eventSchema } from './schema.js';

export const resolveEventOperation = defineOperation({
  id: 'resolveEvent',
  method: 'post',
  path: '/v1/events/{id}/resolve',
  area: 'events',
  summary: 'Resolve an event',
  description: 'Closes an open event. If its cause occurs again, a new event opens.',
  scope: 'events:write',
  request: { params: z.strictObject({ id: pathId }), body: z.strictObject({ reason }) },
  example: { reason: 'payment sent again in USD' },
  responses: { 200: { description: 'The resolved event', schema: eventSchema } },
  problems: ['conflict'],
  async handler({ params, body, scope, requester }) {
    await resolveEvent(requester, params.id, body.reason);
    const event = await scope.read((q) => findEvent(q, scope, params.id));
    if (!event) throw new DomainError('not_found', `there is no event ${params.id}`, '/path/id');
    return ok(eventJson(event));
  },
});
