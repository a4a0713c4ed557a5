import type { Fragment } from 'postgres';
import { DomainError } from '../../../domain/errors.js';
import type { RateComparison } from '../../../domain/rates/tables/rate-changes.js';
import type { TableRateFields } from '../../../domain/rates/tables/table-rate.js';
import { sqlStateOf, sqlStates, type Queries, type Transaction } from '../../system/database.js';
import { visibleReseller } from '../../system/tenancy.js';

/** A row of a rate table, compared with the one before it in its series. */
export interface TableRateRow extends TableRateFields, RateComparison {
  readonly id: string;
  readonly rateTableId: string;
  /** of the table */
  readonly resellerId: string;
  /** was effective when rates were last exported: a change of it reaches no further export of changed rates */
  readonly alreadyExported: boolean;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const columnsOfFields = {
  code: 'code',
  codeName: 'code_name',
  effectiveFrom: 'effective_from',
  endsAt: 'ends_at',
  rate: 'rate',
  minVolume: 'min_volume',
  interval: 'interval',
  graceVolume: 'grace_volume',
  setupFee: 'setup_fee',
  timeProfile: 'time_profile',
  policy: 'policy',
  status: 'status',
  tags: 'tags',
  notes: 'notes',
} as const satisfies Record<keyof TableRateFields, string>;

/** `table_rates t` with its table `x` and `c`, the rate before it, else null (docs/rates.md#previous-rate-and-difference). */
export function comparedRates(q: Queries): Fragment {
  return q`table_rates t join rate_tables x on x.id = t.rate_table_id
    left join lateral (
      select b.rate, b.ends_at from table_rates b
      where b.rate_table_id = t.rate_table_id and b.code = t.code and b.time_profile = t.time_profile
        and b.policy = t.policy and b.status = 'active' and t.status = 'active' and b.effective_from < t.effective_from
      order by b.effective_from desc limit 1) before on true
    cross join lateral (select case when before.ends_at is null then before.rate end as previous) c`;
}

export function changeOf(q: Queries): Fragment {
  return q`case when c.previous is null then 'new' when t.rate = c.previous then 'unchanged'
    when t.rate > c.previous then 'increased' else 'decreased' end`;
}

/** Exports say that a rate is unchanged that was effective when rates were last exported; the first time, that is now. */
export function isBeforeExport(q: Queries, now: number): Fragment {
  return q`t.effective_from <= coalesce(x.last_exported_at, ${new Date(now)})`;
}

export function tableRateColumns(q: Queries, now: number): Fragment {
  const exported = isBeforeExport(q, now);
  return q`t.id, t.rate_table_id as "rateTableId", x.reseller_id as "resellerId", t.code, t.code_name as "codeName",
    t.effective_from as "effectiveFrom", t.ends_at as "endsAt", trim_scale(t.rate)::text as rate,
    t.min_volume as "minVolume", t.interval, t.grace_volume as "graceVolume", trim_scale(t.setup_fee)::text as "setupFee",
    t.time_profile as "timeProfile", t.policy, t.status, t.tags, t.notes, t.version, t.created_at as "createdAt",
    t.updated_at as "updatedAt", trim_scale(c.previous)::text as "previousRate",
    trim_scale(t.rate - c.previous)::text as "prevDiff", ${changeOf(q)} as "prevDiffStatus",
    case when ${exported} then '0' else trim_scale(t.rate - c.previous)::text end as "prevDiffExport",
    case when ${exported} then 'unchanged' else ${changeOf(q)} end as "prevDiffStatusExport",
    coalesce(t.effective_from <= x.last_exported_at, false) as "alreadyExported"`;
}

/** Null when there is none in a table of the subtree of `withinId`. */
export async function findTableRate(
  q: Queries,
  withinId: string,
  id: string,
  now: number,
): Promise<TableRateRow | null> {
  const [row] = await q<TableRateRow[]>`
    select ${tableRateColumns(q, now)} from ${comparedRates(q)}
    where t.id = ${id} and ${visibleReseller(q, q`x.reseller_id`, withinId)}`;
  return row ?? null;
}

/** The same, locked against others who would change it. */
export async function lockTableRate(
  tx: Transaction,
  withinId: string,
  id: string,
  now: number,
): Promise<TableRateRow | null> {
  await tx`select 1 from table_rates where id = ${id} for update`;
  return findTableRate(tx, withinId, id, now);
}

/** @throws DomainError `already_exists`: the series has a rate from that date already */
export async function insertTableRate(tx: Transaction, rateTableId: string, fields: TableRateFields): Promise<string> {
  const values = { rate_table_id: rateTableId, ...valuesOf(fields) };
  const [row] = await unique(() => tx<{ id: string }[]>`insert into table_rates ${tx(values)} returning id`);
  if (!row) throw new TypeError('an inserted row is returned');
  return row.id;
}

/** Of a locked row. @throws DomainError `already_exists` */
export async function updateTableRate(tx: Transaction, id: string, fields: TableRateFields): Promise<void> {
  await unique(
    () => tx`
      update table_rates set ${tx(valuesOf(fields))}, version = version + 1, updated_at = now() where id = ${id}`,
  );
}

export async function deleteTableRate(tx: Transaction, id: string): Promise<void> {
  await tx`delete from table_rates where id = ${id}`;
}

function valuesOf(fields: TableRateFields): Record<string, never> {
  const values = new Map<string, unknown>(Object.entries(fields));
  // What the driver takes: the columns have the types of their fields.
  return Object.fromEntries(
    Object.entries(columnsOfFields).map(([name, column]) => [column, values.get(name)]),
  ) as Record<string, never>;
}

async function unique<T>(write: () => PromiseLike<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (sqlStateOf(error) !== sqlStates.uniqueViolation) throw error;
    throw new DomainError(
      'already_exists',
      'the code has a rate from this date already, in this time profile and policy: edit that rate, or choose another date',
      '/effectiveFrom',
    );
  }
}
