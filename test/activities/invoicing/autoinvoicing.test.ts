import { maxMissedPeriods } from '../../../src/domain/invoicing/autoinvoicing.js';
import { startInvoicingRun } from '../../../src/services/invoicing/start-invoicing-run.js';
import { voidInvoice } from '../../../src/services/invoicing/void-invoice.js';
import { recordEntry } from '../../../src/services/ledger/record-entries.js';
import { jobActivities } from '../../../src/activities/jobs/batches.js';
import { requesterAt } from '../../support/data/requester.js';
import { charge, invoicedClient, invoicesOf, nextInvoiceAt, run } from '../../support/invoicing/autoinvoicing.js';
import { proveSettlement } from '../../support/invoicing/invoices-api.js';
import { database, entry, useLedgerDatabase } from '../../support/ledger/ledger-database.js';
import { proveBalances } from '../../support/database/prove-balances.js';
import { testDeps } from '../../support/monitoring/activity-deps.js';

useLedgerDatabase();

afterEach(async () => {
  expect(await proveBalances(database.sql)).toEqual([]);
  expect(await proveSettlement(database.sql)).toEqual([]);
});

describe('a period', () => {
  test('of 7/7 in Kyiv is invoiced six hours after its end, due a week later', async () => {
    const id = await invoicedClient();
    await charge(id, '10', '2026-03-02T10:00:00Z');
    await charge(id, '20', '2026-03-09T10:00:00Z');
    await charge(id, '30', '2026-03-16T10:00:00Z');
    expect(await run(id, '2026-03-08T03:59:59Z')).toEqual({ kind: 'not_due' });
    for (const day of ['08', '15', '22']) {
      expect(await run(id, `2026-03-${day}T04:00:00Z`)).toMatchObject({ kind: 'invoiced', periods: 1 });
    }
    expect(await invoicesOf(id)).toEqual([
      '2026-02-28T22:00Z 2026-03-07T22:00Z 10.00 2026-03-15',
      '2026-03-07T22:00Z 2026-03-14T22:00Z 20.00 2026-03-22',
      '2026-03-14T22:00Z 2026-03-21T22:00Z 30.00 2026-03-29',
    ]);
  });

  test('is invoiced once, however often the run is repeated and at the same time', async () => {
    const id = await invoicedClient();
    await charge(id, '10', '2026-03-02T10:00:00Z');
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => run(id, '2026-03-08T04:00:00Z')));
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['invoiced', ...Array<string>(5).fill('not_due')]);
    expect(await invoicesOf(id)).toHaveLength(1);
  });

  test('gets late charges of the one before as earlier charges', async () => {
    const id = await invoicedClient();
    await charge(id, '10', '2026-03-02T10:00:00Z');
    await run(id, '2026-03-08T04:00:00Z');
    await charge(id, '7', '2026-03-03T10:00:00Z');
    await run(id, '2026-03-15T04:00:00Z');
    const lines = await database.sql`
      select l.kind, l.amount::numeric(9, 2)::text as amount from invoice_lines l join invoices i on i.id = l.invoice_id
      where i.client_id = ${id} order by i.no_seq, l.position`;
    expect([...lines]).toEqual([
      { kind: 'charges', amount: '10.00' },
      { kind: 'earlier', amount: '7.00' },
    ]);
  });

  test('without charges gets no invoice, unless the installation wants one', async () => {
    const { sql } = database;
    const id = await invoicedClient();
    expect(await run(id, '2026-03-08T04:00:00Z')).toMatchObject({ kind: 'invoiced', periods: 1, invoices: [] });
    expect(await invoicesOf(id)).toEqual([]);
    expect(await nextInvoiceAt(id)).toBe('2026-03-15T04:00Z');
    await sql`update installation_settings set issue_empty_invoices = true`;
    await run(id, '2026-03-15T04:00:00Z');
    await sql`update installation_settings set issue_empty_invoices = false`;
    expect(await invoicesOf(id)).toEqual(['2026-03-07T22:00Z 2026-03-14T22:00Z 0.00 2026-03-22']);
    const [row] = await sql`select outstanding::text from invoices where client_id = ${id}`;
    expect(row).toEqual({ outstanding: '0.000000' });
  });

  test('with a negative total is issued, not payable, and its amount is unallocated', async () => {
    const id = await invoicedClient();
    await recordEntry(
      requesterAt(database.sql),
      entry(id, 'adjustment', '12', { occurredAt: Date.parse('2026-03-02T10:00:00Z') }),
    );
    await run(id, '2026-03-08T04:00:00Z');
    expect(await invoicesOf(id)).toEqual(['2026-02-28T22:00Z 2026-03-07T22:00Z -12.00 2026-03-15']);
    const [row] = await database.sql`
      select unallocated::numeric(9, 2)::text as unallocated, outstanding::numeric(9, 2)::text as outstanding
      from balances where client_id = ${id}`;
    expect(row).toEqual({ unallocated: '12.00', outstanding: '0.00' });
  });

  test.each(['next', 'draft'] as const)(
    'whose invoice is void (%s) is not invoiced again by the next run',
    async (lines) => {
      const id = await invoicedClient();
      await charge(id, '10', '2026-03-02T10:00:00Z');
      const outcome = await run(id, '2026-03-08T04:00:00Z');
      const [invoice] = outcome.kind === 'invoiced' ? outcome.invoices : [];
      await voidInvoice(requesterAt(database.sql), invoice?.id ?? '', { reason: 'wrong', lines });
      expect(await nextInvoiceAt(id)).toBe('2026-03-15T04:00Z');
      expect((await run(id, '2026-03-08T04:05:00Z')).kind).toBe('not_due');
      await charge(id, '5', '2026-03-10T10:00:00Z');
      await run(id, '2026-03-15T04:00:00Z');
      expect(await invoicesOf(id)).toEqual(['2026-02-28T22:00Z 2026-03-14T22:00Z 15.00 2026-03-22']);
    },
  );

  test('of a stopped client is invoiced, of a deleted one or without autoinvoicing it is not', async () => {
    const { sql } = database;
    const [stopped, deleted, off] = [await invoicedClient(), await invoicedClient(), await invoicedClient()];
    for (const id of [stopped, deleted, off]) await charge(id, '10', '2026-03-02T10:00:00Z');
    await sql`update clients set status = 'stop' where id = ${stopped}`;
    await sql`update clients set status = 'deleted' where id = ${deleted}`;
    await sql`update clients set autoinvoicing = false where id = ${off}`;
    expect((await run(stopped, '2026-03-08T04:00:00Z')).kind).toBe('invoiced');
    expect((await run(deleted, '2026-03-08T04:00:00Z')).kind).toBe('not_due');
    expect((await run(off, '2026-03-08T04:00:00Z')).kind).toBe('not_due');
  });
});

