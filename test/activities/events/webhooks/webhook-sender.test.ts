import { raiseEvent } from '../../../../src/storage/events/raise-event.js';
import { claimDeliveries } from '../../../../src/storage/events/webhooks/delivery-queue.js';
import { requeueDelivery } from '../../../../src/storage/events/webhooks/requeue.js';
import { resolveOpenEvents } from '../../../../src/storage/events/resolve-event.js';
import type { Sql } from '../../../../src/storage/system/database.js';
import { insertClient, insertOperator } from '../../../support/data/clients.js';
import { insertEvent } from '../../../support/data/events.js';
import { createTestDatabase, type TestDatabase } from '../../../support/database/postgres.js';
import { startReceiver, verify, type Receiver } from '../../../support/webhooks/receiver.js';
import { insertEndpoint, secret, senderParts, sendUntil } from '../../../support/webhooks/sender-parts.js';

let database: TestDatabase;
let sql: Sql;
let receiver: Receiver;
let parts: ReturnType<typeof senderParts>;
let endpointId: string;
let clientId: string;

beforeEach(async () => {
  database = await createTestDatabase();
  sql = database.sql;
  await insertOperator(sql);
  clientId = await insertClient(sql, Date.UTC(2026, 2, 1));
  receiver = await startReceiver();
  parts = senderParts(sql);
  endpointId = await insertEndpoint(sql, parts.cipher, { url: receiver.url });
}, 60_000);
afterEach(async () => {
  await receiver?.stop();
  await database?.drop();
});

interface Row {
  readonly id: string;
  readonly status: string;
  readonly attempts: number;
  readonly error: string | null;
  readonly sequence: string | null;
  readonly messageId: string;
  readonly waitSeconds: number;
}
const deliveries = (): Promise<Row[]> => sql<Row[]>`
  select id, status, attempts, error, sequence, message_id as "messageId",
    round(extract(epoch from next_attempt_at - now()))::float8 as "waitSeconds"
  from webhook_deliveries order by id`;
const lease = { total: 40, perEndpoint: 8, leaseMs: 60_000, stateSpacingMs: 10_000 };
const ended =
  (status: string, count = 1) =>
  async (): Promise<boolean> =>
    (await deliveries()).filter((row) => row.status === status).length >= count;
/** Ends the claims and waits that run. */
const later = (): Promise<unknown> => sql`
  update webhook_deliveries set next_attempt_at = now(), lease_until = case when lease_until is not null then now() end
  where status = 'pending'`;

