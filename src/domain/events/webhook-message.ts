import { instantText } from '../instants.js';
import { describeEvent, eventKinds, isEventKind, type EventData, type EventSeverity } from './events.js';

/** What the body of an outgoing webhook says, and when it is sent again. */

/** The `type` of a delivery that a person sends to try an endpoint. */
export const testKind = 'webhook.test';

/** An event as the log had it when it was raised or resolved: a row of `events`, times in RFC 3339. */
export interface EventSnapshot {
  readonly id: number;
  readonly severity: EventSeverity;
  readonly subject_type: string;
  readonly subject_id: string;
  readonly client_id: number | null;
  readonly client_external_id: string | null;
  readonly client_name: string | null;
  readonly reseller_id: number | null;
  readonly reseller_name: string | null;
  readonly data: EventData;
  readonly times: number;
  readonly first_at: string;
  readonly last_at: string;
  readonly resolved_at: string | null;
  readonly resolved_by: string | null;
  readonly resolved_reason: string | null;
}

interface WebhookContent {
  readonly kind: string;
  readonly sequence: number;
  /** null: a test */
  readonly event: EventSnapshot | null;
  readonly createdAt: Date;
}

/** The body before it is written as JSON: the same for every attempt, because it is signed and named by one id. */
export interface WebhookMessage {
  readonly type: string;
  readonly timestamp: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export function webhookMessage({ kind, sequence, event, createdAt }: WebhookContent): WebhookMessage {
  if (event === null) return { type: kind, timestamp: instantText(createdAt), data: { sequence, test: true } };
  const at = (time: string): string => instantText(new Date(time));
  return {
    type: kind,
    timestamp: at(event.resolved_at ?? event.first_at),
    data: {
      sequence,
      id: String(event.id),
      status: event.resolved_at === null ? 'open' : 'resolved',
      severity: event.severity,
      // A kind that this version no longer knows keeps what its event says.
      title: isEventKind(kind) ? eventKinds[kind].title : kind,
      detail: isEventKind(kind) ? describeEvent(kind, event.data) : '',
      subject: { type: event.subject_type, id: event.subject_id },
      clientId: event.client_id === null ? null : String(event.client_id),
      clientExternalId: event.client_external_id,
      clientName: event.client_name,
      resellerId: event.reseller_id === null ? null : String(event.reseller_id),
      resellerName: event.reseller_name,
      data: event.data,
      times: event.times,
      firstAt: at(event.first_at),
      lastAt: at(event.last_at),
      resolvedAt: event.resolved_at === null ? null : at(event.resolved_at),
      resolvedBy: event.resolved_by,
      resolvedReason: event.resolved_reason,
    },
  };
}
