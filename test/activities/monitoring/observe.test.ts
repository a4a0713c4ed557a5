import { createLocalActivities } from '../../../src/activities/index.js';
import type { BalanceReading, BalanceSource, ReadResult, UnknownBalance } from '../../../src/balances/source.js';
import type { ObserveResult } from '../../../src/contract/monitor.js';
import { createMetrics } from '../../../src/observability/metrics.js';
import { systemActor } from '../../../src/domain/monitoring/state.js';
import { advanceTemporaryCredit } from '../../../src/services/credit/advance-temporary-credit.js';
import { cancelTemporaryCredit } from '../../../src/services/credit/cancel-temporary-credit.js';
import { changeTemporaryCredit } from '../../../src/services/credit/change-temporary-credit.js';
import { grantTemporaryCredit } from '../../../src/services/credit/grant-temporary-credit.js';
import { testDeps } from '../../support/monitoring/activity-deps.js';
import { insertClient, insertProfile, type ClientWish } from '../../support/data/clients.js';
import { requesterAt } from '../../support/data/requester.js';
import { database, noon, minutes, actor, post, observe, useObserving } from '../../support/monitoring/observing.js';

useObserving();

async function newClient(wish: ClientWish = {}): Promise<string> {
  const id = await insertClient(database.sql, noon, wish);
  if (wish.balance !== undefined) await post(id, 'adjustment', wish.balance, wish.currency);
  return id;
}

/** What is observed of the balance, without the configuration. */
async function balance(clientId: string, at = noon): Promise<Omit<ObserveResult, 'config' | 'stored'>> {
  const { config: _config, stored: _stored, ...observed } = await observe(clientId, { at });
  return observed;
}

function lend(clientId: string, from: number, until: number): ReturnType<typeof grantTemporaryCredit> {
  const input = {
    requestId: 'lend',
    amount: '30',
    from: new Date(from).toISOString(),
    validUntil: new Date(until).toISOString(),
    reason: 'late transfer',
  };
  return grantTemporaryCredit(requesterAt(database.sql, noon, actor), clientId, input, { warningHours: 24 });
}

