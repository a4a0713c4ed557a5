import type { Operation } from '../../../src/api/contract/operation.js';
import { AnswerBound, watchAbandoned } from '../../../src/api/http/answer-bound.js';
import { operations } from '../../../src/api/operations/index.js';
import { nullLogger } from '../../../src/observability/logger.js';
import { fleetNumbers } from '../../../src/storage/monitoring/fleet-numbers.js';
import { startTestApi, type CallOptions, type Reply, type TestApi } from '../../support/api/api.js';
import { cutLine, type CutLine } from '../../support/mail/cut-line.js';
import { asUser, makePerson } from '../../support/data/people.js';
import { asPanel, makePanelClient } from '../../support/panel/panel-api.js';
import { createTestDatabase } from '../../support/database/postgres.js';

// Over a hundred requests at once take a while where the machine has much else to do.
jest.setTimeout(180_000);

/** A database that takes requests and does not respond, as one whose machine or disk hangs. */

let line: CutLine;
let api: TestApi;
let session: CallOptions;
let panel: CallOptions;
let clientId: string;

/** Of requests that wait: their time is over when a test says so. */
const timers = new Map<() => void, number>();

async function waiting(requests: number): Promise<void> {
  while (timers.size < requests) await new Promise((resolve) => setTimeout(resolve, 10));
}

function timeIsOver(): void {
  for (const run of timers.keys()) run();
}

function startTimer(run: () => void, ms: number): () => void {
  timers.set(run, ms);
  return () => timers.delete(run);
}

let stallingText: string | null = null;
let stalled: () => void = () => undefined;

/** The database stops responding when a statement with this text is about to be sent; resolves then. */
function stallAt(text: string): Promise<void> {
  stallingText = text;
  return new Promise((resolve) => (stalled = resolve));
}

function onStatement(text: string): void {
  if (stallingText === null || !text.includes(stallingText)) return;
  stallingText = null;
  line.stall();
  stalled();
}

beforeAll(async () => {
  const database = await createTestDatabase();
  const direct = new URL(database.url);
  line = await cutLine({ host: direct.hostname, port: Number(direct.port) });
  const proxied = new URL(database.url);
  proxied.host = `127.0.0.1:${line.port}`;
  api = await startTestApi(
    { SECRET_KEY: Buffer.alloc(32, 7).toString('base64'), PUBLIC_URL: 'https://lowwater.example' },
    { database: { ...database, apiUrl: proxied.href }, startTimer, onStatement },
  );
  api.context.metrics.collectFleet(() => fleetNumbers(api.context.sql));
  session = await asUser(api, (await makePerson(api, 'admin')).id);
  panel = await asPanel(api, (await makePanelClient(api)).id);
  clientId = (await api.post('/v1/clients', { name: 'Customer A', currency: 'USD' })).body.id;
});
afterEach(() => line.mend());
afterAll(async () => {
  line.mend();
  await api.stop();
  await line.stop();
});

/** Health, metrics, and documents answer without the database. */
const answersAlone = ['livez', 'readyz', 'metrics', 'openapi', 'readLoginMethods'];
/** Without a provider, these answer that there is none: test/api/access/openid has one. */
const needProvider = ['beginOpenIdLogin', 'completeOpenIdLogin', 'endOpenIdSessions'];

function ask(operation: Operation): Promise<Reply> {
  const address = operation.path
    .replace('{key}', 'user')
    .replace('{hook}', 'a'.repeat(32))
    .replace(/\{\w+\}/g, '1');
  const options = operation.isPanel ? panel : operation.sessionOnly ? session : {};
  const headers = { ...options.headers, 'If-Match': '*', ...(operation.id === 'openStream' && stream) };
  const body = operation.request.body ? operation.example : undefined;
  return api.call(operation.method.toUpperCase(), address, body, { ...options, headers });
}
const stream = { Accept: 'text/event-stream' };

/** The database responds again, and what was given up has ended. A connection kept open may just have been closed. */
async function mended(): Promise<void> {
  line.mend();
  const isUp = (): Promise<boolean> =>
    api.get('/v1/meta').then(
      ({ status }) => status === 200,
      () => false,
    );
  while (!(await isUp()));
}

test('every operation is answered with 503 and when to retry, and answers again afterwards', async () => {
  line.stall();
  const asked = operations.filter(({ id }) => ![...answersAlone, ...needProvider].includes(id));
  let isOver = false;
  const early: string[] = [];
  const answers = Promise.all(
    asked.map(async (operation) => {
      const reply = await ask(operation);
      if (!isOver) early.push(`${operation.id} ${reply.status}`);
      return reply;
    }),
  );
  while (timers.size + early.length < asked.length) await new Promise((resolve) => setTimeout(resolve, 10));
  // Whatever does not ask the database first says so here.
  expect(early).toEqual([]);
  // What is left of ten seconds after whatever was waited for before.
  for (const ms of timers.values()) expect([ms > 0, ms <= 10_000]).toEqual([true, true]);
  isOver = true;
  timeIsOver();
  const replies = await answers;
  for (const reply of replies) {
    expect(reply).toBeProblem(503, 'database_unavailable');
    expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
  }
  await mended();
});

