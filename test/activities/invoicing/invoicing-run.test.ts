import { jobActivities } from '../../../src/activities/jobs/batches.js';
import { autoinvoiceClients } from '../../../src/services/invoicing/autoinvoice-clients.js';
import { startInvoicingRun } from '../../../src/services/invoicing/start-invoicing-run.js';
import { openDatabase } from '../../../src/storage/system/database.js';
import { requesterAt } from '../../support/data/requester.js';
import { proveBalances } from '../../support/database/prove-balances.js';
import { charge, invoicedClient, invoicesOf } from '../../support/invoicing/autoinvoicing.js';
import { proveSettlement } from '../../support/invoicing/invoices-api.js';
import { database, reseller, useLedgerDatabase } from '../../support/ledger/ledger-database.js';
import { testDeps } from '../../support/monitoring/activity-deps.js';

/** A run invoices many clients in one transaction: few statements, and all that holds for one client. */

useLedgerDatabase();

const terms = { mode: 'every', days: 7 } as const;
const runAt = '2026-03-08T12:00:00Z';

/** Each with one period to invoice; every second one belongs to another reseller. */
async function dueClients(count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n++) {
    const id = await invoicedClient({ terms });
    if (n % 2 === 1) await database.sql`update clients set reseller_id = ${reseller} where id = ${id}`;
    await charge(id, `${n + 1}`, '2026-03-02T10:00:00Z');
    ids.push(id);
  }
  return ids;
}

/** The numbers of each reseller in their order, without the gaps that there must not be. */
async function gaps(): Promise<readonly unknown[]> {
  return database.sql`
    select c.sequence_id, c.last, count(i.id)::int as invoices
    from invoice_counters c left join invoices i on i.sequence_id = c.sequence_id
    group by 1, 2 having count(i.id) <> c.last or max(i.no_seq) <> c.last`;
}

async function runJob(at: string): Promise<void> {
  const jobId = await startInvoicingRun(requesterAt(database.sql, Date.parse(at), { id: 'system', source: 'system' }));
  expect(jobId).not.toBeNull();
  const { runJobBatch } = jobActivities(testDeps(database.sql));
  while ((await runJobBatch({ jobId: jobId ?? '' })).pending > 0);
}

afterEach(async () => {
  expect(await gaps()).toEqual([]);
  expect(await proveBalances(database.sql)).toEqual([]);
  expect(await proveSettlement(database.sql)).toEqual([]);
});

test('takes less than one statement per client, and no more for more clients', async () => {
  const statements: string[] = [];
  const sql = openDatabase(database.url, { max: 1, onStatement: (text) => statements.push(text) });
  const counted = async (ids: readonly string[]): Promise<number> => {
    statements.length = 0;
    const outcomes = await autoinvoiceClients(requesterAt(sql, Date.parse(runAt)), ids);
    expect(outcomes.map((outcome) => outcome.kind === 'invoiced' && outcome.invoices.length)).toEqual(ids.map(() => 1));
    return statements.length;
  };
  try {
    await sql`select 1`;
    const few = await counted(await dueClients(2));
    const many = await counted(await dueClients(40));
    expect(many).toBe(few);
    expect(many).toBeLessThan(40);
  } finally {
    await sql.end();
  }
});

test('that lost its worker before the commit is repeated: each client has one invoice, and no number is missing', async () => {
  const ids = await dueClients(6);
  const { sql } = database;
  await sql.unsafe(`
    create function lose_worker() returns trigger language plpgsql as $$
    begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$;
    create trigger lose_worker after insert on invoice_emails execute function lose_worker()`);
  await expect(autoinvoiceClients(requesterAt(sql, Date.parse(runAt)), ids)).rejects.toThrow();
  for (const id of ids) expect(await invoicesOf(id)).toEqual([]);
  await sql.unsafe('drop trigger lose_worker on invoice_emails');
  await autoinvoiceClients(requesterAt(sql, Date.parse(runAt)), ids);
  const repeated = await autoinvoiceClients(requesterAt(sql, Date.parse(runAt)), ids);
  expect(repeated.map(({ kind }) => kind)).toEqual(ids.map(() => 'not_due'));
  for (const id of ids) expect(await invoicesOf(id)).toHaveLength(1);
});

test.each([
  ['that can’t be invoiced', 8],
  ['of a group with many missed periods', 180],
])('refuses the one client %s, and invoices the others', async (_case, days) => {
  const { sql } = database;
  const ids = await dueClients(6);
  const [refused = '', ...others] = ids;
  // Its number has a hyphen, which SureTax does not take.
  const [tax] = await sql<{ id: string }[]>`
    insert into tax_profiles (reseller_id, name, rate_percent, mode, label, sure_tax)
    values (1, ${`SureTax ${days}`}, 10, 'exclusive', 'Tax', true) returning id`;
  await sql`update clients set tax_profile_id = ${tax?.id ?? null} where id = ${refused}`;
  await sql`
    update balances set periods_from = now() - ${days} * interval '1 day', invoiced_until = '2026-03-01'
    where client_id = any(${ids}::bigint[])`;
  await runJob(new Date().toISOString());
  const rows = await sql<{ id: string; outcome: string }[]>`
    select client_id as id, outcome from job_rows where client_id = any(${ids}::bigint[]) order by client_id`;
  expect([...rows]).toEqual(ids.map((id) => ({ id, outcome: id === refused ? 'refused' : 'done' })));
  expect(await invoicesOf(refused)).toEqual([]);
  for (const id of others) expect(await invoicesOf(id)).toHaveLength(1);
});
