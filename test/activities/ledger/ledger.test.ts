import { parseMoney } from '../../../src/domain/money.js';
import { toSecond } from '../../../src/domain/monitoring/schedule.js';
import type { NewEntry, PostedEntry } from '../../../src/domain/ledger/entry.js';
import { recordEachEntry, recordEntries, recordEntry } from '../../../src/services/ledger/record-entries.js';
import { postEntry, postOpeningBalances } from '../../../src/storage/ledger/ledger.js';
import { findPayments } from '../../../src/storage/ledger/ledger-read.js';
import { operatorScope } from '../../../src/storage/system/scope.js';
import { requesterAt } from '../../support/data/requester.js';
import {
  database,
  operator,
  reseller,
  newClient,
  entry,
  balanceOf,
  signals,
  countEntries,
  useLedgerDatabase,
} from '../../support/ledger/ledger-database.js';

useLedgerDatabase();

describe('posting', () => {
  test('each kind moves the balances that it concerns', async () => {
    const id = await newClient();
    const posted = await recordEntries(requesterAt(database.sql), [
      entry(id, 'payment', '100.00', { occurredAt: Date.parse('2026-03-01T10:00:00Z') }),
      entry(id, 'charge', '-12.345678', { occurredAt: Date.parse('2026-03-02T10:00:00Z') }),
      entry(id, 'adjustment', '-0.50'),
      entry(id, 'adjustment', '5'),
      entry(id, 'invoice', '-40'),
    ]);
    expect(posted.map(({ liveAfter }) => liveAfter)).toEqual([
      '100.00',
      '87.654322',
      '87.154322',
      '92.154322',
      '92.154322',
    ]);
    expect(posted.map(({ amount }) => amount)).toEqual(['100.00', '-12.345678', '-0.50', '5.00', '-40.00']);
    expect(await balanceOf(id)).toEqual({
      live: '92.154322',
      fixed: '60.000000',
      refillSeq: '1',
      lastRefillAt: new Date('2026-03-01T10:00:00Z'),
      lastChargeAt: new Date('2026-03-02T10:00:00Z'),
    });
  });

  test('an older charge that arrives late does not set the last charge back', async () => {
    const id = await newClient();
    await recordEntry(
      requesterAt(database.sql),
      entry(id, 'charge', '-1', { occurredAt: Date.parse('2026-03-05T00:00:00Z') }),
    );
    await recordEntry(
      requesterAt(database.sql),
      entry(id, 'charge', '-1', { occurredAt: Date.parse('2026-03-04T00:00:00Z') }),
    );
    expect((await balanceOf(id)).lastChargeAt).toEqual(new Date('2026-03-05T00:00:00Z'));
  });

  test('without a time it occurred in the second in which it was recorded', async () => {
    const id = await newClient();
    const posted = await recordEntry(requesterAt(database.sql), entry(id, 'charge', '-1'));
    expect(posted.occurredAt.getTime()).toBe(toSecond(posted.recordedAt.getTime()));
  });

  test('an opening balance is an adjustment, posted once', async () => {
    const id = await newClient();
    const post = (amount: string): Promise<PostedEntry[]> =>
      database.sql.begin((tx) =>
        postOpeningBalances(tx, [{ clientId: id, amount: parseMoney(amount), currency: 'USD' }], 'test'),
      );
    await post('32.00');
    expect(await post('32.00')).toMatchObject([{ replayed: true }]);
    expect(await post('0.00')).toEqual([]);
    expect(await balanceOf(id)).toMatchObject({ live: '32.000000', fixed: '0.000000', refillSeq: '0' });
  });

  test('rolls back with the transaction that it is part of', async () => {
    const id = await newClient();
    const work = database.sql.begin(async (tx) => {
      await postEntry(tx, entry(id, 'payment', '5'));
      throw new Error('never mind');
    });
    await expect(work).rejects.toThrow('never mind');
    expect(await countEntries(id)).toBe(0);
    expect(await signals()).toEqual([]);
    expect(await balanceOf(id)).toMatchObject({ live: '0.000000', refillSeq: '0' });
  });

  test('a refusal inside of a transaction leaves the transaction usable', async () => {
    const id = await newClient();
    await database.sql.begin(async (tx) => {
      await expect(postEntry(tx, entry(id, 'payment', '5', { currency: 'EUR' }))).rejects.toMatchObject({
        code: 'currency_mismatch',
      });
      await postEntry(tx, entry(id, 'payment', '7'));
    });
    expect((await balanceOf(id)).live).toBe('7.000000');
  });

  test('the ledger refuses to be altered', async () => {
    const id = await newClient();
    await recordEntry(requesterAt(database.sql), entry(id, 'payment', '5'));
    await expect(database.sql`update ledger_entries set amount = 6 where client_id = ${id}`).rejects.toThrow(
      'append-only',
    );
    await expect(database.sql`delete from ledger_entries where client_id = ${id}`).rejects.toThrow('append-only');
  });
});