describe('missed periods', () => {
  test('each get their own invoice, the oldest first, all issued now', async () => {
    const id = await invoicedClient();
    await charge(id, '10', '2026-03-02T10:00:00Z');
    await charge(id, '30', '2026-03-16T10:00:00Z');
    expect(await run(id, '2026-03-23T12:00:00Z')).toMatchObject({ kind: 'invoiced', periods: 3 });
    expect(await invoicesOf(id)).toEqual([
      '2026-02-28T22:00Z 2026-03-07T22:00Z 10.00 2026-03-30',
      '2026-03-14T22:00Z 2026-03-21T22:00Z 30.00 2026-03-30',
    ]);
  });

  test(`more than ${maxMissedPeriods} of them are an event, and no invoice`, async () => {
    const { sql } = database;
    const terms = { mode: 'every', days: 1 } as const;
    const id = await invoicedClient({ terms, zone: 'UTC', createdAt: '2026-03-01T00:00:00Z', delayHours: 0 });
    await charge(id, '10', '2026-03-02T10:00:00Z');
    const openEvents = () => sql`
      select data from events where kind = 'invoice.too_many_missed' and client_id = ${id} and resolved_at is null`;
    expect(await run(id, '2026-04-07T00:00:00Z')).toEqual({ kind: 'too_many_missed' });
    expect(await invoicesOf(id)).toEqual([]);
    expect([...(await openEvents())]).toEqual([{ data: { client: 'Customer A', since: '2026-03-01T00:00:00.000Z' } }]);
    await sql`update balances set invoiced_until = '2026-03-02T00:00:00Z', periods_from = '2026-03-02T00:00:00Z' where client_id = ${id}`;
    expect(await run(id, '2026-04-07T00:00:00Z')).toMatchObject({ kind: 'invoiced', periods: maxMissedPeriods });
    expect(await invoicesOf(id)).toHaveLength(1);
    expect([...(await openEvents())]).toEqual([]);
  });
});