describe('what is observed', () => {
  test('says of the balance what is known, and leaves out what says nothing', async () => {
    const clientId = await newClient({ balance: '-419.78', creditLimit: '1000.50' });
    await post(clientId, 'payment', '20.000001');
    await post(clientId, 'charge', '-1', 'USD', noon + 2500);
    expect(await balance(clientId)).toEqual({
      live: '-400.779999',
      credit: '1000.5',
      refills: 1,
      chargedAt: noon + 2000,
    });
    const fresh = await newClient();
    expect(await balance(fresh)).toEqual({ live: '0', refills: 0, chargedAt: noon });
  });

  test('a client that does not exist, and one that is deleted, are gone; a stopped one says so', async () => {
    expect(await observe('987654321')).toEqual({ refills: 0, chargedAt: 0, status: 'deleted' });
    const clientId = await newClient({ balance: '5' });
    await database.sql`update clients set status = 'stop', version = version + 1 where id = ${clientId}`;
    expect(await balance(clientId)).toMatchObject({ status: 'stop', live: '5' });
    await database.sql`update monitors set next_check_at = now() where client_id = ${clientId}`;
    await database.sql`update balances set wake_below = 1, wake_above = 2 where client_id = ${clientId}`;
    await database.sql`update clients set status = 'deleted', version = version + 1 where id = ${clientId}`;
    expect(await observe(clientId)).toEqual({ refills: 0, chargedAt: 0, status: 'deleted' });
    const [left] = await database.sql`
      select m.next_check_at as "next", b.wake_below as "below", b.wake_above as "above"
      from monitors m join balances b using (client_id) where client_id = ${clientId}`;
    expect(left).toEqual({ next: null, below: null, above: null });
  });

  test('a credit counts from its first instant up to, and not at, its last', async () => {
    const clientId = await newClient({ balance: '10' });
    const [from, until] = [noon + minutes(10), noon + minutes(20)];
    const { id } = await lend(clientId, from, until);
    const temporary = async (at: number): Promise<string | undefined> => (await balance(clientId, at)).temporary;
    expect(await temporary(from - 1)).toBeUndefined();
    expect(await temporary(from)).toBe('30');
    expect(await temporary(until - 1)).toBe('30');
    expect(await temporary(until)).toBeUndefined();
    // A worker that is late with the steps changes nothing of this.
    expect((await observe(clientId, { at: until })).config?.grant).toMatchObject({ id, started: false });
    await cancelTemporaryCredit(requesterAt(database.sql, from, actor), clientId, {
      requestId: 'c',
      grantId: id,
      reason: 'paid',
    });
    expect(await temporary(from)).toBeUndefined();
  });

  test('the rate in force at the instant; null before the first; none where the currencies are one', async () => {
    const clientId = await newClient({ balance: '10', currency: 'EUR', profile: { currency: 'CHF' } });
    await database.sql`
      insert into exchange_rates (from_currency, to_currency, at, rate, created_by) values
        ('EUR', 'CHF', ${new Date(noon)}, 0.95, 'test'), ('EUR', 'CHF', ${new Date(noon + minutes(5))}, 0.9625, 'test'),
        ('CHF', 'EUR', ${new Date(noon)}, 2, 'test')`;
    const rate = async (at: number): Promise<string | null | undefined> => (await balance(clientId, at)).rate;
    expect(await rate(noon - 1)).toBeNull();
    expect(Number(await rate(noon))).toBe(0.95);
    expect(Number(await rate(noon + minutes(5) - 1))).toBe(0.95);
    expect(Number(await rate(noon + minutes(5)))).toBe(0.9625);
    expect(await balance(await newClient({ balance: '10', profile: null }))).not.toHaveProperty('rate');
  });

  test('a foreign balance is taken as it is said, and unknown where it is not', async () => {
    const read: BalanceSource['read'] = async (clients) => {
      const result: ReadResult = new Map();
      for (const { id, externalId, currency } of clients) {
        result.set(id, externalId === 'ext-1' ? { live: '7.50', currency } : { unknown: 'not listed' });
      }
      return result;
    };
    const balances: BalanceSource = { kind: 'http', read, check: async () => undefined, close: async () => undefined };
    const foreign = createLocalActivities(testDeps(database.sql, { balances }));
    const [known, unknown] = [await newClient({ balance: '1' }), await newClient({ balance: '2' })];
    await database.sql`update clients set external_id = 'ext-1' where id = ${known}`;
    const [first, second] = await Promise.all(
      [known, unknown].map((clientId) => foreign.observe({ clientId, at: noon, known: '', task: 1 })),
    );
    expect(first).toMatchObject({ live: '7.5' });
    expect(second).not.toHaveProperty('live');
  });

  test('two clients that a foreign system knows by one name are unknown, also when they are read apart', async () => {
    const read: BalanceSource['read'] = async (clients) =>
      new Map(clients.map(({ id, currency }) => [id, { live: '7.50', currency }]));
    const balances: BalanceSource = { kind: 'http', read, check: async () => undefined, close: async () => undefined };
    const foreign = createLocalActivities(testDeps(database.sql, { balances }));
    const below = await database.sql<{ id: string }[]>`
      insert into resellers (parent_id, name, path, id) values (1, 'B', '{1,77}', 77) returning id`;
    const [own, theirs, named] = [await newClient({}), await newClient({}), await newClient({})];
    await database.sql`update clients set external_id = 'shared' where id = ${own}`;
    await database.sql`
      update clients set external_id = 'shared', reseller_id = ${below[0]?.id ?? ''} where id = ${theirs}`;
    const liveOf = async (clientId: string): Promise<string | undefined> =>
      (await foreign.observe({ clientId, at: noon, known: '', task: 1 })).live;
    expect([await liveOf(own), await liveOf(theirs), await liveOf(named)]).toEqual([undefined, undefined, '7.5']);
    const [fault] = await database.sql`select reason from balance_faults where client_id = ${own}`;
    expect(fault?.['reason']).toBe(
      `client ${theirs} has the same name in the balance source: give one of them another external id`,
    );
    await database.sql`update clients set status = 'deleted' where id = ${theirs}`;
    expect(await liveOf(own)).toBe('7.5');
    await database.sql`update clients set external_id = ${named} where id = ${own}`;
    expect([await liveOf(own), await liveOf(named)]).toEqual([undefined, undefined]);
  });
});

