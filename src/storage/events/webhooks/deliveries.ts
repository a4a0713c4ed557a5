import type { Fragment } from 'postgres';
import type { EventSnapshot } from '../../../domain/events/webhook-message.js';
import type { Queries } from '../../system/database.js';
import type { ListQuery } from '../../system/paging.js';
import { visibleReseller } from '../../system/tenancy.js';

/** The log of what endpoints receive. Who sends it: delivery-queue.ts. */

export const webhookDeliveryStatuses = ['pending', 'accepted', 'failed', 'skipped', 'superseded'] as const;
export type WebhookDeliveryStatus = (typeof webhookDeliveryStatuses)[number];

export interface WebhookDelivery {
  readonly id: string;
  readonly endpointId: string;
  readonly endpointName: string;
  readonly resellerId: string;
  /** the header `webhook-id` */
  readonly messageId: string;
  /** null: a test */
  readonly eventId: string | null;
  readonly kind: string;
  /** what it says of the event; null: a test */
  readonly eventStatus: 'open' | 'resolved' | null;
  readonly clientId: string | null;
  readonly clientName: string | null;
  readonly subject: string;
  /** null: not sent yet */
  readonly sequence: number | null;
  readonly status: WebhookDeliveryStatus;
  readonly attempts: number;
  /** null: it has ended */
  readonly nextAttemptAt: Date | null;
  /** of the last attempt; null: it had no response */
  readonly responseStatus: number | null;
  readonly error: string | null;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
}

export interface WebhookDeliveryDetails extends WebhookDelivery {
  /** null: a test */
  readonly event: EventSnapshot | null;
  readonly tries: readonly WebhookAttempt[];
}

/** One request to the endpoint. */
interface WebhookAttempt {
  readonly number: number;
  readonly startedAt: Date;
  /** null: it runs, or its worker died */
  readonly durationMs: number | null;
  readonly responseStatus: number | null;
  readonly error: string | null;
  /** the beginning of the response's body */
  readonly responseBody: string | null;
}

export interface WebhookDeliveryFilter {
  readonly endpointId: string | null;
  readonly status: readonly WebhookDeliveryStatus[] | null;
  readonly kind: readonly string[] | null;
  readonly clientId: string | null;
  readonly eventId: string | null;
  readonly from: Date | null;
  readonly to: Date | null;
}

export const webhookDeliverySorts = ['createdAt', 'id'] as const;

export function webhookDeliveryList(
  q: Queries,
  resellerId: string,
  filter: WebhookDeliveryFilter,
): ListQuery<WebhookDelivery, (typeof webhookDeliverySorts)[number]> {
  const parts: Fragment[] = [visibleReseller(q, q`e.reseller_id`, resellerId)];
  if (filter.endpointId !== null) parts.push(q`d.endpoint_id = ${filter.endpointId}`);
  if (filter.status !== null) parts.push(q`d.status = any (${[...filter.status]}::text[])`);
  if (filter.kind !== null) parts.push(q`d.kind = any (${[...filter.kind]}::text[])`);
  if (filter.clientId !== null) parts.push(q`d.client_id = ${filter.clientId}`);
  if (filter.eventId !== null) parts.push(q`d.event_id = ${filter.eventId}`);
  if (filter.from !== null) parts.push(q`d.created_at >= ${filter.from}`);
  if (filter.to !== null) parts.push(q`d.created_at < ${filter.to}`);
  const where = parts.reduce((all, part) => q`${all} and ${part}`);
  return {
    columns: {
      id: { expression: q`d.id`, type: 'bigint' },
      createdAt: { expression: q`d.created_at`, type: 'timestamptz' },
    },
    select: ({ within, orderBy, limit, position }) => q`
      select ${columns(q)}, ${position} as position from ${tables(q)}
      where ${where} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from ${tables(q)} where ${where}`,
  };
}

/** Null when there is none that the caller sees. */
export async function findWebhookDelivery(
  q: Queries,
  resellerId: string,
  id: string,
): Promise<WebhookDeliveryDetails | null> {
  const [row] = await q<(Omit<WebhookDeliveryDetails, 'tries'> & { readonly tries?: never })[]>`
    select ${columns(q)}, case when d.event_id is not null then d.event end as event from ${tables(q)}
    where d.id = ${id} and ${visibleReseller(q, q`e.reseller_id`, resellerId)}`;
  if (!row) return null;
  const tries = await q<WebhookAttempt[]>`
    select number, started_at as "startedAt", duration_ms as "durationMs", response_status as "responseStatus", error,
      response_body as "responseBody"
    from webhook_attempts where delivery_id = ${id} order by number desc limit 100`;
  return { ...row, tries };
}

function tables(q: Queries): Fragment {
  return q`webhook_deliveries d join webhook_endpoints e on e.id = d.endpoint_id left join clients c on c.id = d.client_id`;
}

function columns(q: Queries): Fragment {
  return q`d.id, d.endpoint_id as "endpointId", e.name as "endpointName", e.reseller_id as "resellerId",
    d.message_id as "messageId", d.event_id as "eventId", d.kind,
    case when d.event_id is null then null when d.event ->> 'resolved_at' is null then 'open' else 'resolved' end as "eventStatus",
    d.client_id as "clientId", c.name as "clientName",
    d.subject, d.sequence::float8 as sequence, d.status, d.attempts,
    case when d.status = 'pending' then d.next_attempt_at end as "nextAttemptAt",
    d.response_status as "responseStatus", d.error, d.created_at as "createdAt", d.ended_at as "endedAt"`;
}
