import type { Fragment } from 'postgres';
import { actorName } from './actor-name.js';
import type { Queries } from './database.js';
import type { MailKind, NotificationStatus } from './notifications.js';
import type { ListQuery } from './paging.js';
import { containing } from './text-match.js';
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
  /** a key, or `advanced` or `warning` for all of these */
  readonly rule: string | null;
  /** none: all */
  readonly kinds: readonly MailKind[];
  /** none: all */
  readonly statuses: readonly NotificationStatus[];
  /** instants of the check, `from <= t < to` */
  readonly from: Date | null;
  readonly to: Date | null;
  /** within an address, without case */
  readonly recipient: string | null;
  /** within client's name, subject, an address or the Message-ID, without case */
  readonly q: string | null;
}

export const notificationSorts = ['at', 'id', 'clientName', 'rule', 'status', 'number'] as const;
export type NotificationSort = (typeof notificationSorts)[number];

/** By the instant of the check; the sort key `id` is the order in which mails were claimed. */
export function notificationList(
  q: Queries,
  resellerId: string,
  filter: NotificationFilter,
): ListQuery<NotificationItem, NotificationSort> {
  const wanted = mailConditions(q, resellerId, filter);
  return {
    columns: {
      id: { expression: q`n.id`, type: 'bigint' },
      at: { expression: q`n.check_at`, type: 'timestamptz' },
      clientName: { expression: q`lower(c.name)`, type: 'text' },
      rule: { expression: q`n.rule`, type: 'text' },
      status: { expression: q`n.status`, type: 'text' },
      number: { expression: q`n.number`, type: 'bigint' },
    },
    select: ({ within, orderBy, limit, position }) => q`
      select ${columns(q)}, ${position} as position
      from notifications n join clients c on c.id = n.client_id
      where ${wanted} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`
      select count(*)::int as total from notifications n join clients c on c.id = n.client_id where ${wanted}`,
  };
}

/** What a filter asks of the rows `notifications n` and `clients c`. */
export function mailConditions(q: Queries, resellerId: string, filter: NotificationFilter): Fragment {
  const parts: Fragment[] = [visibleClient(q, resellerId)];
  if (filter.clientId !== null) parts.push(q`n.client_id = ${filter.clientId}`);
  if (filter.rule !== null) parts.push(q`${filter.rule} in (n.rule, split_part(n.rule, ':', 1))`);
  if (filter.kinds.length > 0) parts.push(q`n.kind = any (${[...filter.kinds]}::text[])`);
  if (filter.statuses.length > 0) parts.push(q`n.status = any (${[...filter.statuses]}::text[])`);
  if (filter.from) parts.push(q`n.check_at >= ${filter.from}`);
  if (filter.to) parts.push(q`n.check_at < ${filter.to}`);
  if (filter.recipient !== null) parts.push(addressContains(q, filter.recipient));
  if (filter.q !== null) {
    const text = containing(filter.q);
    parts.push(q`(lower(c.name) like ${text} or lower(n.subject) like ${text} or lower(n.message_id) like ${text}
      or ${addressContains(q, filter.q)})`);
  }
  return parts.reduce((all, part) => q`${all} and ${part}`);
}

function addressContains(q: Queries, text: string): Fragment {
  return q`exists (select 1 from unnest(n.recipients) address where lower(address) like ${containing(text)})`;
}

/** How many mails there are of each word of a column. */
export interface FacetCount {
  readonly word: string;
  readonly mails: number;
}

export interface NotificationFacets {
  readonly status: readonly FacetCount[];
  /** `user`, `client`, `advanced`, `warning`, ...: keys of rules without what tells one from another */
  readonly rule: readonly FacetCount[];
  readonly kind: readonly FacetCount[];
}

/** Each column is counted under the filters of the others, so that one sees what another choice would give. */
export async function countNotificationFacets(
  q: Queries,
  resellerId: string,
  filter: NotificationFilter,
): Promise<NotificationFacets> {
  const facet = (column: Fragment, others: NotificationFilter): Promise<FacetCount[]> => q<FacetCount[]>`
    select ${column} as word, count(*)::int as mails from notifications n join clients c on c.id = n.client_id
    where ${mailConditions(q, resellerId, others)} group by 1 order by 2 desc, 1`;
  const [status, rule, kind] = await Promise.all([
    facet(q`n.status`, { ...filter, statuses: [] }),
    facet(q`split_part(n.rule, ':', 1)`, { ...filter, rule: null }),
    facet(q`n.kind`, { ...filter, kinds: [] }),
  ]);
  return { status, rule, kind };
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
  /** null: the monitor, or somebody whom the reseller does not see */
  readonly requestedByName: string | null;
}

export async function listAttempts(q: Queries, resellerId: string, notificationId: string): Promise<AttemptRow[]> {
  return q<AttemptRow[]>`
    select attempt, started_at as "startedAt", ended_at as "endedAt", outcome, code, reply, requested_by as "requestedBy",
      ${actorName(q, q`requested_by`, resellerId)} as "requestedByName"
    from notification_attempts where notification_id = ${notificationId} order by attempt`;
}

function columns(q: Queries): ReturnType<Queries> {
  return q`n.id, n.client_id as "clientId", c.name as "clientName", n.kind, n.rule, n.episode, n.number, n.max,
    n.recipients, n.accepted, n.available, n.currency, n.status, n.check_at as "checkAt", n.ended_at as "endedAt",
    n.next_attempt_at as "nextAttemptAt", n.subject, n.attempts, n.message_id as "messageId"`;
}