describe('the configuration', () => {
  test('comes with its version, and not again while that is the one the monitor has', async () => {
    const clientId = await newClient({ warningThresholds: ['25.00'] });
    const { config } = await observe(clientId);
    expect(config).toMatchObject({
      resellerId: '1',
      intervalMs: minutes(24 * 60),
      whenSeveral: 'each',
      unlimited: false,
      grant: null,
      episodes: {},
      rules: [{ key: 'user' }, { key: 'client' }, { key: 'warning:25.00', maxNotifications: 1, resetOn: 'recovery' }],
    });
    expect(await observe(clientId, { known: config?.version ?? '' })).not.toHaveProperty('config');
  });

  test('holds no address: recipients are tokens, equal where the addresses are, whatever their case', async () => {
    const clientId = await newClient({ profile: { emails: ['NOC@Operator.example', 'noc@operator.example'] } });
    const { config } = await observe(clientId);
    expect(JSON.stringify(config)).not.toContain('@');
    const [user, client] = config?.rules ?? [];
    expect(user?.recipients).toHaveLength(2);
    expect(client?.recipients[1]).toBe(user?.recipients[1]);
    expect(client?.recipients[0]).not.toBe(user?.recipients[0]);
  });

  test('is another one after every kind of edit that concerns it', async () => {
    const { sql } = database;
    const clientId = await newClient();
    const versions: string[] = [];
    const note = async (): Promise<void> => {
      versions.push((await observe(clientId)).config?.version ?? 'none');
    };
    await note();
    await sql`update clients set version = version + 1 where id = ${clientId}`;
    await note();
    await sql`update profiles set version = version + 1 where id = (select profile_id from clients where id = ${clientId})`;
    await note();
    await sql`update resellers set version = version + 1 where id = 1`;
    await note();
    await sql`update clients set profile_id = ${await insertProfile(sql)} where id = ${clientId}`;
    await note();
    const [manager] = await sql`
      insert into resellers (id, parent_id, kind, name, path) values (50, 1, 'manager', 'Eve', '{1,50}') returning id`;
    await sql`update clients set manager_id = ${String(manager?.['id'])} where id = ${clientId}`;
    await note();
    await sql`update resellers set version = version + 1 where id = 50`;
    await note();
    const { id: grantId } = await lend(clientId, noon + minutes(1), noon + minutes(2));
    await note();
    const change = { requestId: 'ch', grantId, amount: '20', reason: 'less' };
    await changeTemporaryCredit(requesterAt(sql, noon, actor), clientId, change, { warningHours: 24 });
    await note();
    for (const step of ['start', 'revert'] as const) {
      const at = noon + minutes(step === 'start' ? 1 : 2);
      await advanceTemporaryCredit(requesterAt(sql, at, systemActor), clientId, grantId, step);
      await note();
    }
    const otherWorker = createLocalActivities(testDeps(sql, { monitor: { continueAfterChecks: 7 } }));
    versions.push((await otherWorker.observe({ clientId, at: noon, known: '', task: 1 })).config?.version ?? 'none');
    expect(new Set(versions).size).toBe(versions.length - 1);
    // Once the grant is over the version is the one from before it, and so is the configuration.
    expect(versions[10]).toBe(versions[6]);
  });
});

describe('many at once', () => {
  test('share one statement, and one bad row harms nobody else', async () => {
    const metrics = createMetrics({ process: false });
    const batching = createLocalActivities(testDeps(database.sql, { metrics }));
    const clients = await Promise.all(['1', '2', '3'].map((amount) => newClient({ balance: amount })));
    const asked = [...clients, 'no number'].map((clientId) =>
      batching.observe({ clientId, at: noon, known: '', task: 1 }),
    );
    const answers = await Promise.allSettled(asked);
    expect(answers.map((answer) => (answer.status === 'fulfilled' ? answer.value.live : 'refused'))).toEqual([
      '1',
      '2',
      '3',
      'refused',
    ]);
    const text = await metrics.text();
    expect(text).toMatch(/observe_batch_size_sum\S* 4\b/);
    expect(text).toMatch(/observe_batch_size_count\S* 1\b/);
  });

  test('an error says what failed, and nothing of the data', async () => {
    await expect(observe('secret')).rejects.toMatchObject({
      type: 'unavailable',
      message: expect.not.stringContaining('secret') as unknown,
    });
  });
});

describe('an unknown balance', () => {
  let answer: (id: string) => BalanceReading | UnknownBalance;
  const foreign: BalanceSource = {
    kind: 'http',
    read: async (clients): Promise<ReadResult> => new Map(clients.map(({ id }) => [id, answer(id)])),
    check: async () => undefined,
    close: async () => undefined,
  };
  const fault = async (clientId: string): Promise<unknown> =>
    (await database.sql`select source, reason, since from balance_faults where client_id = ${clientId}`)[0];

  test('is kept with its first moment and its last reason, until it is known', async () => {
    const watching = createLocalActivities(testDeps(database.sql, { balances: foreign }));
    const clientId = await newClient();
    const check = (at: number): Promise<ObserveResult> => watching.observe({ clientId, at, known: '', task: 1 });
    answer = () => ({ unknown: 'it answered HTTP 503' });
    expect(await check(noon)).not.toHaveProperty('live');
    await check(noon + minutes(1));
    expect(await fault(clientId)).toEqual({ source: 'http', reason: 'it answered HTTP 503', since: new Date(noon) });
    answer = () => ({ unknown: 'x'.repeat(600) });
    await check(noon + minutes(2));
    await check(noon + minutes(3));
    expect(await fault(clientId)).toEqual({ source: 'http', reason: 'x'.repeat(500), since: new Date(noon) });
    answer = () => ({ live: '5.00', currency: 'USD' });
    expect(await check(noon + minutes(4))).toMatchObject({ live: '5' });
    expect(await fault(clientId)).toBeUndefined();
  });

  test('of one client is nothing to another, and over where balances are our own', async () => {
    const watching = createLocalActivities(testDeps(database.sql, { balances: foreign }));
    const [known = '', unknown = ''] = await Promise.all([newClient(), newClient()]);
    answer = (id) => (id === known ? { live: '5.00', currency: 'USD' } : { unknown: 'not in the answer' });
    await Promise.all([known, unknown].map((clientId) => watching.observe({ clientId, at: noon, known: '', task: 1 })));
    expect([await fault(known), await fault(unknown)]).toEqual([
      undefined,
      { source: 'http', reason: 'not in the answer', since: new Date(noon) },
    ]);
    await observe(unknown);
    expect(await fault(unknown)).toBeUndefined();
  });
});
