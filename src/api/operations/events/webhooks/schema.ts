import { eventKindNames } from '../../../../domain/events/events.js';
import { testKind, webhookMessage } from '../../../../domain/events/webhook-message.js';
import {
  webhookDeliveryStatuses,
  type WebhookDelivery,
  type WebhookDeliveryDetails,
} from '../../../../storage/events/webhooks/deliveries.js';
import { disabledReasons, type WebhookEndpoint } from '../../../../storage/events/webhooks/endpoints.js';
import { patchShape } from '../../../contract/patch-shape.js';
import { idText, line, pathId, timeOrNull, timeString, timeText } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';

export const endpointParams = z.strictObject({ id: pathId });
export const deliveryParams = z.strictObject({ id: pathId });

/** What a delivery is about: an event of the log, or nothing. */
export const deliveryKinds = [...eventKindNames, testKind] as const;

const endpointFields = {
  name: line(100).openapi({ example: 'Switch' }),
  url: line(2000).openapi({
    description: 'With https:// and a public host, without user and password. Redirects are not followed.',
    example: 'https://switch.example/hooks/lowwater',
  }),
  kinds: z
    .array(z.enum(eventKindNames))
    .min(1, 'must have a kind; null for all kinds')
    .max(100)
    .transform((kinds) => [...new Set(kinds)])
    .nullable()
    .default(null)
    .openapi({ description: 'Kinds of events that it receives; null: all, also future ones' }),
  enabled: z
    .boolean()
    .default(true)
    .openapi({ description: 'false: its deliveries are skipped and kept for a replay' }),
};

export const endpointBody = z.strictObject(endpointFields).openapi('WebhookEndpointInput');
export const endpointPatch = z.strictObject(patchShape(endpointFields)).openapi('WebhookEndpointPatch');

const endpointShape = {
  id: idText,
  name: z.string(),
  resellerId: idText.openapi({ description: 'It receives the events of this reseller and its sub-resellers' }),
  resellerName: z.string(),
  url: z.string(),
  kinds: z.array(z.enum(eventKindNames)).nullable(),
  enabled: z.boolean(),
  disabledBy: z.enum(disabledReasons).nullable().openapi({
    description: '`user`; `gone`: it answered 410; `failing`: every attempt failed for 5 days; null: it is enabled',
  }),
  previousSecretUntil: timeString.nullable().openapi({ description: 'Until when the previous secret signs too' }),
  lastOutcome: z
    .enum(['accepted', 'failed'])
    .nullable()
    .openapi({ description: 'Of the last attempt; tests not counted' }),
  lastAt: timeString.nullable(),
  failingSince: timeString.nullable().openapi({ description: 'Since when every attempt failed' }),
  pending: z.int().openapi({ description: 'Deliveries that wait or are sent' }),
  failed: z.int(),
  skipped: z.int(),
  createdAt: timeString,
  version: z.int(),
};

export const endpointSchema = z.strictObject(endpointShape).openapi('WebhookEndpoint');