describe('an event', () => {
  test('arrives signed, with its whole state, once it is raised and once it is resolved', async () => {
    const id = await insertEvent(sql, { clientId, paymentId: 'p-1', atMs: Date.UTC(2026, 2, 1, 10) });
    await insertEvent(sql, { clientId, paymentId: 'p-1' });
    await resolveOpenEvents(
      sql,
      { kind: 'payment.refused' },
      { reason: 'sent again', at: new Date('2026-03-02T10:00:00Z') },
    );
    await sendUntil(parts, ended('accepted', 2));
    for (const message of receiver.received) verify(secret, message);
    const [open, resolved] = receiver.received;
    expect(open?.headers).toMatchObject({ 'content-type': 'application/json', 'user-agent': 'Lowwater/test' });
    expect(open?.body).toEqual({
      type: 'payment.refused',
      timestamp: '2026-03-01T10:00:00Z',
      data: {
        sequence: 1,
        id,
        status: 'open',
        severity: 'warning',
        title: 'Payment rejected',
        detail: expect.stringContaining('Payment p-1 of 5.00 EUR was not recorded'),
        subject: { type: 'payment', id: 'p-1' },
        clientId,
        clientExternalId: null,
        clientName: 'Acme',
        resellerId: '1',
        resellerName: 'Operator',
        data: expect.objectContaining({ paymentId: 'p-1', reason: 'currency_mismatch' }),
        times: 1,
        firstAt: '2026-03-01T10:00:00Z',
        lastAt: '2026-03-01T10:00:00Z',
        resolvedAt: null,
        resolvedBy: null,
        resolvedReason: null,
      },
    });
    expect(resolved?.body.data).toMatchObject({
      sequence: 2,
      status: 'resolved',
      times: 2,
      resolvedReason: 'sent again',
    });
  });

  test('counts within its subject, and arrives in the order of the sequence', async () => {
    const other = await insertClient(sql, Date.UTC(2026, 2, 1));
    for (const n of [1, 2, 3]) {
      await insertEvent(sql, { clientId, paymentId: `a-${n}` });
      await insertEvent(sql, { clientId: other, paymentId: `b-${n}` });
    }
    await sendUntil(parts, ended('accepted', 6));
    const sequences = (client: string): unknown[] =>
      receiver.received.flatMap(({ body: { data } }) => (data['clientId'] === client ? [data['sequence']] : []));
    expect([sequences(clientId), sequences(other)]).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
  });

  test('that was rolled back is not sent', async () => {
    await sql
      .begin(async (tx) => {
        await insertEvent(tx as unknown as Sql, { clientId });
        throw new Error('no');
      })
      .catch(() => undefined);
    expect(await deliveries()).toEqual([]);
  });

  test('reaches the endpoints that chose its kind, of its reseller and above', async () => {
    const [own, foreign] = await sql<{ id: string }[]>`
      insert into resellers (id, parent_id, kind, name, path)
      values (2, 1, 'reseller', 'Own', '{1,2}'), (3, 1, 'reseller', 'Other', '{1,3}') returning id`;
    const made = (name: string, resellerId: string, kinds: readonly ('payment.refused' | 'rate.missing')[]) =>
      insertEndpoint(sql, parts.cipher, { url: receiver.url, name, resellerId, kinds });
    const ownId = await made('own', own?.id ?? '', ['payment.refused']);
    await made('other', foreign?.id ?? '', ['payment.refused']);
    await made('rates', own?.id ?? '', ['rate.missing']);
    await sql`update clients set reseller_id = 2 where id = ${clientId}`;
    await insertEvent(sql, { clientId });
    const rows = await sql<{ id: string }[]>`select endpoint_id as id from webhook_deliveries order by 1`;
    expect(rows.map(({ id }) => id)).toEqual([endpointId, ownId]);
    // Of the whole installation: the operator alone.
    await sql`delete from webhook_deliveries`;
    await raiseEvent(sql, {
      kind: 'rate.missing',
      cause: 'EUR/USD',
      subjectId: 'EUR/USD',
      clientId: null,
      resellerId: null,
      data: {},
      atMs: Date.now(),
    });
    const whole = await sql<{ id: string; subject: string }[]>`
      select endpoint_id as id, subject from webhook_deliveries`;
    expect(whole).toEqual([{ id: endpointId, subject: 'currency_pair EUR/USD' }]);
  });
});

