import { readFileSync } from 'node:fs';
import path from 'node:path';
import { observeActivities } from '../../../src/activities/monitoring/observe.js';
import { loadConfig, monitorSettings } from '../../../src/config.js';
import { initialState } from '../../../src/domain/monitoring/state.js';
import { step } from '../../../src/domain/monitoring/step.js';
import { nullLogger } from '../../../src/observability/logger.js';
import { followChannels } from '../../../local-stack/src/demo/channels.js';
import { clients } from '../../../local-stack/src/demo/clients.js';
import { importedClients } from '../../../local-stack/src/demo/imports.js';
import { startSandboxGateway } from '../../../local-stack/src/gateway/sandbox-gateway.js';
import { seed } from '../../../local-stack/src/demo/seed.js';
import { startTestApi, type TestApi } from '../../support/api/api.js';
import { createTestDatabase } from '../../support/database/postgres.js';
import { proveBalances } from '../../support/database/prove-balances.js';
import { proveSettlement } from '../../support/invoicing/invoices-api.js';
import { testDeps } from '../../support/monitoring/activity-deps.js';
import { ensureOperator } from '../../../src/storage/resellers/operator.js';
import type { Sql } from '../../../src/storage/system/database.js';

/** The demo data of a first start, whose four weeks end now. */

const config = loadConfig({ SECRET_KEY: Buffer.alloc(32, 1).toString('base64') });
const day = 86_400_000;
const now = Math.floor(Date.now() / 1000) * 1000;
const gateway = { url: 'http://127.0.0.1:9/v1', apiKey: 'demo-gateway-key' };
const plant = (sql: Sql): Promise<number | null> => seed(sql, { config, logger: nullLogger, now, gateway });

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi({ SECRET_KEY: config.SECRET_KEY ?? '', WEBHOOK_ALLOW_LOOPBACK: 'true' });
  await plant(api.sql);
  api.now = now;
});
afterAll(() => api.stop());

async function only<T>(rows: PromiseLike<readonly T[]>): Promise<T> {
  const [row] = await rows;
  if (!row) throw new Error('no row');
  return row;
}

/** The example of docs/manuals.md#client-list: available, live, fixed. */
const listOfTheManual = [
  ['Customer A', '32.00', '0.00', '0.00'],
  ['Customer B', '-419.78', '-419.78', '0.00'],
  ['Customer C', 'No Limit', '0.00', '0.00'],
  // With the temporary credit of the demo.
  ['Customer D', '1200.00', '0.00', '0.00'],
  ['Vendor A', 'No Limit', '103.70', '0.00'],
  ['Vendor B', 'No Limit', '0.00', '0.00'],
  ['Vendor C', '78.27', '78.27', '0.00'],
  ['Voxbone', '7.03', '-2.97', '-1.60'],
];

interface Row {
  readonly name: string;
  readonly state: string;
  readonly currency: string;
  readonly balance: Record<'available' | 'live' | 'fixed', { amount?: string }>;
}

test('the clients of the manual have its balances, among clients in three currencies', async () => {
  const { body } = await api.get('/v1/clients?limit=200&status=active,stop');
  const rows = body.data as Row[];
  const known = listOfTheManual.map(([name]) => rows.find((row) => row.name === name));
  expect(
    known.map((row) => [
      row?.name,
      row?.balance.available.amount ?? 'No Limit',
      row?.balance.live.amount,
      row?.balance.fixed.amount,
    ]),
  ).toEqual(listOfTheManual);
  expect(rows.length).toBeGreaterThanOrEqual(20);
  expect([...new Set(rows.map(({ currency }) => currency))].sort()).toEqual(['EUR', 'GBP', 'USD']);
  const states = new Set(rows.map(({ state }) => state));
  for (const state of ['ok', 'low', 'critical', 'exhausted', 'silenced', 'paused', 'unlimited']) {
    expect(states).toContain(state);
  }
});

