import { parseMoney } from '../../../src/domain/money.js';
import type { NewEntry } from '../../../src/domain/ledger/entry.js';
import { createTestDatabase, type TestDatabase } from '../database/postgres.js';

export let database: TestDatabase;
export let operator: string;
export let reseller: string;

interface ClientOptions {
  readonly currency?: string;
  readonly status?: string;
  readonly reseller?: string;
  readonly creditLimit?: string;
}

export async function newClient(options: ClientOptions = {}): Promise<string> {
  const { sql } = database;
  const [row] = await sql<{ id: string }[]>`
    insert into clients (reseller_id, name, currency, balance_model, status, credit_limit)
    values (${options.reseller ?? operator}, 'Customer A', ${options.currency ?? 'USD'}, 'prepaid',
      ${options.status ?? 'active'}, ${options.creditLimit ?? '0'})
    returning id`;
  await sql`insert into balances (client_id) values (${row?.id ?? null})`;
  return row?.id ?? '';
}

let serial = 0;

export function entry(
  clientId: string,
  kind: NewEntry['kind'],
  amount: string,
  more: Partial<NewEntry> = {},
): NewEntry {
  return {
    clientId,
    kind,
    externalId: `${kind}-${++serial}`,
    amount: parseMoney(amount),
    currency: 'USD',
    occurredAt: null,
    source: 'test',
    ...more,
  };
}

interface BalanceRow {
  readonly live: string;
  readonly fixed: string;
  readonly refillSeq: string;
  readonly lastChargeAt: Date | null;
  readonly lastRefillAt: Date | null;
}

export async function balanceOf(clientId: string): Promise<BalanceRow> {
  const [row] = await database.sql<BalanceRow[]>`
    select live, fixed, refill_seq as "refillSeq", last_charge_at as "lastChargeAt", last_refill_at as "lastRefillAt"
    from balances where client_id = ${clientId}`;
  if (!row) throw new Error('no balance');
  return row;
}

export async function signals(): Promise<string[]> {
  const rows = await database.sql<{ text: string }[]>`
    select client_id || ' ' || kind as text from outbox order by client_id, kind`;
  return rows.map(({ text }) => text);
}

export async function countEntries(clientId: string): Promise<number> {
  const [row] = await database.sql<{ n: number }[]>`
    select count(*)::int as n from ledger_entries where client_id = ${clientId}`;
  return row?.n ?? -1;
}

/** Registers the set-up of a test file: it fills the variables above. */
export function useLedgerDatabase(): void {
  beforeAll(async () => {
    database = await createTestDatabase();
    const { sql } = database;
    const [top] = await sql<{ id: string }[]>`
    insert into resellers (id, kind, name, path) values (1, 'operator', 'Operator', '{1}') returning id`;
    const [below] = await sql<{ id: string }[]>`
    insert into resellers (id, parent_id, name, path) values (2, 1, 'Sub-Reseller B', '{1,2}') returning id`;
    await sql`select setval(pg_get_serial_sequence('resellers', 'id'), 10)`;
    operator = top?.id ?? '';
    reseller = below?.id ?? '';
  });
  afterAll(() => database.drop());
  beforeEach(() => database.sql`delete from outbox`);
}
