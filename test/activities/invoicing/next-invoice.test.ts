import fc from 'fast-check';
import { hourMs } from '../../../src/domain/durations.js';
import { nextPeriod, type PaymentTerms } from '../../../src/domain/invoicing/periods.js';
import { deleteClient } from '../../../src/services/clients/delete-client.js';
import { restoreClient } from '../../../src/services/clients/restore-client.js';
import { setLastInvoiced } from '../../../src/services/invoicing/set-last-invoiced.js';
import { dueClients } from '../../../src/storage/invoicing/autoinvoicing.js';
import { upcomingInvoiceList } from '../../../src/storage/invoicing/upcoming-invoices.js';
import { requesterAt } from '../../support/data/requester.js';
import { invoicedClient, newTerms, nextInvoiceAt } from '../../support/invoicing/autoinvoicing.js';
import { database, useLedgerDatabase } from '../../support/ledger/ledger-database.js';

/** When a client is invoiced next, which the database keeps. */

useLedgerDatabase();

test('is the end of the period that the domain computes, and the delay, in any zone', async () => {
  const zones = ['UTC', 'Europe/Kyiv', 'Asia/Beirut', 'America/New_York', 'America/Havana', 'Atlantic/Azores'];
  zones.push('Australia/Lord_Howe', 'Pacific/Kiritimati', 'Asia/Kathmandu', 'America/Santiago', 'Africa/Cairo');
  const { sql } = database;
  const cases = fc.sample(
    fc.record({
      zone: fc.constantFrom(...zones),
      second: fc.integer({ min: Date.parse('2024-01-01') / 1000, max: Date.parse('2030-01-01') / 1000 }),
      delayHours: fc.integer({ min: 0, max: 72 }),
      terms: fc.oneof(
        fc.integer({ min: 1, max: 366 }).map((days): PaymentTerms => ({ mode: 'every', days, graceDays: 0 })),
        fc.integer({ min: 1, max: 28 }).map((day): PaymentTerms => ({ mode: 'on', day, graceDays: 0 })),
      ),
    }),
    { numRuns: 400, seed: 11 },
  );
  // Days without a midnight, and with two.
  for (const zone of ['Asia/Beirut', 'America/Havana', 'Atlantic/Azores', 'Africa/Cairo', 'America/Santiago']) {
    const terms: PaymentTerms = { mode: 'every', days: 1, graceDays: 0 };
    for (let day = 0; day < 365; day++) {
      cases.push({ zone, second: Date.parse('2026-01-01T12:00:00Z') / 1000 + day * 86_400, delayHours: 0, terms });
    }
  }
  const id = await invoicedClient();
  const expected = cases.map(({ zone, second, delayHours, terms }) =>
    new Date(nextPeriod(terms, second * 1000, zone).end + delayHours * hourMs).toISOString(),
  );
  const actual: string[] = [];
  for (const { zone, second, delayHours, terms } of cases) {
    const { mode } = terms;
    const row = await sql.begin(async (tx) => {
      await tx`
        update payment_terms set mode = ${mode}, days = ${mode === 'every' ? terms.days : null},
          day = ${mode === 'on' ? terms.day : null}`;
      await tx`update clients set timezone = ${zone}, autoinvoicing_delay_hours = ${delayHours} where id = ${id}`;
      await tx`update balances set periods_from = to_timestamp(${second}) where client_id = ${id}`;
      return tx<{ at: Date }[]>`select next_invoice_at as at from balances where client_id = ${id}`;
    });
    actual.push(row[0]?.at.toISOString() ?? 'none');
  }
  expect(actual).toEqual(expected);
});

test('follows each change of what it depends on', async () => {
  const { sql } = database;
  const id = await invoicedClient();
  expect(await nextInvoiceAt(id)).toBe('2026-03-08T04:00Z');
  await sql`update clients set autoinvoicing_delay_hours = 0 where id = ${id}`;
  expect(await nextInvoiceAt(id)).toBe('2026-03-07T22:00Z');
  await sql`update clients set timezone = 'UTC' where id = ${id}`;
  // The first period starts at the creation, on 28 February in UTC.
  expect(await nextInvoiceAt(id)).toBe('2026-03-07T00:00Z');
  const monthly = await newTerms({ mode: 'on', day: 30 });
  await sql`update clients set payment_terms_id = ${monthly} where id = ${id}`;
  expect(await nextInvoiceAt(id)).toBe('2026-03-28T00:00Z');
  await sql`update payment_terms set day = 5 where id = ${monthly}`;
  expect(await nextInvoiceAt(id)).toBe('2026-03-05T00:00Z');
  await sql`update clients set autoinvoicing = false where id = ${id}`;
  expect(await nextInvoiceAt(id)).toBeNull();
  await sql`update clients set autoinvoicing = true where id = ${id}`;
  await setLastInvoiced(requesterAt(sql, Date.parse('2026-07-01T00:00:00Z')), id, {
    ...{ date: '2026-06-10', reason: 'elsewhere', expected: null },
  });
  expect(await nextInvoiceAt(id)).toBe('2026-07-05T00:00Z');
  await sql`insert into monitors (client_id) values (${id})`;
  await deleteClient(requesterAt(sql), id, { reason: null }, () => undefined);
  expect(await nextInvoiceAt(id)).toBeNull();
  await restoreClient(requesterAt(sql), id, { externalId: undefined, reason: null }, () => undefined);
  expect(await nextInvoiceAt(id)).toBe('2026-07-05T00:00Z');
  await sql`update clients set payment_terms_id = null where id = ${id}`;
  expect(await nextInvoiceAt(id)).toBeNull();
});

test('is right whichever of two changes at once comes first', async () => {
  const { sql } = database;
  const id = await invoicedClient({ zone: 'UTC', createdAt: '2026-03-01T00:00:00Z', delayHours: 0 });
  for (let round = 1; round <= 20; round++) {
    const terms = await newTerms({ mode: 'every', days: 5 });
    await sql`update clients set payment_terms_id = null where id = ${id}`;
    await Promise.all([
      sql`update clients set payment_terms_id = ${terms} where id = ${id}`,
      sql`update payment_terms set days = 9 where id = ${terms}`,
    ]);
    expect(await nextInvoiceAt(id)).toBe('2026-03-10T00:00Z');
  }
});

describe('with many clients', () => {
  beforeAll(async () => {
    await database.sql`
      insert into clients (id, reseller_id, name, currency, balance_model, payment_terms_id, autoinvoicing)
      overriding system value
      select n, 1, 'Client ' || n, 'USD', 'prepaid', (select min(id) from payment_terms), n % 10 = 0
      from generate_series(1001, 6000) n`;
    await database.sql`insert into balances (client_id) select id from clients where id between 1001 and 6000`;
    await database.sql`analyze`;
  });

  test('those that are due, and the list of what is next, are read by an index', async () => {
    const { sql } = database;
    const { select } = upcomingInvoiceList(sql, '1', { resellerId: null, clientId: null, before: null });
    const page = select({
      ...{ within: sql`true`, orderBy: sql`b.next_invoice_at, b.client_id`, limit: sql`21` },
      position: sql`null::text[]`,
    });
    for (const query of [page, dueClients(sql, new Date('2026-01-01'), 100)]) {
      const lines = await sql<{ 'QUERY PLAN': string }[]>`explain ${query}`;
      const plan = lines.map((line) => line['QUERY PLAN']).join('\n');
      expect(plan).toContain('balances_next_invoice');
      expect(plan).not.toContain('Seq Scan on balances');
    }
  });
});
