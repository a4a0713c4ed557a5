import { testKind } from '../../../domain/events/webhook-message.js';
import type { Queries, Transaction } from '../../system/database.js';
import type { WebhookDeliveryStatus } from './deliveries.js';

/** What people ask to be sent, once more or for the first time. */

/** The sender listens on this channel; the trigger of the events log notifies it too. */
export const webhookChannel = 'lowwater_webhooks';

/** Returns the id of a delivery that tries an endpoint. */
export async function queueTestDelivery(tx: Transaction, endpointId: string): Promise<string> {
  const [row] = await tx<{ id: string }[]>`
    insert into webhook_deliveries (endpoint_id, kind, subject, event, status)
    values (${endpointId}, ${testKind}, 'test', '{}', 'pending') returning id`;
  if (!row) throw new TypeError('an inserted row is returned');
  await wakeSender(tx);
  return row.id;
}

/** Sends one delivery now, whatever its outcome, under its own id and sequence. A request that runs is not repeated. */
export async function requeueDelivery(tx: Transaction, id: string): Promise<void> {
  await tx`
    update webhook_deliveries set ${requeued(tx)}
    where id = ${id} and (lease_until is null or lease_until <= now())`;
  await wakeSender(tx);
}

interface Replay {
  readonly endpointId: string;
  readonly statuses: readonly Exclude<WebhookDeliveryStatus, 'pending' | 'superseded'>[];
  readonly from: Date;
  readonly to: Date;
}

/** Sends again, oldest first, up to `limit` deliveries of events that were queued in `from <= t < to`. */
export async function requeueDeliveries(
  tx: Transaction,
  { endpointId, statuses, from, to }: Replay,
  limit: number,
): Promise<{ readonly queued: number; readonly remaining: number }> {
  const wanted = tx`
    endpoint_id = ${endpointId} and event_id is not null and status = any (${[...statuses]}::text[])
    and created_at >= ${from} and created_at < ${to}`;
  const { count } = await tx`
    update webhook_deliveries set ${requeued(tx)}
    where id in (select id from webhook_deliveries where ${wanted} order by id limit ${limit})`;
  const [left] = await tx<{ rows: number }[]>`select count(*)::int as rows from webhook_deliveries where ${wanted}`;
  await wakeSender(tx);
  return { queued: count, remaining: left?.rows ?? 0 };
}

/** What waits for an endpoint is kept for a replay, and not sent all at once when the endpoint is enabled. */
export async function skipPending(tx: Queries, endpointId: string): Promise<void> {
  await tx`
    update webhook_deliveries set status = 'skipped', ended_at = now()
    where endpoint_id = ${endpointId} and status = 'pending' and event_id is not null`;
}

async function wakeSender(q: Queries): Promise<void> {
  await q`select pg_notify(${webhookChannel}, '')`;
}

function requeued(q: Queries): ReturnType<Queries> {
  return q`status = 'pending', ended_at = null, round_from = attempts, next_attempt_at = now()`;
}
