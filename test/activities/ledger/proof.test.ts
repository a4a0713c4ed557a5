import fc from 'fast-check';
import { recordEachEntry, recordEntry } from '../../../src/services/ledger/record-entries.js';
import { requesterAt } from '../../support/data/requester.js';
import { proveBalances } from '../../support/database/prove-balances.js';
import { database, newClient, entry, useLedgerDatabase } from '../../support/ledger/ledger-database.js';

useLedgerDatabase();

describe('proof', () => {
  test('eight writers at once leave every balance the sum of its ledger', async () => {
    const clients = await Promise.all(Array.from({ length: 5 }, () => newClient()));
    const writer = async (seed: number): Promise<void> => {
      const batches = fc.sample(
        fc.array(
          fc.record({
            client: fc.constantFrom(...clients),
            kind: fc.constantFrom('payment', 'charge', 'adjustment', 'invoice' as const),
            micros: fc.bigInt({ min: 1n, max: 10_000_000_000n }),
            id: fc.integer({ min: 1, max: 400 }),
          }),
          { minLength: 1, maxLength: 12 },
        ),
        { seed, numRuns: 20 },
      );
      for (const batch of batches) {
        await recordEachEntry(
          requesterAt(database.sql),
          batch.map(({ client, kind, micros, id }) => {
            const amount = kind === 'charge' || kind === 'invoice' ? -micros : micros;
            return { ...entry(client, kind, '1'), amount, externalId: `contested-${id}` };
          }),
        );
      }
    };
    await Promise.all(Array.from({ length: 8 }, (_, index) => writer(index + 1)));
    expect(await proveBalances(database.sql)).toEqual([]);
    for (const client of clients) {
      const rows = await database.sql<{ amount: string; kind: string; liveAfter: string }[]>`
        select amount, kind, live_after as "liveAfter" from ledger_entries where client_id = ${client} order by id`;
      let live = 0n;
      for (const row of rows) {
        if (row.kind !== 'invoice') live += BigInt(row.amount.replace('.', ''));
        expect(BigInt(row.liveAfter.replace('.', ''))).toBe(live);
      }
      expect(rows.length).toBeGreaterThan(20);
    }
  });

  test('finds a balance that something wrote past the ledger', async () => {
    const id = await newClient();
    await recordEntry(requesterAt(database.sql), entry(id, 'payment', '3'));
    await database.sql`update balances set live = live + 1 where client_id = ${id}`;
    expect(await proveBalances(database.sql)).toEqual([
      { clientId: id, live: '4.00', liveSum: '3.00', fixed: '3.00', fixedSum: '3.00', refillSeq: 1, payments: 1 },
    ]);
    await database.sql`update balances set live = live - 1 where client_id = ${id}`;
    expect(await proveBalances(database.sql)).toEqual([]);
  });
});
