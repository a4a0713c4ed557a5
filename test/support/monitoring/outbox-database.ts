import { createTestDatabase, type TestDatabase } from '../database/postgres.js';

export let database: TestDatabase;

/** A promise and the two ends of it. */
export function gate(): { readonly opened: Promise<void>; open(): void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** Registers the set-up of a test file: it fills the variables above. */
export function useOutbox(): void {
  beforeAll(async () => {
    database = await createTestDatabase();
    const { sql } = database;
    await sql`insert into resellers (id, kind, name, path) values (1, 'operator', 'Operator', '{1}')`;
    await sql`
    insert into clients (id, reseller_id, name, currency, balance_model, status)
    select n, 1, 'Customer ' || n, 'USD', 'prepaid', case when n = 9 then 'deleted' else 'active' end
    from generate_series(1, 9) n`;
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    await database.sql`delete from outbox`;
    await database.sql`update fleet_signal_gate set free_at = now()`;
  });
}
