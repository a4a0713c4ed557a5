import type { Fragment } from 'postgres';
import { companySides, type CompanySide, type CompanySource } from '../../domain/companies/company-balances.js';
import type { Company, CompanyFields, SideFacts, SideFields } from '../../domain/companies/company.js';
import { DomainError } from '../../domain/errors.js';
import { containing } from '../clients/text-match.js';
import { usableChannels } from '../notifications/usable-channels.js';
import { rateAt } from '../rates/current-rate.js';
import { sqlStateOf, sqlStates, type Queries, type Transaction } from '../system/database.js';
import type { ListQuery } from '../system/paging.js';
import { subtree } from '../system/tenancy.js';

/** A side as its row is read: instants are texts. */
type StoredSide = SideFields & {
  readonly [Name in keyof SideFacts]: SideFacts[Name] extends Date | null ? string | null : SideFacts[Name];
};

/** As a statement returns it. */
export type CompanyRow = Omit<Company, 'sides'> & { readonly sides: Readonly<Record<CompanySide, StoredSide>> };

/** What the row says, with instants as dates. */
export function toCompany({ sides, ...row }: CompanyRow): Company {
  const dated = companySides.map((side) => {
    const { mailTime, checkedAt, ...stored } = sides[side];
    return [side, { ...stored, mailTime: dateOf(mailTime), checkedAt: dateOf(checkedAt) }];
  });
  return { ...row, sides: Object.fromEntries(dated) as Company['sides'] };
}

function dateOf(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}

/** Null when there is none within the reseller's subtree, or it is deleted. */
export async function findCompany(q: Queries, withinId: string, id: string, atMs: number): Promise<Company | null> {
  const [row] = await q<CompanyRow[]>`
    select ${companyColumns(q, new Date(atMs))} from ${companyTables(q)}
    where p.id = ${id} and p.status <> 'deleted' and ${seen(q, withinId)}`;
  return row ? toCompany(row) : null;
}

/** The same, locked against entries, runs, and other changes. */
export async function lockCompany(
  tx: Transaction,
  withinId: string,
  id: string,
  atMs: number,
): Promise<Company | null> {
  await tx`select 1 from companies p where p.id = ${id} and ${seen(tx, withinId)} for no key update of p`;
  return findCompany(tx, withinId, id, atMs);
}

interface CompanyFilter {
  /** within name, external id, or an email address, without case, or the id itself */
  readonly q: string | null;
  /** of this reseller and below */
  readonly resellerId: string | null;
  /** what the last run found of at least one side; `on`: a threshold is on */
  readonly state: 'low' | 'on' | 'off' | null;
}

export const companySorts = ['name', 'id', 'resellerName', 'createdAt', 'updatedAt'] as const;
type CompanySort = (typeof companySorts)[number];

export function companyList(
  q: Queries,
  withinId: string,
  filter: CompanyFilter,
  atMs: number,
): ListQuery<CompanyRow, CompanySort> {
  const where = conditions(q, withinId, filter);
  return {
    columns: {
      id: { expression: q`p.id`, type: 'bigint' },
      name: { expression: q`lower(p.name)`, type: 'text' },
      resellerName: { expression: q`lower(r.name)`, type: 'text' },
      createdAt: { expression: q`p.created_at`, type: 'timestamptz' },
      updatedAt: { expression: q`p.updated_at`, type: 'timestamptz' },
    },
    select: ({ within, orderBy, limit, position }) => q`
      select ${companyColumns(q, new Date(atMs))}, ${position} as position from ${companyTables(q)}
      where ${where} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from ${companyTables(q)} where ${where}`,
  };
}

function conditions(q: Queries, withinId: string, filter: CompanyFilter): Fragment {
  const parts: Fragment[] = [q`p.status <> 'deleted'`, seen(q, withinId)];
  if (filter.q !== null) {
    const pattern = containing(filter.q);
    parts.push(q`(p.id::text = ${filter.q} or lower(p.name) like ${pattern} or lower(p.external_id) like ${pattern}
      or lower(p.email) like ${pattern}
      or exists (select 1 from company_sides s, unnest(s.alarm_emails) e where s.company_id = p.id and lower(e) like ${pattern}))`);
  }
  if (filter.resellerId !== null) parts.push(q`p.reseller_id in (${subtree(q, filter.resellerId)})`);
  if (filter.state !== null) parts.push(inState(q, filter.state));
  return parts.reduce((all, part) => q`${all} and ${part}`);
}

function inState(q: Queries, state: NonNullable<CompanyFilter['state']>): Fragment {
  const isOn = q`exists (select 1 from company_sides s where s.company_id = p.id and s.enabled and s.threshold is not null)`;
  if (state === 'on') return isOn;
  if (state === 'off') return q`not ${isOn}`;
  return q`exists (select 1 from company_sides s
    where s.company_id = p.id and s.enabled and s.threshold is not null and s.state ->> 'lowSince' is not null)`;
}

function seen(q: Queries, withinId: string): Fragment {
  return q`p.reseller_id in (${subtree(q, withinId)})`;
}

export function companyTables(q: Queries): Fragment {
  return q`companies p join resellers r on r.id = p.reseller_id`;
}

