import { DomainError } from '../../../domain/errors.js';
import { findEvent } from '../../../storage/events/event-list.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { pathId } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { eventJson, eventSchema } from './schema.js';

export const readEventOperation = defineOperation({
  id: 'readEvent',
  method: 'get',
  path: '/v1/events/{id}',
  area: 'events',
  summary: 'Get an event',
  scope: 'events:read',
  request: { params: z.strictObject({ id: pathId }) },
  responses: { 200: { description: 'The event', schema: eventSchema } },
  async handler({ params, caller, scope }) {
    const event = await scope.read((q) => findEvent(q, caller, params.id));
    if (!event) throw new DomainError('not_found', `there is no event ${params.id}`, '/path/id');
    return ok(eventJson(event));
  },
});
