import { openDatabase, type Sql } from '../../../src/storage/system/database.js';
import { addRowsOf } from '../data/rows-of-resellers.js';
import { createTestDatabase, type TestDatabase } from '../database/postgres';

const idColumns = [
  ...[
    'client_id',
    'reseller_id',
    'profile_id',
    'user_id',
    'notification_id',
    'delivery_id',
    'rate_notification_id',
    'source_id',
    'sequence_id',
    'invoice_id',
    'id',
    'endpoint_id',
    'template_id',
    'gateway_id',
    'import_id',
    'company_id',
  ],
];

export let database: TestDatabase;
export let owner: Sql;
export let reseller: Sql;
export let service: Sql;
export let tables: readonly string[];

export type Row = Readonly<Record<string, unknown>>;

/** The number of the reseller that a row belongs to. */
export function ownerOf(row: Row): string {
  const column = idColumns.find((name) => row[name] !== undefined && row[name] !== null);
  return String(row[column ?? 'id']).slice(0, 1);
}

/** Registers the set-up of a test file: it fills the variables above. */
export function useRowSecurity(): void {
  beforeAll(async () => {
    database = await createTestDatabase();
    owner = database.sql;
    reseller = openDatabase(database.url, { role: 'reseller', max: 2 });
    service = openDatabase(database.url, { role: 'service', max: 2 });
    await owner.begin(async (tx) => {
      await tx`
      insert into resellers (id, parent_id, kind, name, path) values
        (100, null, 'operator', 'Operator', '{100}'), (101, 100, 'manager', 'Of the operator', '{100,101}'),
        (200, 100, 'reseller', 'A', '{100,200}'), (201, 200, 'manager', 'Of A', '{100,200,201}'),
        (202, 200, 'reseller', 'Below A', '{100,200,202}'),
        (300, 100, 'reseller', 'B', '{100,300}'), (301, 300, 'manager', 'Of B', '{100,300,301}')`;
      for (const id of [100, 200, 300]) await addRowsOf(tx, id);
      await tx`
      insert into clients (id, reseller_id, manager_id, name, currency, balance_model)
      values (202, 202, 201, 'Client below A', 'USD', 'prepaid')`;
    });
    const scoped = await owner<{ name: string }[]>`
    select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relrowsecurity order by 1`;
    tables = scoped.map(({ name }) => name);
  });
  afterAll(async () => {
    await reseller.end();
    await service.end();
    await database.drop();
  });
}
