import type { Sql } from '../../../src/storage/system/database.js';
import { operatorId } from './clients.js';

export interface CompanyWish {
  readonly name?: string;
  readonly their?: string;
  readonly our?: string;
  /** thresholds by side; absent: off */
  readonly thresholds?: Readonly<Partial<Record<'their' | 'our' | 'mutual', string>>>;
  readonly emails?: readonly string[];
  readonly channels?: readonly { readonly channelId: string; readonly address: string | null }[];
}

/** A company of the operator in USD, whose balances are what the test says. */
export async function insertCompany(sql: Sql, wish: CompanyWish = {}): Promise<string> {
  const [company] = await sql<{ id: string }[]>`
    insert into companies (reseller_id, name, currency, their_currency, our_currency, their_balance, our_balance)
    values (${operatorId}, ${wish.name ?? 'Carrier One'}, 'USD', 'USD', 'USD', ${wish.their ?? '0'}, ${wish.our ?? '0'})
    returning id`;
  if (!company) throw new Error('a company was not inserted');
  for (const side of ['their', 'our', 'mutual'] as const) {
    const threshold = wish.thresholds?.[side] ?? null;
    await sql`
      insert into company_sides (company_id, side, enabled, threshold, currency, alarm_emails, channels)
      values (${company.id}, ${side}, ${threshold !== null}, ${threshold}, 'USD',
        ${[...(wish.emails ?? ['finance@carrier.example'])]}, ${sql.json((wish.channels ?? []).map((one) => ({ ...one })))})`;
  }
  return company.id;
}

export async function setTheirBalance(sql: Sql, companyId: string, balance: string): Promise<void> {
  await sql`update companies set their_balance = ${balance} where id = ${companyId}`;
}

/** `accepted`, `failed`, in the order in which they were decided. */
export async function companyMails(sql: Sql, companyId: string): Promise<string[]> {
  const rows = await sql<{ line: string }[]>`
    select format('%s %s %s', rule, episode, status) as line from notifications
    where company_id = ${companyId} order by id`;
  return rows.map(({ line }) => line);
}

export async function readMailTime(sql: Sql, companyId: string, side = 'their'): Promise<Date | null> {
  const [row] = await sql<{ at: Date | null }[]>`
    select mail_time as at from company_sides where company_id = ${companyId} and side = ${side}`;
  return row?.at ?? null;
}