export const endpointWithSecretSchema = z
  .strictObject({
    ...endpointShape,
    secret: z.string().openapi({ description: 'Shown once', example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' }),
  })
  .openapi('WebhookEndpointWithSecret');

export function endpointJson(row: WebhookEndpoint, now: number): z.output<typeof endpointSchema> {
  const { olderUntil } = row;
  return {
    id: row.id,
    name: row.name,
    resellerId: row.resellerId,
    resellerName: row.resellerName,
    url: row.url,
    kinds: row.kinds && [...row.kinds],
    enabled: row.enabled,
    disabledBy: row.disabledBy,
    previousSecretUntil: timeOrNull(olderUntil && olderUntil.getTime() > now ? olderUntil : null),
    lastOutcome: row.lastOutcome,
    lastAt: timeOrNull(row.lastAt),
    failingSince: timeOrNull(row.failingSince),
    pending: row.pending,
    failed: row.failed,
    skipped: row.skipped,
    createdAt: timeText(row.createdAt),
    version: row.version,
  };
}

const deliveryShape = {
  id: idText,
  endpointId: idText,
  endpointName: z.string(),
  messageId: z.string().openapi({ description: 'The header `webhook-id`: the same for every attempt and replay' }),
  eventId: idText.nullable().openapi({ description: 'null: a test' }),
  kind: z.enum(deliveryKinds),
  eventStatus: z
    .enum(['open', 'resolved'])
    .nullable()
    .openapi({ description: 'What it says of the event; null: a test' }),
  clientId: idText.nullable(),
  clientName: z.string().nullable(),
  subject: z.string().openapi({ description: 'What `sequence` counts for within the endpoint', example: 'client 7' }),
  sequence: z.int().nullable().openapi({ description: 'Rises by 1 per subject; null: not sent yet' }),
  status: z.enum(webhookDeliveryStatuses).openapi({
    description:
      '`pending`: waits, or is sent; `accepted`: 2xx; `failed`: all attempts failed; `skipped`: the endpoint was disabled; ' +
      '`superseded`: a newer state of the same client was queued before it arrived',
  }),
  attempts: z.int(),
  nextAttemptAt: timeString.nullable().openapi({ description: 'null: it has ended' }),
  responseStatus: z.int().nullable().openapi({ description: 'Of the last attempt; null: there was no response' }),
  error: z.string().nullable().openapi({ description: 'Of the last attempt', example: 'status 503' }),
  createdAt: timeString,
  endedAt: timeString.nullable(),
};

export const deliverySchema = z.strictObject(deliveryShape).openapi('WebhookDelivery');

export function deliveryJson(row: WebhookDelivery): z.output<typeof deliverySchema> {
  return {
    id: row.id,
    endpointId: row.endpointId,
    endpointName: row.endpointName,
    messageId: row.messageId,
    eventId: row.eventId,
    kind: row.kind as (typeof deliveryKinds)[number],
    eventStatus: row.eventStatus,
    clientId: row.clientId,
    clientName: row.clientName,
    subject: row.subject,
    sequence: row.sequence,
    status: row.status,
    attempts: row.attempts,
    nextAttemptAt: timeOrNull(row.nextAttemptAt),
    responseStatus: row.responseStatus,
    error: row.error,
    createdAt: timeText(row.createdAt),
    endedAt: timeOrNull(row.endedAt),
  };
}

const attemptSchema = z
  .strictObject({
    number: z.int(),
    startedAt: timeString,
    durationMs: z
      .int()
      .nullable()
      .openapi({ description: 'null: it is running, or its worker stopped before the end' }),
    responseStatus: z.int().nullable(),
    error: z.string().nullable().openapi({ description: 'null: accepted, or without an outcome' }),
    responseBody: z.string().nullable().openapi({ description: 'Up to the first 1,024 bytes' }),
  })
  .openapi('WebhookAttempt');

export const deliveryDetailsSchema = z
  .strictObject({
    ...deliveryShape,
    body: z
      .strictObject({ type: z.string(), timestamp: timeString, data: z.record(z.string(), z.unknown()) })
      .nullable()
      .openapi({ description: 'What is sent; null: not sent yet' }),
    attemptLog: z.array(attemptSchema).openapi({ description: 'Newest first, up to 100' }),
  })
  .openapi('WebhookDeliveryDetails');

export function deliveryDetailsJson(row: WebhookDeliveryDetails): z.output<typeof deliveryDetailsSchema> {
  const { sequence } = row;
  const message = sequence === null ? null : webhookMessage({ ...row, sequence });
  return {
    ...deliveryJson(row),
    body: message && { ...message, data: { ...message.data } },
    attemptLog: row.tries.map((attempt) => ({ ...attempt, startedAt: timeText(attempt.startedAt) })),
  };
}