test('further requests are refused at once while too many wait', async () => {
  line.stall();
  const givenUp = Promise.all(Array.from({ length: 20 }, () => api.get('/v1/profiles')));
  await waiting(20);
  timeIsOver();
  await givenUp;
  const sent = api.temporal.calls.length;
  const reply = await api.get('/v1/profiles');
  expect(reply).toBeProblem(503, 'database_unavailable');
  expect(reply.body.detail).toBe('the database does not respond');
  expect(api.temporal.calls).toHaveLength(sent);
  await mended();
  expect(await api.get('/v1/profiles')).toHaveStatus(200);
});

test('metrics come without the numbers of the fleet, health says what it knows', async () => {
  line.stall();
  const { status, text } = await api.get('/metrics');
  expect(status).toBe(200);
  expect(text).toContain('lowwater_http_request_duration_seconds_count');
  expect(text).not.toContain('\nlowwater_outbox_depth ');
  expect(await api.get('/livez')).toHaveStatus(200);
  expect((await api.get('/readyz?verbose')).body).toMatchObject({
    ready: false,
    checks: expect.arrayContaining([{ name: 'database', ok: false, detail: 'no answer in 3 s' }]),
  });
  await mended();
  while (!(await api.get('/metrics')).text.includes('\nlowwater_outbox_depth '));
});

/** Something waits for a lock. */
async function locked(): Promise<void> {
  for (;;) {
    const rows = await api.sql`
      select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    if (rows.length > 0) return;
  }
}

test('a change that was not committed in time is not made, and can be repeated with its key', async () => {
  const payment = { id: 'p-1', clientId, amount: '5.00', currency: 'USD' };
  const headers = { 'Idempotency-Key': 'k-1' };
  const holder = await api.sql.reserve();
  await holder`begin`;
  await holder`lock table balances in access exclusive mode`;
  const late = api.post('/v1/payments', payment, { headers });
  await locked();
  timeIsOver();
  expect(await late).toBeProblem(503, 'database_unavailable');
  await holder`commit`;
  holder.release();
  let repeated = await api.post('/v1/payments', payment, { headers });
  while (repeated.status === 409) repeated = await api.post('/v1/payments', payment, { headers });
  expect(repeated).toHaveStatus(201);
  expect(repeated.headers.get('idempotency-replayed')).toBeNull();
});

test('a change whose commit was not confirmed is pending; its key gives the outcome', async () => {
  const payment = { id: 'p-2', clientId, amount: '5.00', currency: 'USD' };
  const headers = { 'Idempotency-Key': 'k-2' };
  const committing = stallAt('commit');
  const sent = api.post('/v1/payments', payment, { headers });
  await committing;
  timeIsOver();
  const pending = await sent;
  expect(pending).toBeProblem(503, 'outcome_pending');
  expect(pending.headers.get('retry-after')).toBe('5');
  line.mend();
  let repeated = await api.post('/v1/payments', payment, { headers });
  while (repeated.status === 409) repeated = await api.post('/v1/payments', payment, { headers });
  expect(repeated).toHaveStatus(201);
  expect(repeated.headers.get('idempotency-replayed')).toBe('true');
});

const client = (n: number): object => ({ name: `Customer ${n}`, currency: 'USD' });

test('a commit whose connection is lost is pending; a lost connection before it is not', async () => {
  const committing = stallAt('commit');
  const sent = api.post('/v1/clients', { name: 'Customer B', currency: 'USD' });
  await committing;
  line.cut();
  expect(await sent).toBeProblem(503, 'outcome_pending');
  line.mend();
  const inserting = stallAt('insert into clients');
  const early = api.post('/v1/clients', { name: 'Customer C', currency: 'USD' });
  await inserting;
  line.cut();
  expect(await early).toBeProblem(503, 'database_unavailable');
  line.mend();
  // Every connection of the pool comes back, also the one that was lost in the middle of a transaction.
  const several = (): Promise<Reply[]> =>
    Promise.all(Array.from({ length: 40 }, (_, n) => api.post('/v1/clients', client(n))));
  while ((await several()).some(({ status }) => status !== 201));
});

test('a file that is sent while it is read is broken off when no more comes', async () => {
  const bound = new AnswerBound(watchAbandoned(nullLogger), 'r-1', startTimer);
  async function* rows(): AsyncGenerator<number> {
    yield 1;
    await new Promise<never>(() => undefined);
  }
  const read: number[] = [];
  const reading = (async () => {
    for await (const row of bound.each(rows())) read.push(row);
  })();
  while (read.length === 0 || timers.size === 0) await new Promise((resolve) => setImmediate(resolve));
  timeIsOver();
  await expect(reading).rejects.toMatchObject({ code: 'database_unavailable' });
  expect(read).toEqual([1]);
});
