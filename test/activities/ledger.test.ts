import fc from 'fast-check';
import { parseMoney } from '../../src/domain/money.js';
import { toSecond } from '../../src/domain/monitoring/schedule.js';
import type { NewEntry } from '../../src/domain/ledger/ledger-entries.js';
import { recordEachEntry, recordEntries, recordEntry } from '../../src/services/ledger/record-entries.js';
import { recordTransfer } from '../../src/services/ledger/record-transfer.js';
import { postEntry, postOpeningBalance } from '../../src/storage/ledger/ledger.js';
import { findPayment } from '../../src/storage/ledger/ledger-read.js';
import { operatorScope } from '../../src/storage/system/scope.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { requesterAt } from '../support/requester.js';
import { proveBalances } from '../support/prove-balances.js';

let database: TestDatabase;
let operator: string;
let reseller: string;

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

interface ClientOptions {
  readonly currency?: string;
  readonly status?: string;
  readonly reseller?: string;
  readonly creditLimit?: string;
}

async function newClient(options: ClientOptions = {}): Promise<string> {
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
function entry(clientId: string, kind: NewEntry['kind'], amount: string, more: Partial<NewEntry> = {}): NewEntry {
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

async function balanceOf(clientId: string): Promise<BalanceRow> {
  const [row] = await database.sql<BalanceRow[]>`
    select live, fixed, refill_seq as "refillSeq", last_charge_at as "lastChargeAt", last_refill_at as "lastRefillAt"
    from balances where client_id = ${clientId}`;
  if (!row) throw new Error('no balance');
  return row;
}

async function signals(): Promise<string[]> {
  const rows = await database.sql<{ text: string }[]>`
    select client_id || ' ' || kind as text from outbox order by client_id, kind`;
  return rows.map(({ text }) => text);
}

async function countEntries(clientId: string): Promise<number> {
  const [row] = await database.sql<{ n: number }[]>`
    select count(*)::int as n from ledger_entries where client_id = ${clientId}`;
  return row?.n ?? -1;
}

describe('posting', () => {
  test('each kind moves the balances that it concerns', async () => {
    const id = await newClient();
    const posted = await recordEntries(requesterAt(database.sql), [
      entry(id, 'payment', '100.00', { occurredAt: Date.parse('2026-03-01T10:00:00Z') }),
      entry(id, 'charge', '-12.345678', { occurredAt: Date.parse('2026-03-02T10:00:00Z') }),
      entry(id, 'adjustment', '-0.50'),
      entry(id, 'transfer', '5'),
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
    const details = { currency: 'USD', source: 'test' };
    await database.sql.begin((tx) => postOpeningBalance(tx, id, parseMoney('32.00'), details));
    const again = await database.sql.begin((tx) => postOpeningBalance(tx, id, parseMoney('32.00'), details));
    expect(again?.replayed).toBe(true);
    const none = await database.sql.begin((tx) => postOpeningBalance(tx, id, 0n, details));
    expect(none).toBeNull();
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
    expect(await findPayment(database.sql, posted.externalId, reseller)).toMatchObject({
      clientId: own,
      amount: '5.00',
    });
    const foreign = await recordEntry(requesterAt(database.sql), entry(id, 'payment', '5'));
    expect(await findPayment(database.sql, foreign.externalId, reseller)).toBeNull();
    expect(await findPayment(database.sql, foreign.externalId, operator)).toMatchObject({ clientId: id });
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

  test('compares the time only when both gave one', async () => {
    const id = await newClient();
    const at = Date.parse('2026-03-01T10:00:00Z');
    const dated = entry(id, 'payment', '1', { occurredAt: at });
    await recordEntry(requesterAt(database.sql), dated);
    expect((await recordEntry(requesterAt(database.sql), { ...dated, occurredAt: null })).replayed).toBe(true);
    await expect(recordEntry(requesterAt(database.sql), { ...dated, occurredAt: at + 1000 })).rejects.toMatchObject({
      code: 'conflict',
    });
    const undated = entry(id, 'payment', '1');
    await recordEntry(requesterAt(database.sql), undated);
    expect((await recordEntry(requesterAt(database.sql), { ...undated, occurredAt: at })).replayed).toBe(true);
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

describe('transfers', () => {
  test('move money between two clients, once, and are no refill', async () => {
    const from = await newClient();
    const to = await newClient();
    await recordEntry(requesterAt(database.sql), entry(from, 'payment', '20'));
    await database.sql`delete from outbox`;
    const transfer = {
      externalId: 't-1',
      fromClientId: from,
      toClientId: to,
      amount: parseMoney('15'),
      currency: 'USD',
      occurredAt: null,
      source: 'test',
    };
    expect((await recordTransfer(requesterAt(database.sql), transfer)).replayed).toBe(false);
    expect((await recordTransfer(requesterAt(database.sql), transfer)).replayed).toBe(true);
    expect(await balanceOf(from)).toMatchObject({ live: '5.000000', fixed: '20.000000' });
    expect(await balanceOf(to)).toMatchObject({ live: '15.000000', fixed: '0.000000', refillSeq: '0' });
    expect(await signals()).toEqual([]);
    const third = await newClient();
    await expect(recordTransfer(requesterAt(database.sql), { ...transfer, toClientId: third })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect((await balanceOf(third)).live).toBe('0.000000');
  });

  test('are refused beyond the available funds, to oneself, and across currencies', async () => {
    const from = await newClient({ creditLimit: '10' });
    const to = await newClient();
    const euro = await newClient({ currency: 'EUR' });
    const transfer = {
      externalId: 't-2',
      fromClientId: from,
      toClientId: to,
      amount: parseMoney('10.01'),
      currency: 'USD',
      occurredAt: null,
      source: 'test',
    };
    await expect(recordTransfer(requesterAt(database.sql), transfer)).rejects.toMatchObject({
      code: 'conflict',
      pointer: '/amount',
    });
    await expect(recordTransfer(requesterAt(database.sql), { ...transfer, toClientId: from })).rejects.toMatchObject({
      code: 'invalid',
    });
    await expect(recordTransfer(requesterAt(database.sql), { ...transfer, toClientId: euro })).rejects.toMatchObject({
      code: 'currency_mismatch',
    });
    expect((await balanceOf(from)).live).toBe('0.000000');
    await recordTransfer(requesterAt(database.sql), { ...transfer, amount: parseMoney('10') });
    expect((await balanceOf(from)).live).toBe('-10.000000');
  });
});

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
