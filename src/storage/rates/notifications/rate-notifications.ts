import type { Fragment } from 'postgres';
import type {
  RateFileFormat,
  RateNotificationKind,
  RateNotificationType,
  RateSkipReason,
} from '../../../domain/rates/notifications/rate-notification.js';
import type { StoredRate, AnnouncedCounts } from '../../../domain/rates/notifications/announced-rates.js';
import type { Queries, Transaction } from '../../system/database.js';
import { visibleClient, visibleClients } from '../../system/tenancy.js';
import { announceRateNotifications } from './rate-notification-queue.js';
import type { ScheduleRow } from '../agreements/agreements.js';

/** How a client is notified of a rate table, and when it last was. Of `clients c` and `rate_tables t`. */
export interface RateSubscriber {
  readonly clientId: string;
  readonly clientName: string;
  /** of the client */
  readonly resellerName: string;
  readonly isDeleted: boolean;
  readonly isEnabled: boolean;
  /** for origination or termination */
  readonly usesTable: boolean;
  readonly type: RateNotificationType;
  readonly format: RateFileFormat;
  readonly unique: boolean;
  /** its rates email, else its billing email; null: it has neither */
  readonly recipient: string | null;
  readonly rateTableId: string;
  readonly rateTableName: string;
  readonly currency: string;
  readonly timezone: string;
  /** the client's own, else that of the table */
  readonly agreement: ScheduleRow | null;
  /** of the last scheduled notification that a server accepted, or may have accepted; null: there was none */
  readonly lastAt: Date | null;
  /** of the last scheduled notification, whatever its outcome */
  readonly lastComposedAt: Date | null;
  /** of the last correction; null: there was none since */
  readonly correctedAt: Date | null;
}

/** When the client `c` was last notified of the rates of a table: composed, and accepted by a server or uncertain. */
export function lastNotified(q: Queries, table: Fragment): Fragment {
  return q`(select max(p.composed_at) from rate_notifications p join notifications n on n.id = p.notification_id
    where p.client_id = c.id and p.rate_table_id = ${table} and p.kind = 'scheduled'
      and (n.status in ('accepted', 'uncertain') or exists (
        select 1 from deliveries d where d.notification_id = n.id and d.before_resend in ('accepted', 'uncertain'))))`;
}

export const rateRecipient = (q: Queries): Fragment => q`coalesce(c.rates_email, c.billing_email)`;

const usesTable = (q: Queries, table: Fragment): Fragment =>
  q`(${table} in (c.origination_rate_table_id, c.termination_rate_table_id))`;

function subscriber(q: Queries): Fragment {
  return q`
    select c.id as "clientId", c.name as "clientName", r.name as "resellerName", c.status = 'deleted' as "isDeleted",
      c.rate_notification as "isEnabled", coalesce(${usesTable(q, q`t.id`)}, false) as "usesTable",
      c.rate_notification_type as type, c.rate_notification_format as format, c.rate_notification_unique as "unique",
      ${rateRecipient(q)} as recipient, t.id as "rateTableId", t.name as "rateTableName", t.currency, t.timezone,
      (select jsonb_build_object('id', a.id::text, 'name', a.name, 'notificationDays', a.notification_days,
          'hour', a.hour, 'timezone', a.timezone, 'terms', a.terms)
        from agreements a where a.id = coalesce(c.agreement_id, t.agreement_id)) as agreement,
      ${lastNotified(q, q`t.id`)} as "lastAt",
      (select max(p.composed_at) from rate_notifications p
        where p.client_id = c.id and p.rate_table_id = t.id and p.kind = 'scheduled') as "lastComposedAt",
      (select max(p.composed_at) from rate_notifications p
        where p.client_id = c.id and p.rate_table_id = t.id and p.kind = 'correction') as "correctedAt"
    from clients c join resellers r on r.id = c.reseller_id cross join rate_tables t`;
}

/** Null: the client or table is not found. @param withinId reseller that owns the client, or an ancestor of it; null: any */
export async function readSubscriber(
  q: Queries,
  withinId: string | null,
  clientId: string,
  rateTableId: string,
): Promise<RateSubscriber | null> {
  const [row] = await q<RateSubscriber[]>`
    ${subscriber(q)}
    where c.id = ${clientId} and t.id = ${rateTableId} and ${withinId === null ? q`true` : visibleClient(q, withinId)}`;
  return row ?? null;
}

