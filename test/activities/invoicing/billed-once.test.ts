import fc from 'fast-check';
import { invoiceNow } from '../../../src/services/invoicing/invoice-now.js';
import { voidInvoice } from '../../../src/services/invoicing/void-invoice.js';
import { recordEachEntry } from '../../../src/services/ledger/record-entries.js';
import { requesterAt } from '../../support/data/requester.js';
import { seeds } from '../../support/data/seeds.js';
import { proveBalances } from '../../support/database/prove-balances.js';
import { invoicedClient, run } from '../../support/invoicing/autoinvoicing.js';
import { proveSettlement } from '../../support/invoicing/invoices-api.js';
import { database, entry, useLedgerDatabase } from '../../support/ledger/ledger-database.js';

/** Nothing is billed twice or never, in whichever order charges arrive while invoices are issued. */

useLedgerDatabase();

const start = Date.parse('2026-03-01T00:00:00Z');
const dayMs = 86_400_000;
const days = 40;

interface Held {
  readonly id: string;
  readonly invoices: number;
  readonly uninvoiced: boolean;
}

/** For each charge and adjustment of the client, the issued invoices whose formula holds it, and whether the mark does not. */
function heldBy(clientId: string): Promise<Held[]> {
  return database.sql<Held[]>`
    select e.id, (
        select count(*)::int from invoices i
        where i.client_id = e.client_id and i.type = 'outgoing' and i.status = 'issued'
          and e.seq <= i.upto_seq and e.occurred_at < i.period_end
          and (e.seq > i.from_seq or i.from_end is null or e.occurred_at >= i.from_end)) as invoices,
      not coalesce(e.seq <= b.invoiced_seq and e.occurred_at < b.invoiced_until, false) as uninvoiced
    from ledger_entries e join balances b on b.client_id = e.client_id
    where e.client_id = ${clientId} and e.kind in ('charge', 'adjustment')`;
}

test.each(seeds(4))('each charge is on one invoice or not invoiced yet, with the charges of seed %i', async (seed) => {
  const client = await invoicedClient({
    ...{ terms: { mode: 'every', days: 1 + (seed % 4) }, zone: 'Europe/Kyiv' },
    ...{ createdAt: '2026-03-01T00:00:00Z', delayHours: 0 },
  });
  await work(client, seed);
  const held = await heldBy(client);
  expect(held.length).toBeGreaterThan(50);
  expect(held.filter(({ invoices, uninvoiced }) => invoices + (uninvoiced ? 1 : 0) !== 1)).toEqual([]);
  const [sums] = await database.sql`
    select
      (select -sum(amount) from ledger_entries where client_id = ${client} and kind in ('charge', 'adjustment')) =
      (select coalesce(sum(l.amount), 0) from invoice_lines l join invoices i on i.id = l.invoice_id
        where i.client_id = ${client} and i.status = 'issued')
      + (select coalesce(-sum(e.amount), 0) from ledger_entries e join balances b on b.client_id = e.client_id
        where e.client_id = ${client} and e.kind in ('charge', 'adjustment')
          and not coalesce(e.seq <= b.invoiced_seq and e.occurred_at < b.invoiced_until, false)) as "isWhole"`;
  expect(sums).toEqual({ isWhole: true });
  // One invoice for each period that has lines, however often runs met.
  const [twice] = await database.sql`
    select period_end from invoices where client_id = ${client} and status <> 'void'
    group by period_end having count(*) > 1`;
  expect(twice).toBeUndefined();
  expect(await proveBalances(database.sql)).toEqual([]);
  expect(await proveSettlement(database.sql)).toEqual([]);
});

/** Writers of charges in any order, payments, runs by two workers, invoices by hand, and voids: all of them at once. */
async function work(client: string, seed: number): Promise<void> {
  const charges = fc.sample(
    fc.record({
      second: fc.integer({ min: 0, max: days * 86_400 }),
      micros: fc.bigInt({ min: 1n, max: 50_000_000n }),
      kind: fc.constantFrom('charge', 'charge', 'charge', 'adjustment' as const, 'payment' as const),
    }),
    { seed, numRuns: 120 },
  );
  let isWriting = true;
  const writer = async (own: number): Promise<void> => {
    for (const [index, { second, micros, kind }] of charges.entries()) {
      if (index % 3 !== own) continue;
      const amount = kind === 'payment' ? micros : -micros;
      const occurredAt = start + second * 1000;
      const one = { ...entry(client, kind, '1', { occurredAt }), amount };
      // Sent twice, as by a caller who did not get the answer.
      await recordEachEntry(requesterAt(database.sql), [one]);
      await recordEachEntry(requesterAt(database.sql), [one]);
    }
  };
  const runner = async (): Promise<void> => {
    for (let day = 1; day <= days; day++) await run(client, new Date(start + day * dayMs).toISOString());
  };
  const byHand = async (): Promise<void> => {
    for (let day = 5; isWriting && day <= days; day += 5) {
      const requester = requesterAt(database.sql, start + day * dayMs + 3_600_000);
      await invoiceNow(requester, client, null);
    }
  };
  const voider = async (): Promise<void> => {
    for (let round = 0; isWriting && round < 5; round++) {
      const [latest] = await database.sql<{ id: string }[]>`
        select id from invoices where client_id = ${client} and status = 'issued' order by period_end desc limit 1`;
      if (!latest) continue;
      // A later invoice may be issued first: then this one is not the latest any more.
      const order = { reason: 'wrong', lines: 'next' } as const;
      await voidInvoice(requesterAt(database.sql), latest.id, order).catch((error: unknown) => {
        if ((error as { code?: string }).code !== 'invoice_not_latest') throw error;
      });
    }
  };
  const writing = Promise.all([writer(0), writer(1), writer(2)]).then(() => (isWriting = false));
  await Promise.all([writing, runner(), runner(), byHand(), voider()]);
  await run(client, new Date(start + (days + 5) * dayMs).toISOString());
}
