import { bookkeepingActivities } from '../../../src/activities/monitoring/records.js';
import type { RecordRefillInput } from '../../../src/contract/refills.js';
import { createRate } from '../../../src/services/rates/create-rate.js';
import { deleteMailTemplate } from '../../../src/services/templates/delete-mail-template.js';
import { replaceMailTemplate } from '../../../src/services/templates/replace-mail-template.js';
import { signalForEffectiveRates } from '../../../src/storage/rates/exchange-rates.js';
import type { Sql } from '../../../src/storage/system/database.js';
import { registerBalanceSource } from '../../../src/storage/monitoring/balance-source.js';
import { raiseSourceFailure } from '../../../src/storage/events/source-state.js';
import { raiseFailedTemplate } from '../../../src/storage/events/failed-template.js';
import { raiseEvent, raiseEvents, type NewEvent } from '../../../src/storage/events/raise-event.js';
import { resolveOpenEvents } from '../../../src/storage/events/resolve-event.js';
import { removeOld } from '../../../src/storage/system/retention.js';
import { testDeps } from '../../support/monitoring/activity-deps.js';
import { requesterAt } from '../../support/data/requester.js';
import { insertClient, insertOperator, operatorId } from '../../support/data/clients.js';
import { createTestDatabase, type TestDatabase } from '../../support/database/postgres.js';
import { testRequester } from '../../support/data/requester.js';

let database: TestDatabase;
let sql: Sql;
beforeEach(async () => {
  database = await createTestDatabase();
  sql = database.sql;
  await insertOperator(sql);
}, 60_000);
afterEach(() => database?.drop());

const at = Date.UTC(2026, 2, 1, 10);

function stuck(cause: string, more: Partial<NewEvent> = {}): NewEvent {
  return {
    kind: 'monitor.stuck',
    cause,
    subjectId: cause,
    clientId: null,
    resellerId: null,
    data: { reason: 'no worker' },
    atMs: at,
    ...more,
  };
}

interface Line {
  readonly kind: string;
  readonly subject: string;
  readonly times: number;
  readonly open: boolean;
}

async function lines(): Promise<Line[]> {
  return sql<Line[]>`
    select kind, subject_id as subject, times, resolved_at is null as open from events order by id`;
}

describe('the events log', () => {
  test('raises the count of what is open, and keeps what it had', async () => {
    const first = await raiseEvent(sql, stuck('7'));
    const again = await raiseEvent(sql, stuck('7', { data: { reason: 'other' }, atMs: at + 5000 }));
    expect([first.isNew, again.isNew, again.id]).toEqual([true, false, first.id]);
    const [row] = await sql`select times, data, severity, first_at as "firstAt", last_at as "lastAt" from events`;
    expect(row).toEqual({
      times: 2,
      data: { reason: 'no worker' },
      severity: 'critical',
      firstAt: new Date(at),
      lastAt: new Date(at + 5000),
    });
  });

  test('opens a new entry after the last was resolved', async () => {
    await raiseEvent(sql, stuck('7'));
    await resolveOpenEvents(
      sql,
      { kind: 'monitor.stuck', cause: '7' },
      { reason: 'evaluates again', at: new Date(at) },
    );
    await raiseEvent(sql, stuck('7'));
    expect(await lines()).toMatchObject([
      { times: 1, open: false },
      { times: 1, open: true },
    ]);
    const [row] = await sql`select resolved_by as by, resolved_reason as reason from events order by id limit 1`;
    expect(row).toEqual({ by: 'system', reason: 'evaluates again' });
  });

  test('keeps the same cause of two resellers apart, and takes the owner from the client', async () => {
    const [other] = await sql<{ id: string }[]>`
      insert into resellers (id, kind, name, path, parent_id) values (2, 'reseller', 'Other', '{1,2}', 1) returning id`;
    const clientId = await insertClient(sql, at);
    await raiseEvents(sql, [stuck('x', { resellerId: other?.id ?? '' }), stuck('x', { clientId }), stuck('x')]);
    const owners =
      await sql`select reseller_id as owner, client_id as client from events order by reseller_id nulls last`;
    expect([...owners]).toEqual([
      { owner: operatorId, client: clientId },
      { owner: other?.id, client: null },
      { owner: null, client: null },
    ]);
  });

  test('takes a list with repeats as one row each', async () => {
    const raised = await raiseEvents(sql, [stuck('a'), stuck('b'), stuck('a', { atMs: at - 1000 })]);
    expect(raised).toHaveLength(2);
    expect(await lines()).toMatchObject([
      { subject: 'a', times: 2 },
      { subject: 'b', times: 1 },
    ]);
    expect(await raiseEvents(sql, [])).toEqual([]);
  });

  test('takes any text', async () => {
    const odd = `\u0000${'😀'.repeat(400)}\ud800`;
    await raiseEvent(sql, stuck(odd, { clientId: 'no id', data: { reason: odd } }));
    await raiseEvent(sql, stuck(odd));
    await raiseEvent(sql, stuck(`${odd}!`));
    expect((await lines()).map(({ times }) => times)).toEqual([2, 1]);
  });

  test('is written by many at once without a deadlock', async () => {
    const causes = Array.from({ length: 20 }, (_, n) => stuck(String(n)));
    await Promise.all(Array.from({ length: 6 }, (_, n) => raiseEvents(sql, n % 2 ? causes : [...causes].reverse())));
    expect((await lines()).map(({ times }) => times)).toEqual(causes.map(() => 6));
  });

  test('loses resolved entries after a year, open ones never', async () => {
    await raiseEvent(sql, stuck('old', { atMs: 0 }));
    await raiseEvent(sql, stuck('open', { atMs: 0 }));
    await resolveOpenEvents(sql, { kind: 'monitor.stuck', cause: 'old' }, { reason: 'x', at: new Date(1000) });
    await removeOld(sql, { checkDays: 90, requestLogDays: 14, eventDays: 365, jobDays: 90 });
    expect((await lines()).map(({ subject }) => subject)).toEqual(['open']);
  });
});

