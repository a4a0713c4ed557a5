import type { Queries, Sql } from '../system/database.js';

/** The root of the tree of resellers: the company that runs Lowwater. */
interface Operator {
  readonly id: string;
  readonly name: string;
}

/** @throws where the database has no operator yet, which every process makes at its start */
export async function findOperatorId(q: Queries): Promise<string> {
  const [operator] = await q<Pick<Operator, 'id'>[]>`select id from resellers where kind = 'operator'`;
  if (!operator) throw new Error('there is no operator in the database');
  return operator.id;
}

export async function isOperatorReseller(q: Queries, resellerId: string): Promise<boolean> {
  const found = await q`select 1 from resellers where id = ${resellerId} and kind = 'operator'`;
  return found.length > 0;
}

/**
 * The operator, made under the given name where the database is new. Harmless to repeat, also at the same time: there is
 * room for one.
 */
export async function ensureOperator(sql: Sql, name: string): Promise<Operator> {
  await sql`
    with next as (select nextval(pg_get_serial_sequence('resellers', 'id')) as id)
    insert into resellers (id, kind, name, path)
    select id, 'operator', ${name}, array[id] from next
    where not exists (select 1 from resellers where kind = 'operator')
    on conflict do nothing`;
  const [operator] = await sql<Operator[]>`select id, name from resellers where kind = 'operator'`;
  if (!operator) throw new Error('the operator was not made');
  return operator;
}
