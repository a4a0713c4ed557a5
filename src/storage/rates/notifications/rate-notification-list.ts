import type { Fragment } from 'postgres';
import type {
  RateFileFormat,
  RateNotificationKind,
  RateNotificationType,
  RateSkipReason,
} from '../../../domain/rates/notifications/rate-notification.js';
import type { AnnouncedCounts } from '../../../domain/rates/notifications/announced-rates.js';
import { actorName } from '../../access/actor-name.js';
import { containing } from '../../clients/text-match.js';
import type { Queries } from '../../system/database.js';
import type { ListQuery } from '../../system/paging.js';
import { subtree, visibleClients } from '../../system/tenancy.js';

/** The last five are those of the email. */
export const rateNotificationStates = [
  'scheduled',
  'skipped',
  'sending',
  'retrying',
  'accepted',
  'failed',
  'uncertain',
] as const;
type RateNotificationState = (typeof rateNotificationStates)[number];

export interface RateNotificationRow {
  readonly id: string;
  readonly kind: RateNotificationKind;
  readonly state: RateNotificationState;
  readonly skipReason: RateSkipReason | null;
  readonly clientId: string;
  readonly clientName: string;
  readonly ownerId: string;
  readonly ownerName: string;
  readonly rateTableId: string | null;
  readonly rateTableName: string;
  readonly agreementId: string | null;
  readonly agreementName: string | null;
  readonly type: RateNotificationType | null;
  readonly format: RateFileFormat | null;
  readonly dueAt: Date;
  readonly changedAt: Date;
  readonly composedAt: Date | null;
  readonly referenceAt: Date | null;
  readonly recipient: string | null;
  readonly counts: AnnouncedCounts | null;
  readonly firstEffectiveAt: Date | null;
  readonly files: readonly {
    readonly position: number;
    readonly fileName: string;
    readonly timeProfile: string;
    readonly rates: number;
    /** null: it is no longer kept */
    readonly bytes: number | null;
    readonly removedAt: string | null;
  }[];
  readonly notificationId: string | null;
  readonly deliveryId: string | null;
  readonly acceptedAt: Date | null;
  readonly nextAttemptAt: Date | null;
  readonly requestedBy: string | null;
  readonly requestedByName: string | null;
  readonly reason: string | null;
  readonly createdAt: Date;
}

export interface RateNotificationFilter {
  /** part of the client's name, the table's name, the recipient, or a file name */
  readonly q: string | null;
  readonly rateTableId: string | null;
  readonly clientId: string | null;
  readonly resellerId: string | null;
  readonly kind: RateNotificationKind | null;
  readonly state: readonly RateNotificationState[] | null;
  readonly from: Date | null;
  readonly to: Date | null;
}

export const rateNotificationSorts = ['id', 'dueAt', 'clientName', 'rateTableName'] as const;

function tables(q: Queries): Fragment {
  return q`rate_notifications w join clients c on c.id = w.client_id join resellers r on r.id = c.reseller_id
    left join notifications n on n.id = w.notification_id
    left join deliveries d on d.notification_id = n.id and d.position = 0`;
}

function state(q: Queries): Fragment {
  return q`case w.status when 'waiting' then 'scheduled' when 'skipped' then 'skipped'
    else case n.status when 'pending' then 'sending' else n.status end end`;
}