/** Clients that use a table and have notifications on, in the order of their ids. */
export async function readSubscribers(
  q: Queries,
  withinId: string | null,
  rateTableId: string,
  limit: number | null,
): Promise<RateSubscriber[]> {
  return q<RateSubscriber[]>`
    ${subscriber(q)}
    where t.id = ${rateTableId} and c.status <> 'deleted' and c.rate_notification and ${usesTable(q, q`t.id`)}
      and ${withinId === null ? q`true` : visibleClients(q, withinId)}
    order by c.id ${limit === null ? q`` : q`limit ${limit}`}`;
}

/** When the scheduled notification that waits is due; null: none waits. */
export async function readWaiting(q: Queries, clientId: string, rateTableId: string): Promise<Date | null> {
  const [row] = await q<{ dueAt: Date }[]>`
    select due_at as "dueAt" from rate_notifications
    where client_id = ${clientId} and rate_table_id = ${rateTableId} and kind = 'scheduled' and status = 'waiting'`;
  return row?.dueAt ?? null;
}

/** The rates of a table that are not stashed, with when they were changed last. */
export async function readStoredRates(q: Queries, rateTableId: string): Promise<StoredRate[]> {
  return q<StoredRate[]>`
    select t.code, t.code_name as "codeName", t.effective_from as "effectiveFrom", t.ends_at as "endsAt",
      trim_scale(t.rate)::text as rate, t.min_volume as "minVolume", t.interval, t.grace_volume as "graceVolume",
      trim_scale(t.setup_fee)::text as "setupFee", t.time_profile as "timeProfile", t.policy, t.status, t.tags, t.notes,
      t.updated_at as "updatedAt"
    from table_rates t where t.rate_table_id = ${rateTableId} and t.status = 'active'`;
}

/** Null: the caller sees no table of this id, nor one above that its clients may use. */
export async function readRateTableName(q: Queries, id: string): Promise<string | null> {
  const [row] = await q<{ name: string }[]>`select name from rate_tables where id = ${id}`;
  return row?.name ?? null;
}

interface Due {
  readonly clientId: string;
  readonly dueAt: Date;
  /** further changes move it; else it keeps the earlier time */
  readonly isMoved: boolean;
}

/** Each client has one scheduled notification of a table that waits: a new one, or the one that is there. */
export async function scheduleRateNotifications(
  tx: Transaction,
  rateTableId: string,
  due: readonly Due[],
  changedAt: Date,
): Promise<void> {
  if (due.length === 0) return;
  const rows = due.map(({ clientId, dueAt, isMoved }) => ({ clientId, dueAt: dueAt.toISOString(), isMoved }));
  const movable = tx`exists (
    select 1 from jsonb_to_recordset(${tx.json(rows)}) as d("clientId" bigint, "isMoved" boolean)
    where d."clientId" = w.client_id and d."isMoved")`;
  await tx`
    insert into rate_notifications as w (client_id, rate_table_id, rate_table_name, kind, due_at, changed_at, created_at)
    select d."clientId", t.id, t.name, 'scheduled', d."dueAt", ${changedAt}, ${changedAt}
    from rate_tables t, jsonb_to_recordset(${tx.json(rows)}) as d("clientId" bigint, "dueAt" timestamptz, "isMoved" boolean)
    where t.id = ${rateTableId} order by d."clientId"
    on conflict (client_id, rate_table_id) where kind = 'scheduled' and status = 'waiting' do update set
      changed_at = greatest(w.changed_at, excluded.changed_at),
      due_at = case when ${movable} then excluded.due_at else least(w.due_at, excluded.due_at) end,
      -- Its workflow reads the row again when the time is over that it knows; only an earlier one must reach it before.
      woken_at = case when excluded.due_at < w.due_at then null else w.woken_at end`;
  await announceRateNotifications(tx);
}

