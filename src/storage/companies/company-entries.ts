import type { LedgerSide } from '../../domain/companies/company-balances.js';
import type { CompanyEntryKind } from '../../domain/companies/company-entries.js';
import { formatMoney, type Micros } from '../../domain/money.js';
import { actorName } from '../access/actor-name.js';
import type { Queries, Transaction } from '../system/database.js';
import type { ListQuery } from '../system/paging.js';

/** An entry of a company's ledger. */
export interface CompanyEntryRow {
  readonly id: string;
  readonly companyId: string;
  readonly side: LedgerSide;
  readonly kind: CompanyEntryKind;
  readonly externalId: string;
  /** signed as it acts on the balance */
  readonly amount: string;
  readonly currency: string;
  readonly occurredAt: Date;
  readonly recordedAt: Date;
  readonly balanceAfter: string;
  readonly source: string;
  /** null: neither a user nor a key, or not for the caller to see */
  readonly sourceName: string | null;
  readonly note: string | null;
}

interface CompanyEntryFilter {
  readonly side: LedgerSide | null;
  readonly kind: CompanyEntryKind | null;
  /** `from <= t < to` */
  readonly from: Date | null;
  readonly to: Date | null;
}

/** Of a company that the caller sees. */
export function companyEntryList(
  q: Queries,
  withinId: string,
  companyId: string,
  { side, kind, from, to }: CompanyEntryFilter,
): ListQuery<CompanyEntryRow, 'at'> {
  const where = q`e.company_id = ${companyId} and (${side}::text is null or e.side = ${side})
    and (${kind}::text is null or e.kind = ${kind}) and (${from}::timestamptz is null or e.occurred_at >= ${from})
    and (${to}::timestamptz is null or e.occurred_at < ${to})`;
  return {
    columns: {
      id: { expression: q`e.id`, type: 'bigint' },
      at: { expression: q`e.occurred_at`, type: 'timestamptz' },
    },
    select: ({ within, orderBy, limit, position }) => q`
      select ${columns(q, withinId)}, ${position} as position from company_entries e
      where ${where} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from company_entries e where ${where}`,
  };
}

/** Entries of a company that have an id of a kind: one for each side. */
export async function findCompanyEntries(
  q: Queries,
  withinId: string,
  companyId: string,
  kind: CompanyEntryKind,
  externalId: string,
): Promise<CompanyEntryRow[]> {
  return q<CompanyEntryRow[]>`
    select ${columns(q, withinId)} from company_entries e
    where e.company_id = ${companyId} and e.kind = ${kind} and e.external_id = ${externalId} order by e.id`;
}

/** Of a locked company: adds the entry and moves the balance of its side. */
export async function insertCompanyEntry(
  tx: Transaction,
  withinId: string,
  entry: {
    readonly companyId: string;
    readonly side: LedgerSide;
    readonly kind: CompanyEntryKind;
    readonly externalId: string;
    readonly amount: Micros;
    readonly currency: string;
    readonly occurredAt: Date;
    readonly source: string;
    readonly note: string | null;
  },
): Promise<CompanyEntryRow> {
  const { companyId, side, amount } = entry;
  const [balance, entries] = side === 'their' ? ['their_balance', 'their_entries'] : ['our_balance', 'our_entries'];
  const [row] = await tx<CompanyEntryRow[]>`
    with moved as (
      update companies set ${tx(balance)} = ${tx(balance)} + ${formatMoney(amount)}, ${tx(entries)} = ${tx(entries)} + 1
      where id = ${companyId} returning ${tx(balance)} as after
    ), e as (
      insert into company_entries (company_id, side, kind, external_id, amount, currency, occurred_at, balance_after, source,
        note)
      select ${companyId}, ${side}, ${entry.kind}, ${entry.externalId}, ${formatMoney(amount)}, ${entry.currency},
        to_second(${entry.occurredAt}), moved.after, ${entry.source}, ${entry.note} from moved
      returning *
    )
    select ${columns(tx, withinId)} from e`;
  if (!row) throw new TypeError('an inserted row is returned');
  return row;
}

function columns(q: Queries, withinId: string) {
  return q`e.id, e.company_id as "companyId", e.side, e.kind, e.external_id as "externalId", e.amount, e.currency,
    e.occurred_at as "occurredAt", e.recorded_at as "recordedAt", e.balance_after as "balanceAfter", e.source,
    ${actorName(q, q`e.source`, withinId)} as "sourceName", e.note`;
}
