import type { DeliveryOutcome } from '../../domain/monitoring/rule-state.js';
import type { CompanyNotificationKey, NotificationKey } from '../../contract/deliveries.js';
import type { CompanyNotificationKind, NotificationKind } from '../../domain/notifications/mail-kinds.js';
import type { ChannelName } from '../../domain/notifications/channels.js';
import type { Queries } from '../system/database.js';

/**
 * Notifications and their deliveries, written before an SMTP server, or the receiver
 * of a channel, is asked to take them. The key (client or company,
 * rule, episode, number) comes from business facts, so it also holds when a workflow is reset, replaced, or runs twice.
 */

/**
 * `pending` and `retrying` have a delivery that has not ended; the trigger `refresh_notification` writes the status.
 */
export type NotificationStatus = 'pending' | 'retrying' | DeliveryOutcome;

/** A notification with the messages to send. */
interface NotificationContent {
  readonly kind: NotificationKind | CompanyNotificationKind;
  readonly max: number | null;
  readonly decidedAtMs: number;
  /** in `currency`; null: unknown */
  readonly available: string | null;
  readonly currency: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** in order, each address once without case */
  readonly deliveries: readonly NewDelivery[];
}

type AnyKey = NotificationKey | CompanyNotificationKey;
type NewNotification = NotificationContent & AnyKey;

export interface NewDelivery {
  /** email address, or phone number; of a channel without addresses its name */
  readonly recipient: string;
  /** absent: an email */
  readonly channel?: DeliveryChannel;
  readonly locale: string;
  readonly timezone: string;
  /** `built-in`, or id and version of a template: `12@3` */
  readonly template: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly messageId: string;
}

/** A channel as it was when the delivery was claimed. */
export interface DeliveryChannel extends ChannelName {
  readonly id: string;
}

export interface NotificationRow {
  readonly id: string;
  readonly status: NotificationStatus;
  readonly decidedAt: Date;
  /** ids of the deliveries that have not ended, in order; those that a person has resent are left out */
  readonly pending: readonly string[];
}

/** Null when there is none. */
export async function findNotification(sql: Queries, key: AnyKey): Promise<NotificationRow | null> {
  const [row] = await sql<NotificationRow[]>`
    select n.id, n.status, n.decided_at as "decidedAt", array(
      select d.id::text from deliveries d
      where d.notification_id = n.id and d.before_resend is null
        and d.status in ('claimed', 'sending', 'transmitted', 'retrying')
      order by d.position) as pending
    from notifications n
    where ${'clientId' in key ? sql`n.client_id = ${key.clientId}` : sql`n.company_id = ${key.companyId}`} and n.rule = ${key.rule} and n.episode = ${key.episode}
      and n.number = ${key.number}`;
  return row ?? null;
}

/**
 * Claims a key for a notification to send now. A key whose notification failed is claimed again by a later
 * decision only: one decision never sends what has ended, so an attempt that comes too late finds nothing to do. Any
 * other notification is left as it is and returned.
 */
export async function claimNotification(sql: Queries, notification: NewNotification): Promise<NotificationRow> {
  const { rule, episode, number, deliveries } = notification;
  const [subject, subjectId] =
    'clientId' in notification ? ['client_id', notification.clientId] : ['company_id', notification.companyId];
  const rows = deliveries.map(({ channel, ...delivery }, position) => ({
    ...delivery,
    position,
    channelId: channel?.id ?? null,
    channelName: channel?.name ?? null,
    channelFormat: channel?.format ?? null,
  }));
  const written = await sql<{ id: string; notificationId: string }[]>`
    with claimed as (
      insert into notifications
        (${sql(subject)}, kind, rule, episode, number, max, decided_at, available, currency, variables)
      values (${subjectId}, ${notification.kind}, ${rule}, ${episode}, ${number}, ${notification.max},
        ${new Date(notification.decidedAtMs)}, ${notification.available}, ${notification.currency},
        ${sql.json(JSON.parse(JSON.stringify(notification.variables)))})
      on conflict (${sql(subject)}, rule, episode, number) do update set
        max = excluded.max, status = 'pending', decided_at = excluded.decided_at, available = excluded.available,
        currency = excluded.currency, variables = excluded.variables, created_at = now(), ended_at = null
      where notifications.status = 'failed' and notifications.decided_at < excluded.decided_at
      returning id
    )
    insert into deliveries
      (notification_id, position, recipient, channel_id, channel_name, channel_format, locale, timezone, template,
        subject, html, text, message_id)
    select claimed.id, d.position, d.recipient, d."channelId", d."channelName", d."channelFormat", d.locale, d.timezone,
      d.template, d.subject, d.html, d.text, d."messageId"
    from claimed, jsonb_to_recordset(${sql.json(JSON.parse(JSON.stringify(rows)))}) as d(
      position int, recipient text, locale text, timezone text, template text, subject text, html text, text text,
      "messageId" text, "channelId" bigint, "channelName" text, "channelFormat" text)
    on conflict (notification_id, lower(recipient), coalesce(channel_id, 0)) do update set
      position = excluded.position, recipient = excluded.recipient, channel_name = excluded.channel_name,
      channel_format = excluded.channel_format, locale = excluded.locale,
      timezone = excluded.timezone, status = 'claimed', template = excluded.template, subject = excluded.subject,
      html = excluded.html, text = excluded.text, before_resend = null, ended_at = null, next_attempt_at = null,
      not_before = null
    returning id, notification_id as "notificationId"`;
  const [first] = written;
  if (first) {
    const decidedAt = new Date(notification.decidedAtMs);
    return { id: first.notificationId, status: 'pending', decidedAt, pending: written.map(({ id }) => id) };
  }
  const other = await findNotification(sql, notification);
  if (!other) throw new Error('a notification that holds this key has vanished');
  return other;
}

/**
 * The overall outcome of a notification, from its deliveries: what held before a resend counts while it runs. Null
 * while a delivery is pending.
 */
export async function readOutcome(sql: Queries, notificationId: string): Promise<DeliveryOutcome | null> {
  const [row] = await sql<{ outcome: DeliveryOutcome | null }[]>`
    select case
        when bool_or(before_resend is null and status in ('claimed', 'sending', 'transmitted', 'retrying')) then null
        when bool_or(status = 'accepted' or before_resend = 'accepted') then 'accepted'
        when bool_or(status = 'uncertain' or before_resend = 'uncertain') then 'uncertain'
        else 'failed'
      end as outcome
    from deliveries where notification_id = ${notificationId}`;
  return row?.outcome ?? null;
}
