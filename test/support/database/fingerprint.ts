import type { Sql } from '../../../src/storage/system/database.js';

/** Tables in which a refused request may leave something: that it came, or was refused, and who receives the event. */
const bookkeeping = [
  'api_keys',
  'events',
  'idempotency_keys',
  'request_log',
  'schema_migrations',
  'webhook_deliveries',
];

/** One text for everything that is stored: a refused request must leave it as it was. */
export async function fingerprint(sql: Sql): Promise<string> {
  const tables = await sql<{ name: string }[]>`
    select tablename as name from pg_tables where schemaname = 'public' and tablename <> all (${bookkeeping})
    order by tablename`;
  const parts = tables.map(async ({ name }) => {
    const [row] = await sql<{ sum: string | null }[]>`
      select md5(string_agg(line, '|' order by line)) as sum from (select t::text as line from ${sql(name)} t) lines`;
    return `${name}:${row?.sum ?? ''}`;
  });
  return (await Promise.all(parts)).join('\n');
}
