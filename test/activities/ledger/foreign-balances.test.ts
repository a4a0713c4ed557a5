import { claimCreditNotification } from '../../../src/activities/notifications/claim-notification.js';
import { createLocalActivities } from '../../../src/activities/index.js';
import type { BalanceSource, ReadResult } from '../../../src/balances/source.js';
import type { ObserveResult } from '../../../src/contract/monitor.js';
import { registerBalanceSource, writeReadings } from '../../../src/storage/monitoring/balance-source.js';
import { readDelivery } from '../../../src/storage/notifications/deliveries.js';
import { publishMonitor } from '../../../src/storage/monitoring/monitor-publish.js';
import { expandFleetSignals } from '../../../src/storage/monitoring/outbox.js';
import { grantTemporaryCredit } from '../../../src/services/credit/grant-temporary-credit.js';
import { testDeps } from '../../support/monitoring/activity-deps.js';
import { insertClient, insertOperator } from '../../support/data/clients.js';
import { createTestDatabase, type TestDatabase } from '../../support/database/postgres.js';
import { requesterAt } from '../../support/data/requester.js';

/** Balances from an external source are stored for lists and emails, and removed with the source. */

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
  await insertOperator(database.sql);
}, 60_000);
afterEach(() => database?.drop());

const noon = Date.parse('2026-03-02T12:00:00Z');
const minutes = (n: number): number => n * 60_000;

/** by client id; who is not there is unknown */
let told: Record<string, string> = {};
let isDown = false;
const source: BalanceSource = {
  kind: 'http',
  read: async (clients): Promise<ReadResult> =>
    new Map(
      clients.map(({ id, currency }) => {
        const live = told[id];
        const unknown = isDown ? ({ unknown: 'it does not answer', sourceDown: true } as const) : null;
        return [id, unknown ?? (live === undefined ? { unknown: 'not in the answer' } : { live, currency })];
      }),
    ),
  check: async () => undefined,
  close: async () => undefined,
};

async function observe(clientIds: readonly string[], at = noon): Promise<ObserveResult[]> {
  const watching = createLocalActivities(testDeps(database.sql, { balances: source }));
  return Promise.all(clientIds.map((clientId) => watching.observe({ clientId, at, known: '', task: 1 })));
}

async function kept(): Promise<unknown[]> {
  return [
    ...(await database.sql`
      select client_id as id, source_live as live, source_read_at as at from balances where source_read_at is not null order by client_id`),
  ];
}

/** How many monitors get a signal to read their balance. */
async function signals(): Promise<number> {
  await expandFleetSignals(database.sql);
  return (await database.sql`select 1 from outbox where kind = 'balanceChanged'`).length;
}

test('a batch keeps what it was told in one statement, and what was not told as unknown', async () => {
  const clients = [await insertClient(database.sql, noon), await insertClient(database.sql, noon)] as const;
  const [known, unknown] = clients;
  const gone = await insertClient(database.sql, noon);
  await database.sql`update clients set status = 'deleted' where id = ${gone}`;
  told = { [known]: '7.500000', [gone]: '1.00' };
  await observe([...clients, gone]);
  expect(await kept()).toEqual([
    { id: known, live: '7.500000', at: new Date(noon) },
    { id: unknown, live: null, at: new Date(noon) },
  ]);
  told = { [unknown]: '-3.00' };
  await observe(clients, noon + minutes(1));
  expect(await kept()).toEqual([
    { id: known, live: null, at: new Date(noon + minutes(1)) },
    { id: unknown, live: '-3.000000', at: new Date(noon + minutes(1)) },
  ]);
  const faults = await database.sql`select client_id as id from balance_faults`;
  expect([...faults]).toEqual([{ id: known }]);
});

test('a reading that comes late does not take the place of a later one', async () => {
  const clientId = await insertClient(database.sql, noon);
  await writeReadings(database.sql, [{ clientId, live: '2' }], noon + 1000);
  await writeReadings(database.sql, [{ clientId, live: '1' }], noon);
  expect(await kept()).toEqual([{ id: clientId, live: '2.000000', at: new Date(noon + 1000) }]);
});

test('open pages are told of a balance that moved, and of no reading that says the same', async () => {
  const [moved, same] = [await insertClient(database.sql, noon), await insertClient(database.sql, noon)];
  const told: string[] = [];
  const { unlisten } = await database.sql.listen('lowwater_changes', (text) => told.push(text));
  const read = (live: string, at: number): Promise<void> =>
    writeReadings(
      database.sql,
      [
        { clientId: moved, live },
        { clientId: same, live: '5' },
      ],
      at,
    );
  await read('1', noon);
  await read('2', noon + 1);
  await database.sql.notify('lowwater_changes', 'end');
  while (!told.includes('end')) await new Promise((resolve) => setImmediate(resolve));
  const of = (id: string): string => `client.changed ${id} ${id} -`;
  expect(told.sort()).toEqual([of(moved), of(moved), of(same), 'end'].sort());
  await unlisten();
});

