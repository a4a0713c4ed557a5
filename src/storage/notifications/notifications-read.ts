import type { Fragment } from 'postgres';
import type { Queries } from '../system/database.js';
import { channelFormats, kindOf, type ChannelKind } from '../../domain/notifications/channels.js';
import { channelJson, type DeliveryStatus } from './deliveries.js';
import {
  failureJson,
  failureReason,
  lastFailedAttempt,
  type DeliveryFailure,
  type FailureReason,
  bounceJson,
  type DeliveryBounce,
} from './delivery-failure.js';
import type { ListedNotificationKind } from '../../domain/notifications/mail-kinds.js';
import type { DeliveryChannel, NotificationStatus } from './notifications.js';
import type { ListQuery } from '../system/paging.js';
import { containing } from '../clients/text-match.js';
import { visibleClient, visibleReseller } from '../system/tenancy.js';

/** A notification as lists show it. */
export interface NotificationItem {
  readonly id: string;
  /** null: about a company */
  readonly clientId: string | null;
  readonly clientName: string | null;
  /** null: about a client */
  readonly companyId: string | null;
  readonly companyName: string | null;
  readonly kind: ListedNotificationKind;
  readonly rule: string;
  readonly episode: number;
  readonly number: number;
  /** null: unlimited */
  readonly max: number | null;
  /** client's currency; null: unknown then */
  readonly available: string | null;
  readonly currency: string | null;
  /** what is available in the currency of the threshold, where that is another one */
  readonly availableConverted: string | null;
  /** of the rule, at the decision; null: it was not about one */
  readonly threshold: string | null;
  readonly thresholdCurrency: string | null;
  /** of the client, at the decision; null: none, or it was not about a rule */
  readonly profileName: string | null;
  /** the trigger `refresh_notification` writes it and `endedAt` */
  readonly status: NotificationStatus;
  readonly decidedAt: Date;
  readonly endedAt: Date | null;
  /** one per recipient, in order */
  readonly deliveries: readonly DeliveryItem[];
}

/** A delivery within its notification; instants are RFC 3339. */
export interface DeliveryItem {
  readonly id: string;
  readonly recipient: string;
  /** null: an email */
  readonly channel: DeliveryChannel | null;
  readonly locale: string;
  readonly timezone: string;
  readonly status: DeliveryStatus;
  readonly subject: string;
  readonly template: string;
  readonly messageId: string;
  readonly attempts: number;
  readonly acceptedAt: string | null;
  readonly endedAt: string | null;
  readonly nextAttemptAt: string | null;
  /** null: the last attempt was accepted, or there is none yet */
  readonly failure: DeliveryFailure | null;
  /** null: it did not come back */
  readonly bounce: DeliveryBounce | null;
}

