import { enqueueDueDigests } from '../../../src/activities/digests/enqueue-digests.js';
import { readDigest } from '../../../src/storage/digests/digest-contents.js';
import type { Sql } from '../../../src/storage/system/database.js';
import { evaluateCompanies } from '../../../src/activities/companies/evaluate-companies.js';
import { insertCompany } from '../../support/data/companies.js';
import { testDeps } from '../../support/monitoring/activity-deps.js';
import { insertClient, insertOperator } from '../../support/data/clients.js';
import { insertNotification } from '../../support/data/notifications.js';
import { createTestDatabase, type TestDatabase } from '../../support/database/postgres.js';
import { accountMail, type AccountMail } from '../../support/mail/account-mail.js';

let database: TestDatabase;
let sql: Sql;
let post: AccountMail;
const address = 'anna@operator.example';

beforeEach(async () => {
  database = await createTestDatabase();
  sql = database.sql;
  post = accountMail(sql);
  await insertOperator(sql);
  await sql`
    insert into users (id, reseller_id, name, email, timezone, preferences)
    select 900, id, 'Anna', ${address}, 'Europe/Berlin', '{"digestHour": 8}' from resellers where kind = 'operator'`;
}, 60_000);
afterEach(() => database?.drop());

const at = (text: string): number => Date.parse(text);
const enqueued = async (): Promise<string[]> => {
  const rows = await sql<{ day: string }[]>`select digest_day::text as day from account_emails order by digest_day`;
  return rows.map(({ day }) => day);
};

test('a digest is enqueued once for each local day, also by runs at the same time and after one that was missed', async () => {
  expect(await enqueueDueDigests(sql, at('2026-03-28T06:59:00Z'))).toEqual({ digests: 0 });
  const runs = await Promise.all([1, 2, 3].map(() => enqueueDueDigests(sql, at('2026-03-28T07:00:00Z'))));
  expect(runs.reduce((all, { digests }) => all + digests, 0)).toBe(1);
  expect(await enqueueDueDigests(sql, at('2026-03-28T20:00:00Z'))).toEqual({ digests: 0 });
  // Summer time has begun: 8 is an hour earlier. The first run of the day is hours late.
  expect(await enqueueDueDigests(sql, at('2026-03-29T05:59:00Z'))).toEqual({ digests: 0 });
  expect(await enqueueDueDigests(sql, at('2026-03-29T15:00:00Z'))).toEqual({ digests: 1 });
  expect(await enqueued()).toEqual(['2026-03-28', '2026-03-29']);
});

test('none is enqueued for who has not switched it on, is disabled, or has something else in its place', async () => {
  for (const preferences of ['{}', '{"digestHour": null}', '{"digestHour": "8"}']) {
    await sql`update users set preferences = ${preferences}::text::jsonb`;
    expect(await enqueueDueDigests(sql, at('2026-03-28T10:00:00Z'))).toEqual({ digests: 0 });
  }
  await sql`update users set preferences = '{"digestHour": 8}', status = 'disabled'`;
  expect(await enqueueDueDigests(sql, at('2026-03-28T10:00:00Z'))).toEqual({ digests: 0 });
});

test('a digest says who is low by runway, who was notified, who recovered, and what ends today, of its reader’s clients', async () => {
  const now = Date.now();
  // Noon: what ends soon ends today.
  const ahead = 12 - new Date(now).getUTCHours();
  await sql`update users set timezone = ${`Etc/GMT${ahead >= 0 ? '-' : '+'}${Math.abs(ahead)}`}`;
  const make = async (name: string, balance: string, state: string, perDay?: string): Promise<string> => {
    const id = await insertClient(sql, now);
    await sql`update clients set name = ${name} where id = ${id}`;
    await sql`update balances set live = ${balance} where client_id = ${id}`;
    await sql`update monitors set state = ${state}, next_check_at = now() + interval '1 hour' where client_id = ${id}`;
    if (perDay !== undefined) {
      await sql`
        insert into charge_days (client_id, day, amount)
        select ${id}, current_date - n, ${perDay} from generate_series(0, 9) n`;
    }
    return id;
  };
  await make('Slow', '40', 'low', '1');
  const fast = await make('Fast', '30', 'low', '10');
  await make('Empty', '-5', 'critical');
  await make('Fine', '900', 'ok');
  const back = await make('Back', '500', 'ok');
  await sql`update monitors set state_since = now() - interval '1 hour' where client_id = ${back}`;
  await sql`
    insert into checks (client_id, at, kind, state, verdicts)
    values (${back}, now() - interval '2 hours', 'change', 'low', '[]')`;
  for (const [name, their, our] of [
    ['Carrier One', '50', '-120'],
    ['Carrier Fine', '500', '900'],
  ] as const) {
    await insertCompany(sql, { name, their, our, thresholds: { their: '100', our: '-100' } });
  }
  await evaluateCompanies(testDeps(sql), { at: Math.floor(now / 1000) * 1000, after: null });
  await insertNotification(sql, { clientId: fast, rule: 'client', to: ['f@example.com'] });
  await sql`
    insert into silences (reseller_id, comment, starts_at, ends_at, created_by)
    select id, 'migration', now(), now() + interval '30 minutes', 'system' from resellers where kind = 'operator'`;
  await enqueueDueDigests(sql, now);
  const [email, ...more] = await post.arrivedAt(address);
  expect(more).toEqual([]);
  expect(email?.subject).toBe('Lowwater: 5 low, 1 recovered');
  const text = email?.text ?? '';
  expect(text).toMatch(
    /- Empty: -5.00 USD\n- Carrier One \(our balance\): -120.00 USD\n- Fast: 30.00 USD \(days left: [23]\)\n- Slow: 40.00 USD \(days left: \d+\)\n- Carrier One \(their balance\): 50.00 USD\n/,
  );
  expect(text).toContain('Notified\n- Fast: 1\n');
  expect(text).toContain('Recovered\n- Back: 500.00 USD\n');
  expect(text).toMatch(/Ends today\n- migration: silence, 1[23]:\d\d\n/);
  expect(text).not.toContain('Fine');
  // A reader of a sub-reseller has none of them.
  await sql`insert into resellers (id, parent_id, name, path) values (77, 1, 'Below', '{1,77}')`;
  const past = { from: new Date(now - 86_400_000), until: new Date(now) };
  expect((await readDigest(sql, '77', past, past)).low).toEqual({ total: 0, rows: [] });
  expect(await enqueueDueDigests(sql, now + 60_000)).toEqual({ digests: 0 });
  expect(await post.arrivedAt(address)).toEqual([]);
});
