import type { Fragment } from 'postgres';
import { hasAddress, type ChannelFormat } from '../../domain/notifications/channels.js';
import type { Queries, Transaction } from '../system/database.js';

/** What names channels as recipients: rules of profiles, and sides of companies, each in a column `channels`. */

const naming = [
  { table: 'profile_rules', owners: 'profiles', owner: 'profile_id' },
  { table: 'company_sides', owners: 'companies', owner: 'company_id' },
] as const;

/** JSON that such a column contains where it names the channel. */
export function namesChannel(q: Queries, id: Fragment): Fragment {
  return q`jsonb_build_array(jsonb_build_object('channelId', (${id})::text))`;
}

interface NamedUser {
  readonly id: string;
  readonly name: string;
}

/** The profiles that notify a channel, the first few by name. */
export async function readProfilesNotifying(q: Queries, id: string, limit: number): Promise<NamedUser[]> {
  return q<NamedUser[]>`
    select p.id, p.name from profiles p where p.id in (${profilesNotifying(q, id)}) order by lower(p.name), p.id limit ${limit}`;
}

/** The companies, not deleted, whose alarms go to a channel, the first few by name. */
export async function readCompaniesNotifying(q: Queries, id: string, limit: number): Promise<NamedUser[]> {
  return q<NamedUser[]>`
    select p.id, p.name from companies p
    where p.status <> 'deleted' and p.id in (
      select s.company_id from company_sides s where s.channels @> ${namesChannel(q, q`${id}`)})
    order by lower(p.name), p.id limit ${limit}`;
}

export function profilesNotifying(q: Queries, id: string): Fragment {
  return q`select k.profile_id from profile_rules k where k.channels @> ${namesChannel(q, q`${id}`)}`;
}

/**
 * Has the profiles and companies of some resellers notify another channel in place of one, or none. A phone number stays.
 *
 * @param resellers ids, as a subquery
 */
export async function replaceChannel(
  tx: Transaction,
  resellers: Fragment,
  from: string,
  to: string | null,
): Promise<void> {
  const named = namesChannel(tx, tx`${from}`);
  // What is named already is kept once.
  const replaced = tx`(
    select coalesce(jsonb_agg(y.named order by y.n), '[]') from (
      select z.named, min(z.n) as n from (
        select x.n, case when x.named ->> 'channelId' = ${from}
            then jsonb_set(x.named, '{channelId}', to_jsonb(${to ?? from}::text)) else x.named end as named
        from jsonb_array_elements(t.channels) with ordinality as x (named, n)
        where ${to !== null} or x.named ->> 'channelId' <> ${from}) z
      group by z.named) y)`;
  for (const { table, owners, owner } of naming) {
    await tx`
      with changed as (
        update ${tx(table)} t set channels = ${replaced} from ${tx(owners)} p
        where t.channels @> ${named} and p.id = t.${tx(owner)} and p.reseller_id in ${resellers}
        returning p.id)
      update ${tx(owners)} p set version = p.version + 1, updated_at = now() where p.id in (select id from changed)`;
  }
}

/** Whether one channel can take the place of another: the recipients of both have phone numbers, or those of neither. */
export async function isReplaceable(q: Queries, from: string, to: string): Promise<boolean> {
  const rows = await q<{ format: ChannelFormat }[]>`
    select format from notification_channels where id = any (${[from, to]}::bigint[])`;
  return new Set(rows.map(({ format }) => hasAddress(format))).size === 1;
}

/** A company of some resellers with a threshold that is on, and nowhere to notify; null: there is none. */
export async function findCompanyWithoutRecipients(tx: Transaction, resellers: Fragment): Promise<NamedUser | null> {
  const [row] = await tx<NamedUser[]>`
    select p.id, p.name from companies p join company_sides s on s.company_id = p.id
    where p.status <> 'deleted' and p.reseller_id in ${resellers} and s.enabled and s.threshold is not null
      and cardinality(s.alarm_emails) = 0 and s.channels = '[]'
    order by p.id limit 1`;
  return row ?? null;
}
