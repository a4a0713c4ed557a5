import { thresholdNotificationKinds } from '../../domain/notifications/mail-kinds.js';
import { formatMoney, moneyOf } from '../../domain/money.js';
import { available, clientTables } from '../clients/client-measures.js';
import { subjectTables } from '../notifications/notifications-read.js';
import { lowStates } from '../monitoring/state-now.js';
import type { Queries } from '../system/database.js';
import { visibleClients, visibleReseller } from '../system/tenancy.js';
import { readLow, type LowBalance, type Part } from './low-balances.js';

/** What a daily digest says about the clients and companies of a reseller or of a manager. */
interface DigestContents {
  readonly low: Part<LowBalance>;
  readonly notified: Part<{ readonly name: string; readonly notifications: number }>;
  readonly recovered: Part<{ readonly name: string; readonly available: string | null; readonly currency: string }>;
  readonly ending: Part<{ readonly kind: 'credit' | 'silence'; readonly name: string; readonly at: Date }>;
}

interface Span {
  readonly from: Date;
  readonly until: Date;
}

/** So many of each part are listed; of the others only the number is given. */
const mostListed = 30;
/**
 * @param past what happened is reported of this span
 * @param rest what ends is reported of this span, the rest of the reader's day
 */
export async function readDigest(q: Queries, resellerId: string, past: Span, rest: Span): Promise<DigestContents> {
  return {
    low: await readLow(q, resellerId, past.until, mostListed),
    notified: await readNotified(q, resellerId, past),
    recovered: await readRecovered(q, resellerId, past),
    ending: await readEnding(q, resellerId, rest),
  };
}

async function readNotified(
  q: Queries,
  resellerId: string,
  { from, until }: Span,
): Promise<DigestContents['notified']> {
  const rows = await q<{ name: string; notifications: number; total: number }[]>`
    select coalesce(c.name, k.name) as name, count(*)::int as notifications, (count(*) over ())::int as total
    from ${subjectTables(q)}
    where n.decided_at >= ${from} and n.decided_at < ${until} and n.status = 'accepted'
      and n.kind = any (${[...thresholdNotificationKinds]}::text[])
      and case when n.company_id is null then ${visibleClients(q, resellerId)}
        else ${visibleReseller(q, q`k.reseller_id`, resellerId)} end
    group by c.id, k.id order by lower(coalesce(c.name, k.name)), c.id, k.id limit ${mostListed}`;
  return { total: rows[0]?.total ?? 0, rows };
}

/** Clients that were low before their state became ok. */
async function readRecovered(
  q: Queries,
  resellerId: string,
  { from, until }: Span,
): Promise<DigestContents['recovered']> {
  const rows = await q<{ name: string; available: string | null; currency: string; total: number }[]>`
    select c.name, ${available(q)} as available, c.currency, (count(*) over ())::int as total
    from ${clientTables(q, until)}
    where ${visibleClients(q, resellerId)} and c.status = 'active' and m.state = 'ok'
      and m.state_since >= ${from} and m.state_since < ${until}
      and (select k.state from checks k where k.client_id = c.id and k.at < m.state_since order by k.id desc limit 1)
        = any (${lowStates as string[]})
    order by lower(c.name), c.id limit ${mostListed}`;
  return {
    total: rows[0]?.total ?? 0,
    rows: rows.map((row) => ({
      ...row,
      available: row.available === null ? null : formatMoney(moneyOf(row.available)),
    })),
  };
}

/** Temporary credits and silences over many clients. */
async function readEnding(q: Queries, resellerId: string, { from, until }: Span): Promise<DigestContents['ending']> {
  const rows = await q<{ kind: 'credit' | 'silence'; name: string; at: Date; total: number }[]>`
    select ending.*, (count(*) over ())::int as total from (
      select 'credit' as kind, c.name, t.valid_until as at from temporary_credits t join clients c on c.id = t.client_id
      where t.status in ('scheduled', 'active') and t.valid_until >= ${from} and t.valid_until < ${until}
        and c.status <> 'deleted' and ${visibleClients(q, resellerId)}
      union all
      select 'silence', s.comment, s.ends_at from silences s
      where s.ends_at >= ${from} and s.ends_at < ${until} and ${visibleReseller(q, q`s.reseller_id`, resellerId)}
    ) ending order by at, name limit ${mostListed}`;
  return { total: rows[0]?.total ?? 0, rows };
}
