import { eventKindNames, eventSeverities } from '../../../domain/events/events.js';
import { oneOrMore } from '../../contract/lists.js';
import { instant, line, reference } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';

/** Which events: of the list, of its groups, and of those that are resolved together. */
export const eventFilters = {
  status: z.enum(['open', 'resolved', 'all']).default('open'),
  kind: oneOrMore(eventKindNames).optional(),
  severity: oneOrMore(eventSeverities).optional(),
  group: line(200)
    .optional()
    .openapi({ description: 'A group of `GET /v1/event-groups`', example: 'payment.refused:currency_mismatch' }),
  clientId: reference.optional(),
  subjectId: line(200).optional().openapi({ description: 'The id of the subject, exactly', example: 'EUR/USD' }),
  resellerId: reference.optional().openapi({ description: 'The owner, with its sub-resellers' }),
  q: line(200).optional().openapi({ description: 'Part of the subject, details, or client name, ignoring case' }),
  from: instant.optional().openapi({ description: 'Last occurred then or later' }),
  to: instant.optional().openapi({ description: 'First occurred before then' }),
};
