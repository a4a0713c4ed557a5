import type { CapacityCause, CapacityDecision } from '../../domain/monitoring/actions/capacity.js';
import { formatMoney, moneyOf } from '../../domain/money.js';
import type { Fragment } from 'postgres';
import type { Queries, Transaction } from '../system/database.js';
import type { ListQuery } from '../system/paging.js';

/** A capacity that was decided, as it is stored. */
export interface CapacityChangeRow {
  /** its sequence within the client */
  readonly id: string;
  readonly at: Date;
  readonly applied: boolean;
  /** null: no limit */
  readonly capacity: number | null;
  readonly normal: number | null;
  readonly cause: CapacityCause;
  readonly available: string | null;
  readonly threshold: string | null;
  readonly restoreAt: string | null;
}

/**
 * Writes a decision, unless the last one of the client says the same. Call it with the monitor's row locked.
 *
 * @returns its sequence; null: nothing had to be written
 */
export async function insertCapacityChange(
  tx: Transaction,
  clientId: string,
  decision: CapacityDecision,
): Promise<string | null> {
  const { applied, capacity, normal, cause, available, threshold, restoreAt } = decision;
  const [row] = await tx<{ sequence: string }[]>`
    with last as (select * from capacity_changes where client_id = ${clientId} order by sequence desc limit 1)
    insert into capacity_changes (client_id, sequence, at, applied, capacity, normal, cause, available, threshold, restore_at)
    select ${clientId}::bigint, coalesce((select sequence from last), 0) + 1, ${new Date(decision.at)}::timestamptz,
      ${applied}::boolean, ${capacity}::integer, ${normal}::integer, ${cause}, ${available}::numeric,
      ${threshold}::numeric, ${restoreAt}::numeric
    where not exists (
      select 1 from last
      where applied = ${applied} and capacity is not distinct from ${capacity}::integer
        and normal is not distinct from ${normal}::integer)
    returning sequence`;
  return row?.sequence ?? null;
}

/** True when this very decision was written before, whatever followed it. */
export async function isCapacityChangeKnown(
  tx: Transaction,
  clientId: string,
  { at, applied, capacity, normal }: CapacityDecision,
): Promise<boolean> {
  const found = await tx`
    select 1 from capacity_changes
    where client_id = ${clientId} and at = ${new Date(at)} and applied = ${applied}
      and capacity is not distinct from ${capacity}::integer and normal is not distinct from ${normal}::integer`;
  return found.length > 0;
}

/** The current decision of a client; null: its capacity was never lowered. */
export async function readLastCapacity(q: Queries, clientId: string): Promise<CapacityDecision | null> {
  const [row] = await q<{ decision: CapacityDecision | null }[]>`
    select ${lastCapacity(q)} as decision from clients c where c.id = ${clientId}`;
  return row?.decision ? withPlainAmounts(row.decision) : null;
}

/** The current decision of `clients c`, whose amounts have all decimals; null: its capacity was never lowered. */
export function lastCapacity(q: Queries): Fragment {
  return q`(
    select ${decisionOf(q)}
    from capacity_changes k where k.client_id = c.id order by k.sequence desc limit 1)`;
}

/** A row of `capacity_changes k` as the decision that it is, its amounts with all decimals. */
export function decisionOf(q: Queries): Fragment {
  return q`json_build_object('applied', k.applied, 'capacity', k.capacity, 'normal', k.normal, 'cause', k.cause,
    'at', floor(extract(epoch from k.at))::bigint * 1000, 'available', k.available::text,
    'threshold', k.threshold::text, 'restoreAt', k.restore_at::text)`;
}

export function withPlainAmounts(decision: CapacityDecision): CapacityDecision {
  const { available, threshold, restoreAt } = decision;
  return { ...decision, available: plain(available), threshold: plain(threshold), restoreAt: plain(restoreAt) };
}

/** Newest first. */
export function capacityChangeList(q: Queries, clientId: string): ListQuery<CapacityChangeRow, 'id'> {
  const where = q`k.client_id = ${clientId}`;
  return {
    columns: { id: { expression: q`k.sequence`, type: 'bigint' } },
    select: ({ within, orderBy, limit, position }) => q`
      select ${columns(q)}, ${position} as position
      from capacity_changes k where ${where} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from capacity_changes k where ${where}`,
  };
}

function columns(q: Queries): Fragment {
  return q`k.sequence as id, k.at, k.applied, k.capacity, k.normal, k.cause, k.available, k.threshold,
    k.restore_at as "restoreAt"`;
}

function plain(amount: string | null): string | null {
  return amount === null ? null : formatMoney(moneyOf(amount));
}