describe('the ledger', () => {
  it('has running balances that are the sums of its entries', async () => {
    expect(await proveBalances(api.sql)).toEqual([]);
    // Transfers stay within the client: they change no live balance.
    const torn = await api.sql`
      select id from (
        select id, live_after,
          sum(amount) filter (where kind not in ('invoice', 'transfer_in', 'transfer_out')) over (partition by client_id order by id) as sum
        from ledger_entries) e
      where live_after <> sum`;
    expect([...torn]).toEqual([]);
  });

  it('has an invoice for each issued total, settled by payments: paid, partly paid, unpaid, and overdue ones', async () => {
    expect(await proveSettlement(api.sql)).toEqual([]);
    const { body } = await api.get('/v1/invoices?limit=100');
    const states = new Set(body.data.map(({ state }: { state: string }) => state));
    for (const state of ['paid', 'partly_paid', 'overdue']) expect(states).toContain(state);
  });

  it('was recorded in the order in which it occurred, from four weeks ago until today', async () => {
    const { first, last, misplaced } = await only(api.sql`
      select min(occurred_at) as first, max(occurred_at) as last,
        count(*) filter (where occurred_at > recorded_at)::int as misplaced from ledger_entries`);
    expect(now - first.getTime()).toBeGreaterThan(27 * day);
    expect(last.getTime()).toBeLessThanOrEqual(now);
    expect(now - last.getTime()).toBeLessThan(day);
    expect(misplaced).toBe(0);
  });

  it('has invoices of runs, with the letterhead and without, an import with a reject, and a request above the maximum', async () => {
    const { body } = await api.get('/v1/invoices?limit=200');
    const automatic = (body.data as { origin: string; clientName: string; state: string }[]).filter(
      ({ origin }) => origin === 'auto',
    );
    expect(new Set(automatic.map(({ clientName }) => clientName)).size).toBeGreaterThan(1);
    expect(new Set(automatic.map(({ state }) => state))).toContain('overdue');
    const runs = (await api.get('/v1/jobs?kind=autoinvoicing')).body.data as { status: string; counts: object }[];
    expect(runs.length).toBeGreaterThan(3);
    for (const run of runs) expect(run).toMatchObject({ status: 'finished', counts: { refused: 0, failed: 0 } });
    const imports = (await api.get('/v1/imports')).body.data;
    expect(imports).toMatchObject([
      { rows: 3, invalidRows: 1, imported: importedClients.length, jobStatus: 'finished' },
    ]);
    expect((await api.get('/v1/credit-requests?status=pending')).body.data).toHaveLength(1);
    expect((await api.get('/v1/invoice-templates')).body.data).toMatchObject([{ name: 'Letterhead', clients: 2 }]);
  });

  it('has less traffic on weekends', async () => {
    const rows = await api.sql<{ isWeekend: boolean; perDay: number }[]>`
      select extract(isodow from day) > 5 as "isWeekend", (sum(amount) / count(distinct day))::float8 as "perDay"
      from charge_days group by 1`;
    const perDay = (isWeekend: boolean): number => rows.find((row) => row.isWeekend === isWeekend)?.perDay ?? 0;
    expect(perDay(true)).toBeLessThan(perDay(false) * 0.7);
  });
});