describe('a missing rate', () => {
  const raise = (clientId: string): Promise<void> =>
    bookkeepingActivities(testDeps(sql)).raiseEvent({ kind: 'rate.missing', clientId, at, data: {} });
  const rate = (from: string, to: string, from_at: number): Promise<unknown> =>
    createRate(requesterAt(sql, Date.now()), { from, to, rate: '1.1', at: new Date(from_at) }, null, null);

  test('is one open event per currency pair, until a rate of the pair is effective', async () => {
    for (let n = 0; n < 2; n++) await raise(await insertClient(sql, at, { currency: 'EUR' }));
    await raise(await insertClient(sql, at, { currency: 'GBP' }));
    expect(await lines()).toEqual([
      { kind: 'rate.missing', subject: 'EUR/USD', times: 2, open: true },
      { kind: 'rate.missing', subject: 'GBP/USD', times: 1, open: true },
    ]);
    await rate('USD', 'EUR', at);
    expect((await lines()).map(({ open }) => open)).toEqual([true, true]);
    await rate('EUR', 'USD', at);
    expect((await lines()).map(({ open }) => open)).toEqual([false, true]);
  });

  test('is resolved when a later rate begins', async () => {
    await raise(await insertClient(sql, at, { currency: 'EUR' }));
    await rate('EUR', 'USD', Date.now() + 3_600_000);
    await signalForEffectiveRates(sql);
    expect((await lines()).map(({ open }) => open)).toEqual([true]);
    await sql`update exchange_rates set at = now() - interval '1 minute'`;
    await signalForEffectiveRates(sql);
    expect((await lines()).map(({ open }) => open)).toEqual([false]);
  });

  test('is not raised late: by then the client has a rate, needs none, or is gone', async () => {
    const clientId = await insertClient(sql, at, { currency: 'EUR' });
    await rate('EUR', 'USD', at);
    await raise(clientId);
    await raise(await insertClient(sql, at));
    await raise(await insertClient(sql, at, { currency: 'EUR', profile: null }));
    await raise('999');
    expect(await lines()).toEqual([]);
  });
});

