import type { DeliveryStatus } from '../../../src/storage/notifications/deliveries.js';
import type { Sql } from '../../../src/storage/system/database.js';

/** A notification with its deliveries as a test wants it to be stored. */
export interface NotificationWish {
  readonly clientId: string;
  readonly kind?: string;
  readonly rule?: string;
  readonly episode?: number;
  readonly number?: number;
  readonly max?: number | null;
  readonly at?: Date | string;
  /** default: one recipient */
  readonly to?: readonly string[];
  /** of all deliveries, or one for each; default `accepted` */
  readonly status?: DeliveryStatus | readonly DeliveryStatus[];
  readonly available?: string | null;
  readonly subject?: string;
  readonly html?: string;
  readonly text?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** of the first delivery, without angle brackets; the others get a number behind it */
  readonly messageId?: string;
  readonly nextAttemptAt?: Date | string;
}

let ids = 0;

/** Inserts a notification and its deliveries, and returns their ids. */
export async function insertNotification(
  sql: Sql,
  wish: NotificationWish,
): Promise<{ readonly id: string; readonly deliveries: readonly string[] }> {
  const at = wish.at ?? new Date();
  const to = wish.to ?? ['billing@client.example'];
  const statuses = Array.isArray(wish.status) ? wish.status : to.map(() => wish.status ?? 'accepted');
  const [row] = await sql<{ id: string }[]>`
    insert into notifications (client_id, kind, rule, episode, number, max, decided_at, available, currency, variables)
    values (${wish.clientId}, ${wish.kind ?? 'low_balance'}, ${wish.rule ?? 'client'}, ${wish.episode ?? 1},
      ${wish.number ?? 1}, ${wish.max ?? null}, ${at}, ${wish.available ?? null}, 'USD',
      ${sql.json(JSON.parse(JSON.stringify(wish.variables ?? {})))})
    returning id`;
  const id = row?.id ?? '';
  const deliveries: string[] = [];
  const messageId = wish.messageId ?? `test-${++ids}@lowwater.test`;
  for (const [position, recipient] of to.entries()) {
    const status: string = statuses[position] ?? 'accepted';
    const ended = ['accepted', 'failed', 'uncertain'].includes(status) ? at : null;
    const [delivery] = await sql<{ id: string }[]>`
      insert into deliveries (notification_id, position, recipient, locale, timezone, status, template, subject, html, text,
        message_id, attempts, accepted_at, ended_at, next_attempt_at)
      values (${id}, ${position}, ${recipient}, 'en', 'UTC', ${status}, 'built-in', ${wish.subject ?? 'Balance is low'},
        ${wish.html ?? '<p>Low</p>'}, ${wish.text ?? 'Low'}, ${`<${position === 0 ? '' : `${position}.`}${messageId}>`},
        ${status === 'claimed' ? 0 : 1}, ${status === 'accepted' ? ended : null}, ${ended}, ${wish.nextAttemptAt ?? null})
      returning id`;
    deliveries.push(delivery?.id ?? '');
  }
  return { id, deliveries };
}