test('another source forgets what the last one said, and has every monitor look; the same again changes nothing', async () => {
  const clientId = await insertClient(database.sql, noon);
  const gone = await insertClient(database.sql, noon);
  await database.sql`update clients set status = 'deleted' where id = ${gone}`;
  expect(await registerBalanceSource(database.sql, 'ledger')).toBe(false);
  expect(await signals()).toBe(0);
  expect(await registerBalanceSource(database.sql, 'http')).toBe(true);
  expect(await signals()).toBe(1);
  told = { [clientId]: '7.50' };
  await observe([clientId]);
  expect(await registerBalanceSource(database.sql, 'http')).toBe(false);
  expect(await kept()).toHaveLength(1);
  told = {};
  await observe([clientId], noon + 1);
  expect(await registerBalanceSource(database.sql, 'ledger')).toBe(true);
  expect(await kept()).toEqual([]);
  expect(await database.sql`select 1 from balance_faults`).toHaveLength(0);
});

test('the return of the source is recorded once for the fleet, and signals those whose balance is unknown', async () => {
  const { sql } = database;
  await registerBalanceSource(sql, 'http');
  const clients = [];
  for (let n = 0; n < 4; n++) clients.push(await insertClient(sql, noon));
  const [first, second, third, fourth] = clients as [string, string, string, string];
  told = { [first]: '1', [second]: '1', [third]: '1', [fourth]: '1' };
  await observe([fourth]);
  await sql`delete from outbox`;
  isDown = true;
  await observe([first, second, third], noon + minutes(1));
  await observe([first, second], noon + minutes(2));
  isDown = false;
  await observe([fourth], noon + minutes(3));
  expect(await signals()).toBe(0);
  // Two readers notice at the same time; those of the batch know already.
  await Promise.all([observe([first], noon + minutes(4)), observe([second], noon + minutes(4))]);
  const rows = await sql`select client_id, audience, kind, origin from outbox`;
  expect([...rows]).toEqual([
    { client_id: null, audience: 'balance_unknown', kind: 'balanceChanged', origin: 'fleet' },
  ]);
  expect(await signals()).toBe(1);
  const [row] = await sql`select client_id from outbox`;
  expect(row).toEqual({ client_id: third });
  await observe([third], noon + minutes(5));
  expect(await signals()).toBe(1);
});

test('the own ledger, which stands at zero, wakes no monitor under a foreign source', async () => {
  const clientId = await insertClient(database.sql, noon);
  const publish = (below: string): Promise<void> =>
    publishMonitor(database.sql, {
      ...{ clientId, at: noon, state: 'ok', nextCheckAt: noon + minutes(60), nextWakeAt: null, lastCheckAt: noon },
      ...{ rules: {}, verdicts: [], available: '500.00', pausedBy: null, silences: {}, wake: { below, above: null } },
      records: [],
    });
  await registerBalanceSource(database.sql, 'http');
  await database.sql`delete from outbox`;
  await publish('50.00');
  expect(await signals()).toBe(0);
  await registerBalanceSource(database.sql, 'ledger');
  await database.sql`delete from outbox`;
  await publish('60.00');
  expect(await signals()).toBe(1);
});

test('a mail about a credit says the foreign balance, and nothing of one that is unknown', async () => {
  const deps = testDeps(database.sql, { balances: source });
  await registerBalanceSource(database.sql, 'http');
  const clients = [await insertClient(database.sql, noon), await insertClient(database.sql, noon)] as const;
  told = { [clients[0]]: '7.50' };
  await observe(clients);
  const texts: string[] = [];
  for (const clientId of clients) {
    const validUntil = new Date(noon + minutes(60 * 48)).toISOString();
    const wish = { requestId: 'r', amount: '30', validUntil, reason: 'late transfer' };
    const { id: grantId } = await grantTemporaryCredit(requesterAt(database.sql, noon), clientId, wish, {
      warningHours: 24,
    });
    const claimed = await claimCreditNotification(deps, {
      clientId,
      grantId,
      seq: 1,
      kind: 'credit_expiring',
      number: 1,
      at: noon,
    });
    const delivery = await readDelivery(database.sql, claimed?.pending[0] ?? '');
    texts.push(delivery?.text ?? '');
  }
  expect(texts[0]).toContain('37.50 USD');
  expect(texts[1]).not.toMatch(/available|remain/i);
  expect(texts[1]).toContain('Your temporary credit ends on');
});