describe('a failure', () => {
  test('is retried with the waits of Standard Webhooks, then given up, each attempt in the log', async () => {
    receiver.answer = (response) => void response.writeHead(503).end('busy');
    await insertEvent(sql, { clientId });
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 10; attempt++) {
      await sendUntil(parts, async () => {
        const [row] = await deliveries();
        const [open] = await sql`select 1 from webhook_attempts where duration_ms is null`;
        return row?.attempts === attempt && !open;
      });
      const [row] = await deliveries();
      if (row?.status === 'pending') waits.push(row.waitSeconds);
      await later();
    }
    const [last] = await deliveries();
    expect(last).toMatchObject({ status: 'failed', attempts: 10, error: 'status 503' });
    const least = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400];
    expect(waits).toHaveLength(least.length);
    for (const [index, wait] of waits.entries()) {
      expect(wait).toBeGreaterThan((least[index] ?? 0) - 5);
      expect(wait).toBeLessThanOrEqual(1.1 * (least[index] ?? 0) + 1);
    }
    const log = await sql`
      select number, response_status, error, response_body from webhook_attempts order by number`;
    expect(log).toHaveLength(10);
    expect(log[0]).toEqual({ number: 1, response_status: 503, error: 'status 503', response_body: 'busy' });
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(receiver.received.map(({ text }) => text)).size).toBe(1);
  });

  test('is what a redirect is: it is not followed', async () => {
    receiver.answer = (response, { path }) =>
      void response.writeHead(path === '/hooks' ? 307 : 204, { location: '/elsewhere' }).end();
    await insertEvent(sql, { clientId });
    await sendUntil(parts, async () => (await deliveries())[0]?.error !== null);
    expect((await deliveries())[0]?.error).toBe('status 307: redirects are not followed');
    expect(receiver.received.map(({ path }) => path)).toEqual(['/hooks']);
  });

  test('is what a receiver is that does not respond in time, and it holds up no other endpoint', async () => {
    const healthy = await startReceiver();
    await insertEndpoint(sql, parts.cipher, { url: healthy.url, name: 'Healthy' });
    receiver.answer = () => undefined;
    await insertEvent(sql, { clientId });
    await sendUntil({ ...parts, timeoutMs: 300 }, async () => (await deliveries())[0]?.error !== null);
    expect((await deliveries())[0]?.error).toBe('no response within 0.3 s');
    expect(healthy.received).toHaveLength(1);
    await healthy.stop();
  });

  test('is what a body is that does not end: the status counts, and a kilobyte of it is kept', async () => {
    receiver.answer = (response) => void response.writeHead(500).write(`\0${'x'.repeat(100_000)}`);
    await insertEvent(sql, { clientId });
    await sendUntil(parts, async () => (await deliveries())[0]?.error !== null);
    const [log] = await sql<{ body: string }[]>`select response_body as body from webhook_attempts`;
    expect(log?.body).toBe('x'.repeat(1023));
  });

  test('is what an address inside is: nothing is sent to it', async () => {
    await insertEvent(sql, { clientId });
    await sendUntil({ ...parts, guard: { allowLoopback: false } }, async () => (await deliveries())[0]?.error !== null);
    expect((await deliveries())[0]?.error).toBe('the URL must start with https://');
    expect(receiver.received).toEqual([]);
  });
});

describe('a worker that dies', () => {
  test('between the request and its record has it sent again, with the same id', async () => {
    await insertEvent(sql, { clientId });
    // What a worker does until it is killed: it claims, it sends, and records nothing.
    const broken = { ...parts, sql: failingAfterClaim(sql) };
    await sendUntil(broken, async () => receiver.received.length === 1);
    expect(await deliveries()).toMatchObject([{ status: 'pending', attempts: 1 }]);
    await later();
    await sendUntil(parts, ended('accepted'));
    const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
    expect(ids).toEqual([ids[0], ids[0]]);
    expect(await deliveries()).toMatchObject([{ status: 'accepted', attempts: 2, messageId: ids[0] }]);
    const log = await sql`select number, duration_ms is null as lost from webhook_attempts order by number`;
    expect(log).toEqual([
      { number: 1, lost: true },
      { number: 2, lost: false },
    ]);
  });

  test('before the request loses nothing: its claim ends', async () => {
    await insertEvent(sql, { clientId });
    expect(await claimDeliveries(sql, lease)).toHaveLength(1);
    expect(await claimDeliveries(sql, lease)).toEqual([]);
    await later();
    await sendUntil(parts, ended('accepted'));
    expect(receiver.received).toHaveLength(1);
  });
});

