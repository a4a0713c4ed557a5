import type { CapacityDecision } from '../../../../src/domain/monitoring/actions/capacity.js';
import { writeCapacity } from '../../../../src/storage/monitoring/rule-effects.js';
import { requeueDelivery } from '../../../../src/storage/events/webhooks/requeue.js';
import type { Sql } from '../../../../src/storage/system/database.js';
import { inTransaction } from '../../../../src/storage/system/transaction.js';
import { insertClient, insertOperator } from '../../../support/data/clients.js';
import { createTestDatabase, type TestDatabase } from '../../../support/database/postgres.js';
import { startReceiver, type Receiver } from '../../../support/webhooks/receiver.js';
import { insertEndpoint, senderParts, sendUntil } from '../../../support/webhooks/sender-parts.js';

/** A switch that receives capacities: the newest of each client, and not more often than it can apply them. */

let database: TestDatabase;
let sql: Sql;
let receiver: Receiver;
let parts: ReturnType<typeof senderParts>;
let clientId: string;

beforeEach(async () => {
  database = await createTestDatabase();
  sql = database.sql;
  await insertOperator(sql);
  clientId = await insertClient(sql, Date.UTC(2026, 2, 1));
  receiver = await startReceiver();
  parts = senderParts(sql);
  await insertEndpoint(sql, parts.cipher, { url: receiver.url, kinds: ['capacity.reduced', 'capacity.restored'] });
}, 60_000);
afterEach(async () => {
  await receiver?.stop();
  await database?.drop();
});

const decided = (capacity: number | null, minute: number, of = clientId): Promise<unknown> =>
  inTransaction(sql, (tx) => writeCapacity(tx, of, decision(capacity, minute)));

function decision(capacity: number | null, minute: number): CapacityDecision {
  const applied = capacity !== null;
  const cause = applied ? 'below_threshold' : 'recovered';
  const amounts = { available: '4.99', threshold: '5.00', restoreAt: null };
  return { applied, capacity, normal: null, cause, at: Date.UTC(2026, 2, 1, 10, minute), ...amounts };
}

interface State {
  readonly status: string;
  readonly capacity: string;
}
const states = (): Promise<State[]> => sql<State[]>`
  select status, event -> 'data' ->> 'capacity' as capacity from webhook_deliveries where is_state order by id`;
const none = async (status: string): Promise<boolean> => (await states()).every((one) => one.status !== status);
const received = (): unknown[] =>
  receiver.received.flatMap(({ body: { data } }) =>
    data['status'] === 'open' ? [(data['data'] as { capacity: string }).capacity] : [],
  );

test('of the capacities that wait only the newest is sent', async () => {
  await decided(3, 1);
  await decided(2, 2);
  await decided(null, 3);
  const other = await insertClient(sql, Date.UTC(2026, 2, 1));
  await decided(7, 4, other);
  await sendUntil(parts, () => none('pending'));
  expect(received().sort()).toEqual(['7', 'unlimited']);
  expect(await states()).toEqual([
    { status: 'superseded', capacity: '3' },
    { status: 'superseded', capacity: '2' },
    { status: 'accepted', capacity: 'unlimited' },
    { status: 'accepted', capacity: '7' },
  ]);
});

test('one that was not accepted is not sent again when a newer one is queued', async () => {
  receiver.answer = (response) => void response.writeHead(503).end();
  await decided(3, 1);
  await sendUntil(parts, async () => receiver.received.length > 0);
  receiver.answer = (response) => void response.writeHead(204).end();
  await decided(2, 2);
  await sendUntil({ ...parts, stateSpacingMs: 0 }, () => none('pending'));
  expect(received()).toEqual(['3', '2']);
  expect(await states()).toEqual([
    { status: 'superseded', capacity: '3' },
    { status: 'accepted', capacity: '2' },
  ]);
});

test('one that a person sends again although a newer one has arrived is superseded', async () => {
  await decided(3, 1);
  await decided(2, 2);
  await sendUntil(parts, () => none('pending'));
  const [old] = await sql<{ id: string }[]>`select id from webhook_deliveries where is_state order by id limit 1`;
  await inTransaction(sql, (tx) => requeueDelivery(tx, old?.id ?? ''));
  await sendUntil(parts, () => none('pending'));
  expect(received()).toEqual(['2']);
});

test('a client at its threshold sends no second state until the time between two has passed', async () => {
  await decided(3, 1);
  await sendUntil(parts, () => none('pending'));
  await decided(null, 2);
  // Another event of the client is not held back, so that the sender has worked since.
  const before = receiver.received.length;
  await sendUntil({ ...parts, stateSpacingMs: 3_600_000 }, async () => receiver.received.length > before);
  expect(received()).toEqual(['3']);
  await decided(2, 3);
  await sendUntil({ ...parts, stateSpacingMs: 0 }, () => none('pending'));
  expect(received()).toEqual(['3', '2']);
  expect(await states()).toEqual([
    { status: 'accepted', capacity: '3' },
    { status: 'superseded', capacity: 'unlimited' },
    { status: 'accepted', capacity: '2' },
  ]);
});