function columns(q: Queries, withinId: string): Fragment {
  return q`w.id, w.kind, ${state(q)} as state, w.skip_reason as "skipReason", c.id as "clientId", c.name as "clientName",
    r.id as "ownerId", r.name as "ownerName", w.rate_table_id as "rateTableId", w.rate_table_name as "rateTableName",
    w.agreement_id as "agreementId", w.agreement_name as "agreementName", w.type, w.format, w.due_at as "dueAt",
    w.changed_at as "changedAt", w.composed_at as "composedAt", w.reference_at as "referenceAt", w.recipient, w.counts,
    w.first_effective_at as "firstEffectiveAt",
    (select coalesce(jsonb_agg(jsonb_build_object('position', f.position, 'fileName', f.file_name,
        'timeProfile', f.time_profile, 'rates', f.rates, 'bytes', length(f.content),
        'removedAt', to_char(f.removed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) order by f.position), '[]')
      from rate_notification_files f where f.rate_notification_id = w.id) as files,
    w.notification_id as "notificationId", d.id as "deliveryId", d.accepted_at as "acceptedAt",
    d.next_attempt_at as "nextAttemptAt", w.requested_by as "requestedBy",
    ${actorName(q, q`w.requested_by`, withinId)} as "requestedByName", w.reason, w.created_at as "createdAt"`;
}

export function rateNotificationList(
  q: Queries,
  withinId: string,
  filter: RateNotificationFilter,
): ListQuery<RateNotificationRow, (typeof rateNotificationSorts)[number]> {
  const parts: Fragment[] = [visibleClients(q, withinId)];
  if (filter.resellerId !== null) parts.push(q`c.reseller_id in (${subtree(q, filter.resellerId)})`);
  if (filter.q !== null) {
    const text = containing(filter.q);
    parts.push(q`(lower(c.name) like ${text} or lower(w.rate_table_name) like ${text} or lower(w.recipient) like ${text}
      or exists (select 1 from rate_notification_files f
        where f.rate_notification_id = w.id and lower(f.file_name) like ${text}))`);
  }
  if (filter.clientId !== null) parts.push(q`w.client_id = ${filter.clientId}`);
  if (filter.rateTableId !== null) parts.push(q`w.rate_table_id = ${filter.rateTableId}`);
  if (filter.kind !== null) parts.push(q`w.kind = ${filter.kind}`);
  if (filter.state !== null) parts.push(q`${state(q)} = any (${[...filter.state]}::text[])`);
  if (filter.from !== null) parts.push(q`w.due_at >= ${filter.from}`);
  if (filter.to !== null) parts.push(q`w.due_at < ${filter.to}`);
  const wanted = parts.reduce((all, part) => q`${all} and ${part}`);
  return {
    columns: {
      id: { expression: q`w.id`, type: 'bigint' },
      dueAt: { expression: q`w.due_at`, type: 'timestamptz' },
      clientName: { expression: q`lower(c.name)`, type: 'text' },
      rateTableName: { expression: q`lower(w.rate_table_name)`, type: 'text' },
    },
    select: ({ within, orderBy, limit, position }) => q`
      select ${columns(q, withinId)}, ${position} as position from ${tables(q)}
      where ${wanted} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from ${tables(q)} where ${wanted}`,
  };
}

/** Those of these ids whose clients the caller sees, in their order. */
export async function readRateNotifications(
  q: Queries,
  withinId: string,
  ids: readonly string[],
): Promise<RateNotificationRow[]> {
  return q<RateNotificationRow[]>`
    select ${columns(q, withinId)} from ${tables(q)}
    where w.id = any (${[...ids]}::bigint[]) and ${visibleClients(q, withinId)} order by w.id`;
}

interface KeptFile {
  readonly fileName: string;
  /** null: it is no longer kept */
  readonly content: Buffer | null;
}

/** Null: there is none whose client the caller sees. */
export async function readRateFile(
  q: Queries,
  withinId: string,
  id: string,
  position: number,
): Promise<KeptFile | null> {
  const [row] = await q<KeptFile[]>`
    select f.file_name as "fileName", f.content
    from rate_notification_files f join rate_notifications w on w.id = f.rate_notification_id
    join clients c on c.id = w.client_id
    where f.rate_notification_id = ${id} and f.position = ${position} and ${visibleClients(q, withinId)}`;
  return row ?? null;
}

/** What an email has attached, in order. */
export async function readRateFiles(q: Queries, id: string): Promise<KeptFile[]> {
  return q<KeptFile[]>`
    select file_name as "fileName", content from rate_notification_files
    where rate_notification_id = ${id} order by position`;
}