/** With what its templates were given. */
export interface NotificationDetail extends NotificationItem {
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface NotificationFilter {
  readonly clientId: string | null;
  readonly companyId: string | null;
  /** a key, a side of a company, or `advanced` or `warning` for all of these */
  readonly rule: string | null;
  /** none: all */
  readonly kinds: readonly ListedNotificationKind[];
  /** none: all */
  readonly statuses: readonly NotificationStatus[];
  /** of a delivery; none: all */
  readonly deliveryStatuses: readonly DeliveryStatus[];
  /** or it came back after it was accepted */
  readonly bounced: boolean;
  /** why the last attempt of a delivery failed; none: all */
  readonly failures: readonly FailureReason[];
  /** of the client now */
  readonly profileId: string | null;
  /** instants of the decision, `from <= t < to` */
  readonly from: Date | null;
  readonly to: Date | null;
  /** one of its deliveries goes through one of these; none: any */
  readonly via: readonly DeliveryWay[];
  /** one of its deliveries goes to this channel */
  readonly channelId: string | null;
  /** within an address or the name of a channel, without case */
  readonly recipient: string | null;
  /** within the client's or company's name, subject, an address, the name of a channel, or the Message-ID, without case */
  readonly q: string | null;
}

/** How a message travels. */
type DeliveryWay = 'email' | ChannelKind;

export const notificationSorts = ['at', 'id', 'clientName', 'rule', 'status', 'number'] as const;
type NotificationSort = (typeof notificationSorts)[number];

/** By the instant of the decision; the sort key `id` is the order in which notifications were claimed. */
export function notificationList(
  q: Queries,
  resellerId: string,
  filter: NotificationFilter,
): ListQuery<NotificationItem, NotificationSort> {
  const wanted = mailConditions(q, resellerId, filter);
  return {
    columns: {
      id: { expression: q`n.id`, type: 'bigint' },
      at: { expression: q`n.decided_at`, type: 'timestamptz' },
      clientName: { expression: q`lower(coalesce(c.name, k.name))`, type: 'text' },
      rule: { expression: q`n.rule`, type: 'text' },
      status: { expression: q`n.status`, type: 'text' },
      number: { expression: q`n.number`, type: 'bigint' },
    },
    select: ({ within, orderBy, limit, position }) => q`
      select ${columns(q)}, ${position} as position
      from ${subjectTables(q)}
      where ${wanted} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`
      select count(*)::int as total from ${subjectTables(q)} where ${wanted}`,
  };
}

/** `notifications n` with its client `c` or its company `k`. */
export function subjectTables(q: Queries): Fragment {
  return q`notifications n left join clients c on c.id = n.client_id left join companies k on k.id = n.company_id`;
}

/** A condition on `subjectTables`: the client or company is of the reseller or below. */
export function visibleSubject(q: Queries, resellerId: string): Fragment {
  return q`(case when n.company_id is null then ${visibleClient(q, resellerId)}
    else ${visibleReseller(q, q`k.reseller_id`, resellerId)} end)`;
}

/** What a filter asks of the rows of `subjectTables`. */
export function mailConditions(q: Queries, resellerId: string, filter: NotificationFilter): Fragment {
  const parts: Fragment[] = [visibleSubject(q, resellerId)];
  if (filter.clientId !== null) parts.push(q`n.client_id = ${filter.clientId}`);
  if (filter.companyId !== null) parts.push(q`n.company_id = ${filter.companyId}`);
  if (filter.rule !== null) parts.push(q`${filter.rule} in (n.rule, split_part(n.rule, ':', 1))`);
  if (filter.kinds.length > 0) parts.push(q`n.kind = any (${[...filter.kinds]}::text[])`);
  if (filter.statuses.length > 0) parts.push(q`n.status = any (${[...filter.statuses]}::text[])`);
  if (filter.from) parts.push(q`n.decided_at >= ${filter.from}`);
  if (filter.to) parts.push(q`n.decided_at < ${filter.to}`);
  if (filter.deliveryStatuses.length > 0 || filter.bounced) {
    const isBounced = q`(d.status = 'accepted' and d.bounced_at is not null)`;
    const others = q`(d.status = any (${[...filter.deliveryStatuses]}::text[]) and not ${isBounced})`;
    parts.push(hasDelivery(q, filter.bounced ? q`(${others} or ${isBounced})` : others));
  }
  if (filter.failures.length > 0) {
    parts.push(q`exists (
      select 1 from deliveries d ${lastFailedAttempt(q)}
      where d.notification_id = n.id and ${failureReason(q)} = any (${[...filter.failures]}::text[]))`);
  }
  if (filter.profileId !== null) parts.push(q`c.profile_id = ${filter.profileId}`);
  if (filter.via.length > 0) parts.push(hasDelivery(q, goesBy(q, filter.via)));
  if (filter.channelId !== null) parts.push(hasDelivery(q, q`d.channel_id = ${filter.channelId}`));
  if (filter.recipient !== null) parts.push(hasDelivery(q, isTo(q, containing(filter.recipient))));
  if (filter.q !== null) {
    const text = containing(filter.q);
    const delivery = q`lower(d.subject) like ${text} or lower(d.message_id) like ${text} or ${isTo(q, text)}`;
    parts.push(q`(lower(coalesce(c.name, k.name)) like ${text} or ${hasDelivery(q, q`(${delivery})`)})`);
  }
  return parts.reduce((all, part) => q`${all} and ${part}`);
}

function goesBy(q: Queries, via: readonly DeliveryWay[]): Fragment {
  const formats = channelFormats.filter((format) => via.includes(kindOf(format)));
  return q`(d.channel_format = any (${formats}::text[]) or (${via.includes('email')} and d.channel_id is null))`;
}

function isTo(q: Queries, text: string): Fragment {
  return q`(lower(d.recipient) like ${text} or lower(d.channel_name) like ${text})`;
}

/** A delivery `d` of the notification fulfills the condition. */
function hasDelivery(q: Queries, condition: Fragment): Fragment {
  return q`exists (select 1 from deliveries d where d.notification_id = n.id and ${condition})`;
}

/** Number of notifications per value of a column. */
interface FacetCount {
  readonly word: string;
  readonly count: number;
}

export interface NotificationFacets {
  readonly status: readonly FacetCount[];
  /** `user`, `client`, `advanced`, `warning`, ...: keys of rules without what distinguishes one from another */
  readonly rule: readonly FacetCount[];
  readonly kind: readonly FacetCount[];
  /** notifications with a delivery that failed for it */
  readonly failure: readonly FacetCount[];
}

/** Each column is counted under the filters of the others, so that one sees what another choice would give. */
export async function countNotificationFacets(
  q: Queries,
  resellerId: string,
  filter: NotificationFilter,
): Promise<NotificationFacets> {
  const facet = (column: Fragment, others: NotificationFilter): Promise<FacetCount[]> => q<FacetCount[]>`
    select ${column} as word, count(*)::int as count from ${subjectTables(q)}
    where ${mailConditions(q, resellerId, others)} group by 1 order by 2 desc, 1`;
  const failures = q<FacetCount[]>`
    select ${failureReason(q)} as word, count(distinct n.id)::int as count
    from ${subjectTables(q)} join deliveries d on d.notification_id = n.id
    ${lastFailedAttempt(q)}
    where a.outcome is not null and ${mailConditions(q, resellerId, { ...filter, failures: [] })} group by 1 order by 2 desc, 1`;
  const [status, rule, kind, failure] = await Promise.all([
    facet(q`n.status`, { ...filter, statuses: [] }),
    facet(q`split_part(n.rule, ':', 1)`, { ...filter, rule: null }),
    facet(q`n.kind`, { ...filter, kinds: [] }),
    failures,
  ]);
  return { status, rule, kind, failure };
}

/** Null when there is none of a client or company within the reseller's subtree. */
export async function findNotificationDetail(
  q: Queries,
  resellerId: string,
  id: string,
): Promise<NotificationDetail | null> {
  const [row] = await q<NotificationDetail[]>`
    select ${columns(q)}, n.variables
    from ${subjectTables(q)}
    where n.id = ${id} and ${visibleSubject(q, resellerId)}`;
  return row ?? null;
}

function columns(q: Queries): ReturnType<Queries> {
  return q`n.id, n.client_id as "clientId", c.name as "clientName",
    n.company_id as "companyId", k.name as "companyName", n.kind, n.rule, n.episode, n.number, n.max,
    n.available, n.currency, ${variable(q, 'available_converted')} as "availableConverted",
    ${threshold(q)} as threshold,
    case when ${threshold(q)} is not null then coalesce(${variable(q, 'threshold_currency')}, ${variable(q, 'THRESHOLD_CURRENCY')}) end
      as "thresholdCurrency",
    nullif(n.variables #>> '{profile,name}', '') as "profileName", n.status, n.decided_at as "decidedAt", n.ended_at as "endedAt", coalesce((
      select json_agg(json_build_object(
        'id', d.id::text, 'recipient', d.recipient, 'channel', ${channelJson(q)}, 'locale', d.locale, 'timezone', d.timezone, 'status', d.status,
        'subject', d.subject, 'template', d.template, 'messageId', d.message_id, 'attempts', d.attempts,
        'acceptedAt', d.accepted_at, 'endedAt', d.ended_at, 'nextAttemptAt', d.next_attempt_at,
        'bounce', ${bounceJson(q)}, 'failure', ${failureJson(q)}) order by d.position)
      from deliveries d ${lastFailedAttempt(q)} where d.notification_id = n.id), '[]') as deliveries`;
}

/** Of the rule of a client, or of the side of a company. */
function threshold(q: Queries): Fragment {
  return q`coalesce(${variable(q, 'threshold')}, ${variable(q, 'THRESHOLD')})`;
}

/** What the templates were given under a name; null: nothing. */
function variable(q: Queries, name: string): Fragment {
  return q`nullif(n.variables ->> ${name}, '')`;
}
