import { parseMoney } from '../../../src/domain/money.js';
import type { NewEntry } from '../../../src/domain/ledger/entry.js';
import { recordEachEntry, recordEntries, recordEntry } from '../../../src/services/ledger/record-entries.js';
import { requesterAt } from '../../support/data/requester.js';
import {
  database,
  newClient,
  entry,
  balanceOf,
  signals,
  countEntries,
  useLedgerDatabase,
} from '../../support/ledger/ledger-database.js';

useLedgerDatabase();

describe('the same id', () => {
  test('with the same body answers the same and changes nothing', async () => {
    const id = await newClient();
    const payment = entry(id, 'payment', '10.50', { occurredAt: Date.parse('2026-03-01T10:00:00Z') });
    const first = await recordEntry(requesterAt(database.sql), payment);
    await database.sql`delete from outbox`;
    const second = await recordEntry(requesterAt(database.sql), payment);
    expect(second).toEqual({ ...first, replayed: true });
    expect(await balanceOf(id)).toMatchObject({ live: '10.500000', refillSeq: '1' });
    expect(await signals()).toEqual([]);
  });

  test('from another source, compares the time only when both gave one; one source repeats it', async () => {
    const id = await newClient();
    const at = Date.parse('2026-03-01T10:00:00Z');
    const dated = entry(id, 'payment', '1', { occurredAt: at });
    const elsewhere = { source: 'webhook:bank' };
    await recordEntry(requesterAt(database.sql), dated);
    const undatedTwin = { ...dated, occurredAt: null };
    expect((await recordEntry(requesterAt(database.sql), { ...undatedTwin, ...elsewhere })).replayed).toBe(true);
    await expect(recordEntry(requesterAt(database.sql), undatedTwin)).rejects.toMatchObject({ code: 'conflict' });
    await expect(recordEntry(requesterAt(database.sql), { ...dated, occurredAt: at + 1000 })).rejects.toMatchObject({
      code: 'conflict',
    });
    const undated = entry(id, 'payment', '1');
    await recordEntry(requesterAt(database.sql), undated);
    const datedTwin = { ...undated, ...elsewhere, occurredAt: at };
    expect((await recordEntry(requesterAt(database.sql), datedTwin)).replayed).toBe(true);
  });

  test('with another amount, currency or client is a conflict', async () => {
    const id = await newClient();
    const other = await newClient();
    const payment = entry(id, 'payment', '10');
    await recordEntry(requesterAt(database.sql), payment);
    const twists: Partial<NewEntry>[] = [{ amount: parseMoney('11') }, { currency: 'EUR' }, { clientId: other }];
    for (const twist of twists) {
      await expect(recordEntry(requesterAt(database.sql), { ...payment, ...twist })).rejects.toMatchObject({
        code: 'conflict',
        pointer: '/id',
      });
    }
    expect((await balanceOf(id)).live).toBe('10.000000');
    expect(await countEntries(other)).toBe(0);
  });

  test('is one within client and kind for all but payments', async () => {
    const id = await newClient();
    const other = await newClient();
    const charge = entry(id, 'charge', '-1', { externalId: 'same' });
    const posted = await recordEntries(requesterAt(database.sql), [
      charge,
      { ...charge, clientId: other },
      { ...charge, kind: 'adjustment' },
    ]);
    expect(posted.map(({ replayed }) => replayed)).toEqual([false, false, false]);
  });

  test('within one batch counts once', async () => {
    const id = await newClient();
    const payment = entry(id, 'payment', '10');
    const posted = await recordEntries(requesterAt(database.sql), [payment, payment, entry(id, 'charge', '-1')]);
    expect(posted.map(({ replayed, liveAfter }) => [replayed, liveAfter])).toEqual([
      [false, '10.00'],
      [true, '10.00'],
      [false, '9.00'],
    ]);
    const twisted = [payment, { ...payment, amount: parseMoney('11') }];
    await expect(recordEntries(requesterAt(database.sql), twisted)).rejects.toMatchObject({ code: 'conflict' });
    expect((await balanceOf(id)).live).toBe('9.000000');
  });

  test('posted a hundred times at once is one entry', async () => {
    const id = await newClient();
    const payment = entry(id, 'payment', '10');
    const posted = await Promise.all(
      Array.from({ length: 100 }, () => recordEntry(requesterAt(database.sql), payment)),
    );
    expect(new Set(posted.map((one) => one.id)).size).toBe(1);
    expect(posted.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect((await balanceOf(id)).live).toBe('10.000000');
  });

  test('posted for different clients at once is one entry and conflicts', async () => {
    const clients = await Promise.all(Array.from({ length: 8 }, () => newClient()));
    const results = await Promise.all(
      clients.map(async (clientId) => {
        const [result] = await recordEachEntry(requesterAt(database.sql), [
          entry(clientId, 'payment', '10', { externalId: 'contested' }),
        ]);
        return result?.ok ? 'posted' : result?.error.code;
      }),
    );
    expect(results.sort()).toEqual([
      'conflict',
      'conflict',
      'conflict',
      'conflict',
      'conflict',
      'conflict',
      'conflict',
      'posted',
    ]);
  });
});

describe('what the monitor is told', () => {
  async function withBounds(below: string | null, above: string | null): Promise<string> {
    const id = await newClient();
    await recordEntry(requesterAt(database.sql), entry(id, 'adjustment', '100'));
    await database.sql`update balances set wake_below = ${below}, wake_above = ${above} where client_id = ${id}`;
    await database.sql`delete from outbox`;
    return id;
  }

  test('of every payment', async () => {
    const id = await withBounds(null, null);
    await recordEntry(requesterAt(database.sql), entry(id, 'payment', '0.01'));
    expect(await signals()).toEqual([`${id} balanceChanged`]);
  });

  test.each([
    { below: '50', above: null, amount: '-49.99', signaled: false },
    { below: '50', above: null, amount: '-50', signaled: true },
    { below: '50', above: null, amount: '-60', signaled: true },
    { below: null, above: '150', amount: '49.999999', signaled: false },
    { below: null, above: '150', amount: '50', signaled: true },
    { below: null, above: null, amount: '-500', signaled: false },
  ])('of an adjustment of $amount between $below and $above: $signaled', async ({ below, above, amount, signaled }) => {
    const id = await withBounds(below, above);
    await recordEntry(requesterAt(database.sql), entry(id, 'adjustment', amount));
    expect(await signals()).toEqual(signaled ? [`${id} balanceChanged`] : []);
  });

  test('of a batch only what is left of it', async () => {
    const id = await withBounds('50', null);
    await recordEntries(requesterAt(database.sql), [entry(id, 'charge', '-80'), entry(id, 'adjustment', '70')]);
    expect(await signals()).toEqual([]);
  });

  test('nothing of an invoice', async () => {
    const id = await withBounds('100', '100');
    await recordEntry(requesterAt(database.sql), entry(id, 'invoice', '-30'));
    expect(await signals()).toEqual([]);
  });
});
