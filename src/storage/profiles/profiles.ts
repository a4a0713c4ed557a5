import type { Fragment } from 'postgres';
import { formatMoney, moneyOf } from '../../domain/money.js';
import type { ProfileFields } from '../../domain/profiles/profile.js';
import type { Queries, Transaction } from '../system/database.js';
import type { ListQuery } from '../system/paging.js';
import { lowStates } from '../monitoring/state-now.js';
import { containing } from '../clients/text-match.js';
import { visibleReseller } from '../system/tenancy.js';

/** Reads low balance profiles (docs/manuals.md#profiles). Writing them: profile-writes.ts. */

export interface ProfileRow extends ProfileFields {
  readonly id: string;
  readonly resellerName: string;
  /** that are not deleted and use it */
  readonly clients: number;
  /** of these, how many are active and have passed a threshold */
  readonly lowNow: number;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

function columns(q: Queries): Fragment {
  return q`
    p.id, p.reseller_id as "resellerId", r.name as "resellerName", p.name, p.currency, p.sort_order as "sortOrder",
    p.max_notifications as "maxNotifications", p.period_hours as "periodHours",
    (p.check_every_ms / 60000.0)::float8 as "checkEveryMinutes", p.trigger, p.reset_on as "resetOn",
    p.when_several as "whenSeveral", p.version, p.created_at as "createdAt", p.updated_at as "updatedAt",
    (select count(*)::int from clients c where c.profile_id = p.id and c.status <> 'deleted') as clients,
    (select count(*)::int from clients c join monitors m on m.client_id = c.id
     where c.profile_id = p.id and c.status = 'active' and m.state = any (${lowStates as string[]})) as "lowNow",
    (select json_agg(json_build_object(
        'key', k.key, 'threshold', k.threshold::text, 'notifyRole', k.notify_role, 'userIds', k.user_ids::text[],
        'inactivityDays', k.inactivity_days, 'emails', k.emails, 'channels', k.channels) order by k.position)
     from profile_rules k where k.profile_id = p.id) as rules`;
}

/** As the database writes an amount, `100.000000`, so every face reads it: `100.00`. */
export function plainRow<T extends ProfileRow>(row: T): T {
  const rules = row.rules.map((rule) => ({
    ...rule,
    threshold: rule.threshold === null ? null : formatMoney(moneyOf(rule.threshold)),
  }));
  return { ...row, rules };
}

/** Null when there is none within the subtree of `withinId`. */
export async function findProfile(q: Queries, withinId: string, id: string): Promise<ProfileRow | null> {
  const [row] = await q<ProfileRow[]>`
    select ${columns(q)} from profiles p join resellers r on r.id = p.reseller_id
    where p.id = ${id} and ${visibleReseller(q, q`p.reseller_id`, withinId)}`;
  return row ? plainRow(row) : null;
}

/** The same, locked against others who would change it or delete it. */
export async function lockProfile(tx: Transaction, withinId: string, id: string): Promise<ProfileRow | null> {
  await tx`select 1 from profiles where id = ${id} for update`;
  return findProfile(tx, withinId, id);
}

/** Profiles by id, whatever reseller owns them: a client may use one of a reseller above the caller. */
export async function readProfilesById(q: Queries, ids: readonly string[]): Promise<ProfileRow[]> {
  const rows = await q<ProfileRow[]>`
    select ${columns(q)} from profiles p join resellers r on r.id = p.reseller_id
    where p.id = any (${ids as string[]}::bigint[])`;
  return rows.map(plainRow);
}

/** Profiles in the currency `to` that clients in the currency `from` use. */
export async function readProfilesOfPair(
  q: Queries,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<ProfileRow[]> {
  const rows = await q<ProfileRow[]>`
    select ${columns(q)} from profiles p join resellers r on r.id = p.reseller_id
    where p.currency = ${to} and exists (
      select 1 from clients c where c.profile_id = p.id and c.currency = ${from} and c.status <> 'deleted')`;
  return rows.map(plainRow);
}

export interface ProfileFilter {
  /** profiles of this reseller and below */
  readonly resellerId: string | null;
  /** beginning of the name */
  readonly name: string | null;
  readonly currency: string | null;
  /** with a rule that notifies this channel */
  readonly channelId: string | null;
  /** within the name, without case, or the id itself */
  readonly q: string | null;
}

export const profileSorts = [
  'sortOrder',
  'id',
  'name',
  'currency',
  'resellerName',
  'periodHours',
  'maxNotifications',
  'clients',
  'createdAt',
  'updatedAt',
] as const;
type ProfileSort = (typeof profileSorts)[number];

/** Pass its rows through `plainRow`. */
export function profileList(q: Queries, withinId: string, filter: ProfileFilter): ListQuery<ProfileRow, ProfileSort> {
  const { channelId } = filter;
  const wanted = q`
    r.path @> array[${withinId}::bigint]
    and (${filter.resellerId}::bigint is null or r.path @> array[${filter.resellerId}::bigint])
    and (${filter.name}::text is null or starts_with(lower(p.name), lower(${filter.name})))
    and (${filter.currency}::text is null or p.currency = ${filter.currency})
    and ${
      channelId === null
        ? q`true`
        : q`p.id in (select k.profile_id from profile_rules k where k.channels @> ${q.json([{ channelId }])})`
    }
    and ${filter.q === null ? q`true` : q`(lower(p.name) like ${containing(filter.q)} or p.id::text = ${filter.q})`}`;
  return {
    columns: {
      id: { expression: q`p.id`, type: 'bigint' },
      sortOrder: { expression: q`p.sort_order`, type: 'bigint' },
      name: { expression: q`lower(p.name)`, type: 'text' },
      clients: {
        expression: q`(select count(*) from clients c where c.profile_id = p.id and c.status <> 'deleted')`,
        type: 'bigint',
      },
      currency: { expression: q`p.currency`, type: 'text' },
      resellerName: { expression: q`lower(r.name)`, type: 'text' },
      periodHours: { expression: q`p.period_hours`, type: 'bigint' },
      maxNotifications: { expression: q`coalesce(p.max_notifications, 2147483647)`, type: 'bigint' },
      createdAt: { expression: q`p.created_at`, type: 'timestamptz' },
      updatedAt: { expression: q`p.updated_at`, type: 'timestamptz' },
    },
    select: ({ within, orderBy, limit, position }) => q`
      select ${columns(q)}, ${position} as position from profiles p join resellers r on r.id = p.reseller_id
      where ${wanted} and ${within} order by ${orderBy} limit ${limit}`,
    count: () =>
      q`select count(*)::int as total from profiles p join resellers r on r.id = p.reseller_id where ${wanted}`,
  };
}
