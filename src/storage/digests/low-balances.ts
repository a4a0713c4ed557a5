import { estimateRunway } from '../../domain/clients/runway.js';
import {
  companySides,
  formatSideBalance,
  sideBalance,
  type CompanySide,
} from '../../domain/companies/company-balances.js';
import { ratesOf, type SideFacts } from '../../domain/companies/company.js';
import { isWatched } from '../../domain/companies/threshold-control.js';
import { formatMoney, moneyOf } from '../../domain/money.js';
import { available, clientTables } from '../clients/client-measures.js';
import { readSpending } from '../clients/runway.js';
import { companyColumns, companyTables, toCompany, type CompanyRow } from '../companies/companies.js';
import { lowStates } from '../monitoring/state-now.js';
import type { Queries } from '../system/database.js';
import { visibleClients, visibleReseller } from '../system/tenancy.js';

/** The balances of clients and companies that are low, as a daily digest lists them. */

/** A part of a digest: the first rows of all. */
export interface Part<Row> {
  readonly total: number;
  readonly rows: readonly Row[];
}

export interface LowBalance {
  readonly name: string;
  /** of a company: which of its balances; null: a client */
  readonly side: CompanySide | null;
  /** available balance of a client, balance of a company; null: unknown */
  readonly available: string | null;
  readonly currency: string;
  /** when the available balance is 0 at the present rate; null: no estimate, as of companies always */
  readonly emptyAt: number | null;
}

/** Low balances that are read to find those to list. */
const mostSorted = 500;

/** Those that are empty come first, then those with the shortest runway; those without an estimate last. */
export async function readLow(q: Queries, resellerId: string, at: Date, limit: number): Promise<Part<LowBalance>> {
  const clients = await readLowClients(q, resellerId, at);
  const companies = await readLowCompanies(q, resellerId, at);
  const rows = [...clients.rows, ...companies.rows].sort((a, b) => rankOf(a) - rankOf(b));
  return { total: clients.total + companies.total, rows: rows.slice(0, limit) };
}

function rankOf({ available: amount, emptyAt }: LowBalance): number {
  if (amount !== null && moneyOf(amount) <= 0n) return 0;
  return emptyAt ?? Number.MAX_SAFE_INTEGER;
}

async function readLowClients(q: Queries, resellerId: string, at: Date): Promise<Part<LowBalance>> {
  const rows = await q<{ id: string; name: string; available: string | null; currency: string; total: number }[]>`
    select c.id, c.name, ${available(q)} as available, c.currency, (count(*) over ())::int as total
    from ${clientTables(q, at)}
    where ${visibleClients(q, resellerId)} and c.status = 'active' and m.state = any (${lowStates as string[]})
    order by ${available(q)} <= 0 desc nulls last, lower(c.name), c.id limit ${mostSorted}`;
  const ids = rows.map(({ id }) => id);
  const spending = ids.length > 0 ? await readSpending(q, ids, at.getTime()) : new Map<string, never>();
  const clients = rows.map(({ id, name, available: amount, currency }): LowBalance => {
    const spent = spending.get(id);
    const runway = spent && amount !== null ? estimateRunway(moneyOf(amount), spent, at.getTime()) : null;
    const shown = amount === null ? null : formatMoney(moneyOf(amount));
    return { name, side: null, available: shown, currency, emptyAt: runway?.emptyAt ?? null };
  });
  return { total: rows[0]?.total ?? 0, rows: clients };
}

function isLowNow({ state }: Pick<SideFacts, 'state'>): boolean {
  return state !== null && state.lowSince !== null;
}

/** As the last run of the balance threshold controller found them. */
async function readLowCompanies(q: Queries, resellerId: string, at: Date): Promise<Part<LowBalance>> {
  const isLow = q`s.enabled and s.threshold is not null and s.state ->> 'lowSince' is not null`;
  const found = q`p.status <> 'deleted' and ${visibleReseller(q, q`p.reseller_id`, resellerId)}`;
  const rows = await q<CompanyRow[]>`
    select ${companyColumns(q, at)} from ${companyTables(q)}
    where ${found} and exists (select 1 from company_sides s where s.company_id = p.id and ${isLow})
    order by lower(p.name), p.id limit ${mostSorted}`;
  const [counted] = await q<{ total: number }[]>`
    select count(*)::int as total from companies p join company_sides s on s.company_id = p.id where ${found} and ${isLow}`;
  const sides = rows.map(toCompany).flatMap((company) =>
    companySides
      .filter((side) => isWatched(company.sides[side]) && isLowNow(company.sides[side]))
      .map((side): LowBalance => {
        const { threshold, currency } = company.sides[side];
        const balance = sideBalance(side, company, ratesOf(company));
        const known = typeof balance === 'string' ? null : balance;
        const limit = threshold === null ? null : { amount: moneyOf(threshold), currency };
        const shown = known && formatSideBalance(side, known, limit);
        return { name: company.name, side, available: shown, currency: known?.currency ?? currency, emptyAt: null };
      }),
  );
  return { total: counted?.total ?? 0, rows: sides };
}