test.each(['README.md', 'docs/quick-start.md'])(
  'the login that %s names opens a client panel with a card',
  async (doc) => {
    const text = readFileSync(path.join(__dirname, '../../..', doc), 'utf8');
    const [, login = '', password = ''] = /`(\w+)`\s+with\s+the\s+password\s+`([^`]+)`/.exec(text) ?? [];
    const session = await api.post('/v1/panel/session', { login, password }, { key: null });
    expect(session).toHaveStatus(201);
    expect(session.body).toMatchObject({ client: { name: 'Prairie Wholesale' }, may: { payByCard: true } });
    const panel = { key: null, headers: { Cookie: session.headers.get('set-cookie')?.split(';')[0] ?? '' } };
    expect((await api.get('/v1/panel/card', panel)).body.card).toMatchObject({ brand: 'Visa', last4: '1111' });
    for (const list of ['notices', 'payments', 'invoices']) {
      expect((await api.get(`/v1/panel/${list}`, panel)).body.data.length).toBeGreaterThan(0);
    }
  },
);

describe('the notifications', () => {
  it('keep Max qty, and an hour between two of one rule', async () => {
    const faults = await api.sql`
      select n.client_id, n.rule, n.decided_at from (
        select *, lag(decided_at) over (partition by client_id, rule order by decided_at) as before from notifications
        where kind in ('low_balance', 'low_funds_warning') and status <> 'failed') n
      where n.number > coalesce(n.max, n.number) or n.decided_at - n.before < interval '1 hour'`;
    expect([...faults]).toEqual([]);
  });

  it('have ended, with the replies of the mail servers', async () => {
    const { body } = await api.get('/v1/notifications?kind=all&limit=200');
    const statuses = new Set(body.data.map(({ status }: { status: string }) => status));
    expect(statuses).toEqual(new Set(['accepted', 'failed']));
    const { without } = await only(api.sql`
      select count(*)::int as without from deliveries d
      where not exists (select 1 from delivery_attempts a where a.delivery_id = d.id and a.reply <> '') or d.subject = ''`);
    expect(without).toBe(0);
  });

  it('are spread over the weeks', async () => {
    const from = new Date(now - 28 * day).toISOString();
    const { body } = await api.get(`/v1/overview/series?metric=notifications&step=day&from=${from}`);
    const days = body.buckets.filter(({ counts }: { counts: Record<string, number> }) =>
      Object.values(counts).some((count) => count > 0),
    );
    expect(days.length).toBeGreaterThan(20);
  });
});

test('every list and chart has something to show', async () => {
  const countOf = async (path: string): Promise<number> => {
    const { body, status } = await api.get(path);
    expect(status).toBe(200);
    return body.data.length;
  };
  const paths = [
    ...['/v1/events?status=open', '/v1/events?status=resolved', '/v1/audit', '/v1/exchange-rates'],
    ...['scheduled', 'active', 'reverted', 'cancelled'].map((status) => `/v1/temporary-credits?status=${status}`),
    ...['/v1/temporary-credits?expiringWithinDays=2', '/v1/credit-limit-changes?kind=set', '/v1/overview/runway'],
    ...['/v1/clients?state=low', '/v1/clients?status=stop', '/v1/clients?status=deleted', '/v1/webhook-sources'],
    ...['/v1/webhook-endpoints', '/v1/webhook-deliveries', '/v1/accounts', '/v1/transfers'],
    ...['/v1/companies', '/v1/notifications?via=slack', '/v1/notifications?via=sms'],
  ];
  const empty: string[] = [];
  for (const path of paths) if ((await countOf(path)) === 0) empty.push(path);
  expect(empty).toEqual([]);
  const { sources } = await only(api.sql`
    select count(distinct source)::int as sources from ledger_entries where kind = 'payment'`);
  expect(sources).toBeGreaterThanOrEqual(3);
  const states = await api.get('/v1/overview/series?metric=states&step=day');
  expect(Object.keys(states.body.buckets.at(-2).counts).length).toBeGreaterThan(0);
  const { body: dnipro } = await api.get('/v1/clients?q=Dnipro');
  const { body: timeline } = await api.get(`/v1/clients/${dnipro.data[0].id}/timeline`);
  expect(timeline.available.points.length).toBeGreaterThan(80);
  expect(timeline.notifications.length).toBeGreaterThan(5);
  expect(timeline.counterResets.length).toBeGreaterThan(0);
});

test('what users did is in the audit log at its time, with their names', async () => {
  const { atOnce, first, last } = await only(api.sql`
    select count(*) filter (where at > now() - interval '2 hours')::int as "atOnce", min(at) as first, max(at) as last
    from audit where action not in ('api_key.create', 'payment_gateway.create', 'panel.login')`);
  expect(atOnce).toBe(0);
  expect(now - first.getTime()).toBeGreaterThan(27 * day);
  expect(now - last.getTime()).toBeLessThan(3 * day);
  const { body } = await api.get('/v1/audit?action=client.delete');
  expect(body.data[0]).toMatchObject({ actorName: 'Ada Administrator', reason: 'contract ended' });
});

describe('a monitor that starts', () => {
  it('finds what it would have decided: the same state, and nothing to notify', async () => {
    const activities = observeActivities(testDeps(api.sql, { monitor: monitorSettings(config) }));
    const { body } = await api.get('/v1/clients?limit=200&status=active,stop');
    const differences: unknown[] = [];
    for (const { id, name, state } of body.data as (Row & { id: string })[]) {
      const start = initialState(id, now);
      const {
        config: terms,
        stored,
        ...observed
      } = await activities.observe({
        ...{ clientId: id, at: now, known: '', task: 1, restore: true },
      });
      if (!terms || !stored) throw new Error(`${name} has no configuration, or no stored state`);
      const loaded = step(start, { type: 'observed', observed, purpose: 'load', config: terms, stored }, now);
      const evaluated = step(loaded.state, { type: 'observed', observed, purpose: 'change' }, now);
      const sent = evaluated.commands.filter(({ type }) => type === 'notify' || type === 'notifyCredit');
      if (sent.length > 0 || evaluated.state.clientState !== state) {
        differences.push({ name, state, found: evaluated.state.clientState, sent });
      }
    }
    expect(differences).toEqual([]);
  });

  it('is signaled, once each', async () => {
    const { waiting, late } = await only(api.sql`
      select count(distinct client_id)::int as waiting,
        count(*) filter (where next_attempt_at > now())::int as late from outbox where kind = 'configurationChanged'`);
    expect({ waiting, late }).toEqual({ waiting: clients.length + importedClients.length, late: 0 });
  });
});

test('a second start adds nothing', async () => {
  const count = async (): Promise<unknown> =>
    (await api.sql`select (select count(*) from clients) as c, (select count(*) from ledger_entries) as e`)[0];
  const before = await count();
  expect(await plant(api.sql)).toBeNull();
  expect(await count()).toEqual(before);
});

test('the same start gives the same history', async () => {
  const history = (sql: Sql): Promise<unknown> => sql`
    select (select md5(string_agg(concat_ws(' ', client_id, kind, external_id, amount, occurred_at), '|' order by id))
        from ledger_entries) as ledger,
      (select md5(string_agg(concat_ws(' ', client_id, rule, episode, number, decided_at, status), '|' order by id))
        from notifications) as notifications,
      (select md5(string_agg(concat_ws(' ', client_id, at, kind, state, available, verdicts), '|' order by id)) from checks)
        as checks`;
  const other = await createTestDatabase();
  try {
    await ensureOperator(other.sql, 'Company Name');
    await plant(other.sql);
    expect(await history(other.sql)).toEqual(await history(api.sql));
  } finally {
    await other.drop();
  }
});

test('two clients have the client template of carriers, one of them with its own capacity', async () => {
  const { body: templates } = await api.get('/v1/client-templates');
  expect(templates.data).toMatchObject([{ name: 'Carriers', clients: 2 }]);
  const [{ id }] = templates.data as [{ readonly id: string }];
  const { body } = await api.get(`/v1/clients?clientTemplateId=${id}&sort=name`);
  const shown = (body.data as { name: string; originationCapacity: number; rateNotification: boolean }[]).map(
    ({ name, originationCapacity, rateNotification }) => [name, originationCapacity, rateNotification],
  );
  expect(shown).toEqual([
    ['Dnipro Telecom', 480, true],
    ['Nordic Voice', 960, true],
  ]);
});

describe('notification channels', () => {
  interface Channel {
    readonly id: string;
    readonly name: string;
    readonly kind: string;
  }
  const channels = async (): Promise<Channel[]> => (await api.get('/v1/notification-channels')).body.data;

  it('have the messages of the past: the SMS gateway rejected some', async () => {
    const rows = await api.sql`
      select channel_name as name, array_agg(distinct status order by status) as statuses from deliveries
      where channel_id is not null group by 1 order by 1`;
    expect([...rows]).toEqual([
      { name: 'NOC', statuses: ['accepted'] },
      { name: 'On-call phones', statuses: ['accepted', 'failed'] },
    ]);
  });

  it('follow the sandbox, which receives them; one that leads elsewhere by now stays', async () => {
    const sandbox = await startSandboxGateway({ port: 0, apiKey: 'another-key' });
    try {
      const follow = () =>
        followChannels(api.sql, config.SECRET_KEY ?? '', { url: sandbox.url, apiKey: 'another-key' });
      await follow();
      for (const { id, kind } of await channels()) {
        const body = { address: kind === 'sms' ? '+12025550143' : null };
        const { body: result } = await api.post(`/v1/notification-channels/${id}/test`, body);
        expect(result).toMatchObject({ outcome: 'accepted' });
      }
      await api.sql`update notification_channels set host = 'hooks.slack.com' where name = 'NOC'`;
      const before = await api.sql`select * from notification_channels order by id`;
      await follow();
      expect([...(await api.sql`select * from notification_channels order by id`)]).toEqual([...before]);
    } finally {
      await sandbox.stop();
    }
  });
});