describe('an endpoint', () => {
  test('that answers 410 is disabled with an event, and what waits is kept', async () => {
    receiver.answer = (response) => void response.writeHead(410).end();
    await insertEvent(sql, { clientId, paymentId: 'p-1' });
    await sendUntil(parts, async () => (await deliveries())[0]?.status === 'failed');
    const [row] = await sql`select enabled, disabled_by, last_outcome from webhook_endpoints where id = ${endpointId}`;
    expect(row).toEqual({ enabled: false, disabled_by: 'gone', last_outcome: 'failed' });
    const [event] = await sql`select subject_id, data from events where kind = 'webhook.disabled'`;
    expect(event).toMatchObject({ subject_id: endpointId, data: { endpoint: 'Switch', lastError: 'status 410' } });
    await insertEvent(sql, { clientId, paymentId: 'p-2' });
    expect((await deliveries()).map(({ status }) => status)).toEqual(['failed', 'skipped', 'skipped']);
  });

  test('at which every attempt failed for five days is disabled, not before', async () => {
    receiver.answer = (response) => void response.writeHead(500).end();
    const enabled = async (): Promise<unknown> =>
      (await sql`select enabled, disabled_by from webhook_endpoints where id = ${endpointId}`)[0];
    await insertEvent(sql, { clientId, paymentId: 'p-1' });
    await sendUntil(parts, async () => (await deliveries())[0]?.error !== null);
    expect(await enabled()).toEqual({ enabled: true, disabled_by: null });
    await sql`update webhook_endpoints set failing_since = now() - interval '121 hours'`;
    await later();
    await sendUntil(parts, async () => (await sql`select 1 from webhook_endpoints where not enabled`).length === 1);
    expect(await enabled()).toEqual({ enabled: false, disabled_by: 'failing' });
  });

  test('signs with the secret before too, until its time is over', async () => {
    const newer = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
    const [place] = await sql<{ place: string }[]>`select secret_place as place from webhook_endpoints`;
    const sealed = parts.cipher.encrypt(newer, place?.place ?? '');
    await sql`update webhook_endpoints set secrets = array[${sealed}::bytea, secrets[1]], older_until = now() + interval '1 hour'`;
    await insertEvent(sql, { clientId });
    await sendUntil(parts, ended('accepted'));
    const [both] = receiver.received;
    if (!both) throw new Error('nothing arrived');
    verify(newer, both);
    verify(secret, both);
    await sql`update webhook_endpoints set older_until = now() - interval '1 second'`;
    await insertEvent(sql, { clientId, paymentId: 'p-2' });
    await sendUntil(parts, ended('accepted', 2));
    const last = receiver.received[1];
    if (!last) throw new Error('nothing arrived');
    verify(newer, last);
    expect(() => verify(secret, last)).toThrow('No matching signature found');
  });

  test('receives a delivery again on request, under the same id, with its retries started over', async () => {
    receiver.answer = (response) => void response.writeHead(500).end();
    await insertEvent(sql, { clientId });
    await sendUntil(parts, async () => (await deliveries())[0]?.error !== null);
    const [row] = await deliveries();
    await sql`update webhook_deliveries set status = 'failed', attempts = 10, ended_at = now()`;
    receiver.answer = (response) => void response.writeHead(202).end();
    await sql.begin((tx) => requeueDelivery(tx, row?.id ?? ''));
    await sendUntil(parts, ended('accepted'));
    expect(await deliveries()).toMatchObject([{ attempts: 11, messageId: row?.messageId, sequence: '1' }]);
    expect(await parts.metrics.text()).toContain('lowwater_webhook_attempts_total{outcome="accepted"} 1');
  });
});

/** Fails at recording an outcome, as a killed worker does. */
function failingAfterClaim(real: Sql): Sql {
  let claims = 0;
  return new Proxy(real, {
    get(target, name) {
      const value = Reflect.get(target, name) as unknown;
      if (name !== 'begin') return value;
      return (...args: unknown[]) => {
        claims += 1;
        if (claims > 1 && receiver.received.length > 0) throw new Error('killed');
        return (value as (...given: unknown[]) => unknown).apply(target, args);
      };
    },
  });
}