describe('an invoicing run', () => {
  const start = (at = '2026-03-08T04:00:00Z'): Promise<string | null> =>
    startInvoicingRun({ ...requesterAt(database.sql, Date.parse(at)), actor: { id: 'system', source: 'system' } });
  const outcomes = async (jobId: string | null): Promise<unknown[]> => [
    ...(await database.sql`
      select client_id as id, outcome, problem from job_rows where job_id = ${jobId} order by position`),
  ];

  beforeEach(() => database.sql`update clients set autoinvoicing = false`);

  test('has each client that is due once, and no other run has it', async () => {
    const [one, other] = [await invoicedClient(), await invoicedClient({ createdAt: '2026-03-01T23:00:00Z' })];
    const future = await invoicedClient({ lastInvoicedAt: '2030-01-01T00:00:00Z' });
    const started = await Promise.all(Array.from({ length: 4 }, () => start()));
    const [jobId] = started.filter((id) => id !== null);
    expect(started.filter((id) => id !== null)).toHaveLength(1);
    expect((await outcomes(jobId ?? null)).map((row) => (row as { id: string }).id)).toEqual([one]);
    expect([other, future]).not.toContain(one);
  });

  test('is carried out with the rights of the service, by any number of workers at once', async () => {
    const terms = { mode: 'every', days: 60 } as const;
    const clients = await Promise.all(Array.from({ length: 8 }, () => invoicedClient({ terms })));
    for (const id of clients) await charge(id, '10', '2026-03-02T10:00:00Z');
    const jobId = await start('2026-05-01T00:00:00Z');
    const { runJobBatch } = jobActivities(testDeps(database.sql));
    const worker = async (): Promise<void> => {
      while ((await runJobBatch({ jobId: jobId ?? '' })).pending > 0);
    };
    await Promise.all([worker(), worker(), worker()]);
    expect(new Set((await outcomes(jobId)).map((row) => (row as { outcome: string }).outcome))).toEqual(
      new Set(['done']),
    );
    // The clock of the batches is now, so that all periods since March are caught up: one has charges.
    for (const id of clients) expect(await invoicesOf(id)).toHaveLength(1);
    expect(await start('2026-05-01T00:00:00Z')).toBeNull();
    const [audited] = await database.sql`
      select actor, source from audit where action = 'invoice.issue' and client_id = ${clients[0] ?? ''}`;
    expect(audited).toEqual({ actor: 'system', source: 'job' });
  });

  test('leaves out for an hour what it could not invoice', async () => {
    const terms = { mode: 'every', days: 1 } as const;
    const id = await invoicedClient({ terms, createdAt: '2020-01-01T00:00:00Z' });
    const jobId = await start();
    const { runJobBatch } = jobActivities(testDeps(database.sql));
    while ((await runJobBatch({ jobId: jobId ?? '' })).pending > 0);
    expect(await outcomes(jobId)).toEqual([{ id, outcome: 'refused', problem: 'too_many_missed' }]);
    expect(await start()).toBeNull();
    await database.sql`update job_rows set ended_at = ended_at - interval '20 years' where client_id = ${id}`;
    expect(await start()).not.toBeNull();
  });
});
