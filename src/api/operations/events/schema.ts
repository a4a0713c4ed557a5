import { eventGroupOf } from '../../../domain/events/event-groups.js';
import { describeEvent, eventKindNames, eventKinds, eventSeverities } from '../../../domain/events/events.js';
import type { EventRow } from '../../../storage/events/event-list.js';
import { actorNameText, idText, timeOrNull, timeString, timeText } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';

export const eventSchema = z
  .strictObject({
    id: idText,
    kind: z.enum(eventKindNames),
    group: z.string().openapi({
      description: 'What it is listed with in `GET /v1/event-groups`',
      example: 'payment.refused:not_found',
    }),
    severity: z.enum(eventSeverities),
    title: z.string().openapi({ description: 'The kind in English', example: 'Payment rejected' }),
    detail: z.string().openapi({ description: 'What happened and what to do, in English' }),
    subject: z
      .strictObject({ type: z.string().openapi({ example: 'payment' }), id: z.string() })
      .openapi({ description: 'What the event is about' }),
    clientId: idText.nullable(),
    clientName: z.string().nullable(),
    resellerId: idText.nullable().openapi({ description: 'The owner; null: the whole installation' }),
    resellerName: z.string().nullable(),
    data: z
      .record(z.string(), z.string())
      .openapi({ description: 'Details of the first occurrence; the names depend on `kind`' }),
    status: z.enum(['open', 'resolved']),
    times: z.int().openapi({ description: 'Occurrences until the event was resolved' }),
    firstAt: timeString,
    lastAt: timeString,
    emailedAt: timeString.nullable().openapi({ description: 'When staff was emailed' }),
    resolvedAt: timeString.nullable(),
    resolvedBy: z.string().nullable().openapi({ description: '`system`: the cause ended', example: 'user:3' }),
    resolvedByName: actorNameText,
    resolvedReason: z.string().nullable(),
  })
  .openapi('Event');

export function eventJson(row: EventRow): z.output<typeof eventSchema> {
  return {
    id: row.id,
    kind: row.kind,
    group: eventGroupOf(row.kind, row.data),
    severity: row.severity,
    title: eventKinds[row.kind].title,
    detail: describeEvent(row.kind, row.data),
    subject: { type: row.subjectType, id: row.subjectId },
    clientId: row.clientId,
    clientName: row.clientName,
    resellerId: row.resellerId,
    resellerName: row.resellerName,
    data: row.data,
    status: row.resolvedAt ? 'resolved' : 'open',
    times: row.times,
    firstAt: timeText(row.firstAt),
    lastAt: timeText(row.lastAt),
    emailedAt: timeOrNull(row.emailedAt),
    resolvedAt: timeOrNull(row.resolvedAt),
    resolvedBy: row.resolvedBy,
    resolvedByName: row.resolvedByName,
    resolvedReason: row.resolvedReason,
  };
}