describe('refusals change nothing', () => {
  const cases: { name: string; entry: (id: string) => NewEntry; code: string; pointer: string }[] = [
    {
      name: 'another currency',
      entry: (id) => entry(id, 'payment', '5', { currency: 'EUR' }),
      code: 'currency_mismatch',
      pointer: '/currency',
    },
    { name: 'a negative payment', entry: (id) => entry(id, 'payment', '-5'), code: 'invalid', pointer: '/amount' },
    { name: 'a charge that adds', entry: (id) => entry(id, 'charge', '5'), code: 'invalid', pointer: '/amount' },
    {
      name: 'an adjustment of nothing',
      entry: (id) => entry(id, 'adjustment', '0'),
      code: 'invalid',
      pointer: '/amount',
    },
    {
      name: 'the future',
      entry: (id) => entry(id, 'payment', '5', { occurredAt: Date.now() + 6 * 60_000 }),
      code: 'invalid',
      pointer: '/at',
    },
    {
      name: 'an unknown client',
      entry: () => entry('999999', 'payment', '5'),
      code: 'not_found',
      pointer: '/clientId',
    },
    {
      name: 'an id that is none',
      entry: () => entry("1'; drop", 'payment', '5'),
      code: 'not_found',
      pointer: '/clientId',
    },
  ];
  test.each(cases)('$name', async ({ entry: make, code, pointer }) => {
    const id = await newClient();
    const good = entry(id, 'payment', '1');
    await expect(recordEntries(requesterAt(database.sql), [good, make(id)])).rejects.toMatchObject({ code, pointer });
    expect(await countEntries(id)).toBe(0);
    expect(await signals()).toEqual([]);
    expect((await balanceOf(id)).live).toBe('0.000000');
  });

  test('a deleted client', async () => {
    const id = await newClient({ status: 'deleted' });
    await expect(recordEntry(requesterAt(database.sql), entry(id, 'payment', '5'))).rejects.toMatchObject({
      code: 'client_deleted',
    });
    expect(await countEntries(id)).toBe(0);
  });

  test('a client outside of the subtree is as good as unknown', async () => {
    const id = await newClient({ reseller: operator });
    const own = await newClient({ reseller });
    const requester = { ...requesterAt(database.sql), scope: operatorScope(database.sql, reseller) };
    await expect(recordEntry(requester, entry(id, 'payment', '5'))).rejects.toMatchObject({
      code: 'not_found',
    });
    const posted = await recordEntry(requester, entry(own, 'payment', '5'));
    expect(await findPayments(database.sql, posted.externalId, reseller, null)).toMatchObject([
      { clientId: own, amount: '5.000000', isOwn: true },
    ]);
    const foreign = await recordEntry(requesterAt(database.sql), entry(id, 'payment', '5'));
    expect(await findPayments(database.sql, foreign.externalId, reseller, null)).toEqual([]);
    expect(await findPayments(database.sql, foreign.externalId, operator, null)).toMatchObject([{ clientId: id }]);
  });

  test('in a batch of single posts a bad one harms no other', async () => {
    const id = await newClient();
    const results = await recordEachEntry(requesterAt(database.sql), [
      entry(id, 'payment', '10'),
      entry(id, 'payment', '10', { currency: 'EUR' }),
      entry('424242', 'charge', '-1'),
      entry(id, 'charge', '-4'),
    ]);
    expect(results.map((result) => (result.ok ? result.entry.liveAfter : result.error.code))).toEqual([
      '10.00',
      'currency_mismatch',
      'not_found',
      '6.00',
    ]);
    expect((await balanceOf(id)).live).toBe('6.000000');
  });
});