describe('a payment that came as a signal', () => {
  const record = (input: object): Promise<void> =>
    bookkeepingActivities(testDeps(sql)).recordRefill({
      paymentId: 'p-1',
      amount: '5.00',
      currency: 'USD',
      receivedAt: at,
      ...input,
    } as RecordRefillInput);

  test.each<[string, object, string]>([
    ['in another currency', { currency: 'EUR' }, 'currency_mismatch'],
    ['without an amount', { amount: 'much' }, 'invalid'],
    ['of nothing that is known', { paymentId: undefined, amount: {}, currency: null }, 'invalid'],
    ['with an id that PostgreSQL does not take', { paymentId: 'a\u0000b' }, 'invalid'],
  ])('%s is refused with an event, and a repeat raises its count', async (_name, input, code) => {
    const clientId = await insertClient(sql, at);
    for (let n = 0; n < 2; n++) {
      await expect(record({ clientId, ...input })).rejects.toMatchObject({ type: code, nonRetryable: true });
    }
    const [event, ...others] = await sql<{ client: string; times: number; data: Record<string, string> }[]>`
      select client_id as client, times, data from events`;
    expect(others).toEqual([]);
    expect(event).toMatchObject({ client: clientId, times: 2, data: { reason: code, source: 'temporal' } });
  });

  test('for a client that does not exist is an event of the installation', async () => {
    await expect(record({ clientId: '404' })).rejects.toMatchObject({ type: 'not_found' });
    const [event] = await sql`select reseller_id as owner, data ->> 'client' as named from events`;
    expect(event).toEqual({ owner: null, named: '404' });
  });

  test('that is recorded is no event', async () => {
    await record({ clientId: await insertClient(sql, at) });
    expect(await lines()).toEqual([]);
  });
});

test('a monitor may raise any kind; an unknown one is refused for good', async () => {
  const clientId = await insertClient(sql, at);
  const { raiseEvent: raise } = bookkeepingActivities(testDeps(sql));
  await raise({ kind: 'monitor.stuck', clientId, at, data: { reason: 'x' } });
  expect(await lines()).toEqual([{ kind: 'monitor.stuck', subject: clientId, times: 1, open: true }]);
  // A kind that no caller of this version can name: a history of another version may hold one.
  const unknown = { kind: 'no_rate', clientId, at, data: {} } as unknown as Parameters<typeof raise>[0];
  await expect(raise(unknown)).rejects.toMatchObject({ type: 'invalid', nonRetryable: true });
});

describe('a template that fails', () => {
  test('is one event per version and reason, until it is changed or deleted', async () => {
    const insert = async (locale: string): Promise<string> => {
      const [row] = await sql<{ id: string }[]>`
        insert into mail_templates (kind, reseller_id, locale, name, subject, html, text)
        values ('low_balance', ${operatorId}, ${locale}, 'Own', 'x', 'x', 'x') returning id`;
      return row?.id ?? '';
    };
    const fields = {
      kind: 'low_balance' as const,
      locale: 'en',
      ownerLocale: 'en',
      name: 'Own',
      subject: 'y',
      html: 'y',
      text: 'y',
    };
    const fail = (id: string, reason: string): Promise<unknown> =>
      raiseFailedTemplate(sql, { ...fields, id, resellerId: operatorId, version: 1 }, reason, at);
    const [english, ukrainian] = [await insert('en'), await insert('uk')];
    await fail(english, 'line 1');
    await fail(english, 'line 1');
    await fail(english, 'line 2');
    await fail(ukrainian, 'line 1');
    expect((await lines()).map(({ times }) => times)).toEqual([2, 1, 1]);
    const anyVersion = (): void => undefined;
    await replaceMailTemplate(testRequester(sql, operatorId), english, fields, anyVersion);
    expect((await lines()).map(({ open }) => open)).toEqual([false, false, true]);
    await deleteMailTemplate(testRequester(sql, operatorId), ukrainian, anyVersion);
    expect((await lines()).map(({ open }) => open)).toEqual([false, false, false]);
  });
});

test('another balance source ends the failure of the one before', async () => {
  await raiseSourceFailure(sql, 'http', 'HTTP 500', at);
  await registerBalanceSource(sql, 'ledger');
  expect((await lines()).map(({ open }) => open)).toEqual([true]);
  await registerBalanceSource(sql, 'sql');
  expect((await lines()).map(({ open }) => open)).toEqual([false]);
});
