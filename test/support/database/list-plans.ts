import { openDatabase, type Sql } from '../../../src/storage/system/database.js';

/** A statement that was sent. */
export interface Sent {
  readonly text: string;
  readonly values: readonly unknown[];
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Plan Rows': number;
  readonly Plans?: readonly PlanNode[];
}

/** Rows of a table that is big, and of what is no page of it. */
const bigRows = 2000;

/**
 * What the plan of a statement reads too much for a page: tables that are read as a whole, and sorts of that many rows.
 * An incremental sort reads only as far as the page reaches.
 */
export async function findWholeReads(sql: Sql, { text, values }: Sent): Promise<string[]> {
  const [row] = await sql.unsafe<{ 'QUERY PLAN': readonly { readonly Plan: PlanNode }[] }[]>(
    `explain (format json) ${text}`,
    values as never[],
  );
  const plan = row?.['QUERY PLAN'][0]?.Plan;
  if (!plan) throw new Error('a statement has no plan');
  const big = new Set(
    (
      await sql<{ name: string }[]>`
      select relname as name from pg_class where relkind = 'r' and reltuples >= ${bigRows}`
    ).map(({ name }) => name),
  );
  const found = new Set<string>();
  const visit = (node: PlanNode): void => {
    const relation = node['Relation Name'];
    const children = node.Plans ?? [];
    if (node['Node Type'] === 'Seq Scan' && relation !== undefined && big.has(relation)) found.add(`reads ${relation}`);
    if (node['Node Type'] === 'Sort' && (children[0]?.['Plan Rows'] ?? 0) >= bigRows) found.add('sorts');
    children.forEach(visit);
  };
  visit(plan);
  return [...found].sort();
}

/** A connection that plans as the service does. */
export function openPlanner(url: string): Sql {
  return openDatabase(url, { role: 'service', max: 1 });
}
