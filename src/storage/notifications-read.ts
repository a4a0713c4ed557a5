import type { Queries } from './database.js';
import type { MailKind, NotificationStatus } from './notifications.js';
import { readPage, type Page, type PageRequest } from './paging.js';
import { visibleClient } from './visible.js';

/** A mail as lists show it. */
export interface NotificationItem {
  readonly id: string;
  readonly clientId: string;
  readonly clientName: string;
  readonly kind: MailKind;
  readonly rule: string;
  readonly episode: number;
  readonly number: number;
  /** null: unlimited */
  readonly max: number | null;
  readonly recipients: readonly string[];
  /** of these, whom the SMTP server took */
  readonly accepted: readonly string[];
  /** client's currency; null: unknown then */
  readonly available: string | null;
  readonly currency: string | null;
  readonly status: NotificationStatus;
  /** of the check that it comes from */
  readonly checkAt: Date;
  readonly endedAt: Date | null;
  readonly nextAttemptAt: Date | null;
  readonly subject: string | null;
  readonly attempts: number;
  readonly messageId: string;
}

/** The mail as it was sent. */
export interface NotificationDetail extends NotificationItem {
  readonly variables: Readonly<Record<string, unknown>>;
  readonly template: string | null;
  readonly locale: string | null;
  readonly html: string | null;
  readonly text: string | null;
}

export interface NotificationFilter {
  readonly clientId: string | null;
  readonly rule: string | null;
  /** none: all */
  readonly kinds: readonly MailKind[];
  /** none: all */
  readonly statuses: readonly NotificationStatus[];
  /** instants of the check, `from <= t < to` */
  readonly from: Date | null;
  readonly to: Date | null;
  /** compared without case */
  readonly recipient: string | null;
}

export type NotificationSort = 'at';

/** By the instant of the check; the sort key `id` is the order in which mails were claimed. */
export async function listNotifications(
  q: Queries,
  resellerId: string,
  filter: NotificationFilter,
  page: PageRequest<NotificationSort>,
): Promise<Page<NotificationItem>> {
  const where = q`${visibleClient(q, resellerId)}
    and ${filter.clientId === null ? q`true` : q`n.client_id = ${filter.clientId}`}
    and ${filter.rule === null ? q`true` : q`n.rule = ${filter.rule}`}
    and ${filter.kinds.length === 0 ? q`true` : q`n.kind = any(${[...filter.kinds]}::text[])`}
    and ${filter.statuses.length === 0 ? q`true` : q`n.status = any(${[...filter.statuses]}::text[])`}
    and ${filter.from ? q`n.check_at >= ${filter.from}` : q`true`}
    and ${filter.to ? q`n.check_at < ${filter.to}` : q`true`}
    and ${filter.recipient === null ? q`true` : q`lower(${filter.recipient}) in (select lower(r) from unnest(n.recipients) r)`}`;
  return readPage<NotificationItem, NotificationSort>(q, page, {
    columns: {
      id: { expression: q`n.id`, type: 'bigint' },
      at: { expression: q`n.check_at`, type: 'timestamptz' },
    },
    select: ({ within, orderBy, limit, position }) => q`
      select ${columns(q)}, ${position} as position
      from notifications n join clients c on c.id = n.client_id
      where ${where} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`
      select count(*)::int as total from notifications n join clients c on c.id = n.client_id where ${where}`,
  });
}

/** Null when there is none of a client within the reseller's subtree. */
export async function findNotificationDetail(
  q: Queries,
  resellerId: string,
  id: string,
): Promise<NotificationDetail | null> {
  const [row] = await q<NotificationDetail[]>`
    select ${columns(q)}, n.variables, n.template, n.locale, n.html, n.text
    from notifications n join clients c on c.id = n.client_id
    where n.id = ${id} and ${visibleClient(q, resellerId)}`;
  return row ?? null;
}

/** One SMTP dialogue. */
export interface AttemptRow {
  readonly attempt: number;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  /** null: it runs */
  readonly outcome: 'accepted' | 'refused' | 'refused_for_good' | 'uncertain' | 'interrupted' | null;
  readonly code: number | null;
  readonly reply: string | null;
  /** who asked for it by hand; null: the monitor */
  readonly requestedBy: string | null;
}

export async function listAttempts(q: Queries, notificationId: string): Promise<AttemptRow[]> {
  return q<AttemptRow[]>`
    select attempt, started_at as "startedAt", ended_at as "endedAt", outcome, code, reply, requested_by as "requestedBy"
    from notification_attempts where notification_id = ${notificationId} order by attempt`;
}

function columns(q: Queries): ReturnType<Queries> {
  return q`n.id, n.client_id as "clientId", c.name as "clientName", n.kind, n.rule, n.episode, n.number, n.max,
    n.recipients, n.accepted, n.available, n.currency, n.status, n.check_at as "checkAt", n.ended_at as "endedAt",
    n.next_attempt_at as "nextAttemptAt", n.subject, n.attempts, n.message_id as "messageId"`;
}