interface NewRateNotification {
  readonly clientId: string;
  readonly rateTableId: string;
  readonly kind: 'forced' | 'correction';
  readonly at: Date;
  readonly requestedBy: string;
  readonly reason: string | null;
}

/** One that is sent at once. @returns its id */
export async function insertRateNotification(tx: Transaction, asked: NewRateNotification): Promise<string> {
  const [row] = await tx<{ id: string }[]>`
    insert into rate_notifications (client_id, rate_table_id, rate_table_name, kind, due_at, changed_at, created_at, requested_by, reason)
    select ${asked.clientId}, t.id, t.name, ${asked.kind}, ${asked.at}, ${asked.at}, ${asked.at}, ${asked.requestedBy}, ${asked.reason}
    from rate_tables t where t.id = ${asked.rateTableId} returning id`;
  if (!row) throw new TypeError('an inserted row is returned');
  await announceRateNotifications(tx);
  return row.id;
}

export interface RateNotificationFacts {
  readonly id: string;
  readonly clientId: string;
  readonly rateTableId: string | null;
  readonly kind: RateNotificationKind;
  readonly status: 'waiting' | 'composed' | 'skipped';
  readonly dueAt: Date;
  readonly changedAt: Date;
  readonly endedAt: Date | null;
  readonly notificationId: string | null;
}

function facts(q: Queries): Fragment {
  return q`select w.id, w.client_id as "clientId", w.rate_table_id as "rateTableId", w.kind, w.status, w.due_at as "dueAt",
    w.changed_at as "changedAt", w.ended_at as "endedAt", w.notification_id as "notificationId" from rate_notifications w`;
}

export async function findRateNotification(q: Queries, id: string): Promise<RateNotificationFacts | null> {
  const [row] = await q<RateNotificationFacts[]>`${facts(q)} where w.id = ${id}`;
  return row ?? null;
}

/** The same, locked: a concurrent change of rates waits, and the next notification announces it. */
export async function lockRateNotification(tx: Transaction, id: string): Promise<RateNotificationFacts | null> {
  const [row] = await tx<RateNotificationFacts[]>`${facts(tx)} where w.id = ${id} for update`;
  return row ?? null;
}

export async function skipRateNotification(tx: Transaction, id: string, why: RateSkipReason): Promise<void> {
  await tx`
    update rate_notifications set status = 'skipped', skip_reason = ${why}, ended_at = now()
    where id = ${id} and status = 'waiting'`;
}

export interface ComposedRates {
  readonly notificationId: string;
  readonly agreement: Pick<ScheduleRow, 'id' | 'name'> | null;
  readonly type: RateNotificationType;
  readonly format: RateFileFormat;
  readonly referenceAt: Date;
  readonly composedAt: Date;
  readonly recipient: string;
  readonly counts: AnnouncedCounts;
  readonly firstEffectiveAt: Date | null;
  readonly files: readonly RateFile[];
}

export interface RateFile {
  readonly fileName: string;
  readonly timeProfile: string;
  readonly rates: number;
  readonly content: Buffer;
}

/** Of a locked row that waits: keeps its files, and says which notification sends them. */
export async function saveComposed(tx: Transaction, id: string, composed: ComposedRates): Promise<void> {
  await tx`
    update rate_notifications set status = 'composed', notification_id = ${composed.notificationId},
      agreement_id = ${composed.agreement?.id ?? null}, agreement_name = ${composed.agreement?.name ?? null},
      type = ${composed.type}, format = ${composed.format}, reference_at = ${composed.referenceAt},
      composed_at = ${composed.composedAt}, recipient = ${composed.recipient}, counts = ${tx.json({ ...composed.counts })},
      first_effective_at = ${composed.firstEffectiveAt}
    where id = ${id}`;
  for (const [position, { fileName, timeProfile, rates, content }] of composed.files.entries()) {
    await tx`
      insert into rate_notification_files (rate_notification_id, position, file_name, time_profile, rates, content)
      values (${id}, ${position}, ${fileName}, ${timeProfile}, ${rates}, ${content})`;
  }
}

/** Its deliveries have ended, however they did. */
export async function endRateNotification(q: Queries, id: string): Promise<void> {
  await q`update rate_notifications set ended_at = now() where id = ${id} and ended_at is null`;
}