/** Balances, and exchange rates, as they are at that instant. */
export function companyColumns(q: Queries, at: Date): Fragment {
  const instant = q`${at}::timestamptz`;
  const isKnown = q`(p.source = 'ledger' or p.max_age_minutes is null
    or p.reported_at >= ${instant} - p.max_age_minutes * interval '1 minute')`;
  const rate = (from: Fragment, to: Fragment): Fragment =>
    q`${from} || ' ' || ${to}, ${rateAt(q, from, to, instant)}::text`;
  const ofSide = q`case s.side when 'their' then p.their_currency when 'our' then p.our_currency else p.currency end`;
  return q`p.id, p.reseller_id as "resellerId", r.name as "resellerName", p.name, p.external_id as "externalId", p.email,
    p.currency, p.their_currency as "theirCurrency", p.our_currency as "ourCurrency", p.source,
    p.max_age_minutes as "maxAgeMinutes", case when ${isKnown} then p.their_balance end as "theirBalance",
    case when ${isKnown} then p.our_balance end as "ourBalance", p.reported_at as "reportedAt",
    p.their_entries::int as "theirEntries", p.our_entries::int as "ourEntries", p.status, p.version,
    p.created_at as "createdAt", p.updated_at as "updatedAt",
    jsonb_build_object(${rate(q`p.their_currency`, q`p.currency`)}, ${rate(q`p.our_currency`, q`p.currency`)}) || (
      select jsonb_object_agg(${ofSide} || ' ' || s.currency, ${rateAt(q, ofSide, q`s.currency`, instant)}::text)
      from company_sides s where s.company_id = p.id) as rates,
    (select jsonb_object_agg(s.side, jsonb_build_object('enabled', s.enabled, 'threshold', s.threshold::text,
        'currency', s.currency, 'alarmEmails', s.alarm_emails, 'alarmChannels', s.channels,
        'usableChannels', coalesce(${usableChannels(q, q`s.channels`, q`p.reseller_id`)}, '[]'),
        'templateId', s.template_id::text, 'templateName', t.name,
        'mailTime', s.mail_time, 'state', s.state, 'reason', s.reason, 'checkedAt', s.checked_at))
      from company_sides s left join mail_templates t on t.id = s.template_id where s.company_id = p.id) as sides`;
}

export type NewCompany = CompanyFields & { readonly resellerId: string; readonly source: CompanySource };

/** Returns its id. @throws DomainError `already_exists` */
export async function insertCompany(tx: Transaction, company: NewCompany): Promise<string> {
  const balance = company.source === 'ledger' ? '0' : null;
  const [row] = await unique(() =>
    tx.savepoint(
      (inner) => inner<{ id: string }[]>`
        insert into companies (reseller_id, name, external_id, email, currency, their_currency, our_currency, source,
          max_age_minutes, their_balance, our_balance)
        values (${company.resellerId}, ${company.name}, ${company.externalId}, ${company.email}, ${company.currency},
          ${company.theirCurrency}, ${company.ourCurrency}, ${company.source}, ${company.maxAgeMinutes}, ${balance},
          ${balance})
        returning id`,
    ),
  );
  if (!row) throw new TypeError('an inserted row is returned');
  for (const side of companySides) {
    await tx`insert into company_sides ${tx({ company_id: row.id, side, ...sideColumns(tx, company.sides[side]) })}`;
  }
  return row.id;
}

/** Of a locked row. @throws DomainError `already_exists` */
export async function updateCompanyRow(tx: Transaction, id: string, company: CompanyFields): Promise<void> {
  await unique(() =>
    tx.savepoint(
      (inner) => inner`
        update companies set name = ${company.name}, external_id = ${company.externalId}, email = ${company.email},
          currency = ${company.currency}, their_currency = ${company.theirCurrency}, our_currency = ${company.ourCurrency},
          max_age_minutes = ${company.maxAgeMinutes}, version = version + 1, updated_at = now()
        where id = ${id}`,
    ),
  );
  for (const side of companySides) {
    await tx`
      update company_sides set ${tx(sideColumns(tx, company.sides[side]))} where company_id = ${id} and side = ${side}`;
  }
}

function sideColumns(q: Queries, side: SideFields) {
  const { enabled, threshold, currency, alarmEmails, alarmChannels, templateId } = side;
  const channels = alarmChannels.map(({ channelId, address }) => ({ channelId, address }));
  return {
    ...{ enabled, threshold, currency, alarm_emails: [...alarmEmails], template_id: templateId },
    channels: q.json(channels),
  };
}

/** Of a locked row: nothing of it is decided or sent any more. */
export async function deleteCompanyRow(tx: Transaction, id: string): Promise<void> {
  await tx`
    update companies set status = 'deleted', version = version + 1, updated_at = now() where id = ${id}`;
}

/** What an external system says, for an instant; older than what is known: nothing changes. */
export async function reportBalances(
  tx: Transaction,
  id: string,
  { their, our, at }: { readonly their: string | null; readonly our: string | null; readonly at: Date },
): Promise<boolean> {
  const rows = await tx`
    update companies set their_balance = ${their}, our_balance = ${our}, reported_at = ${at}
    where id = ${id} and (reported_at is null or reported_at <= ${at}) returning id`;
  return rows.length === 1;
}

async function unique<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (sqlStateOf(error) !== sqlStates.uniqueViolation) throw error;
    throw new DomainError(
      'already_exists',
      'another company of the reseller has this external id: choose another one',
      '/externalId',
    );
  }
}
