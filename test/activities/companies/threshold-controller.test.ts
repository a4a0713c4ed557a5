import { evaluateCompanies } from '../../../src/activities/companies/evaluate-companies.js';
import { sendCompanyMail } from '../../../src/activities/companies/send-company-mail.js';
import type { CompanyRunReport } from '../../../src/contract/companies.js';
import { resetSide } from '../../../src/domain/companies/threshold-control.js';
import { hourMs, minuteMs } from '../../../src/domain/durations.js';
import type { RuleState } from '../../../src/domain/monitoring/rule-state.js';
import { beginAttempt, markTransmitted } from '../../../src/storage/notifications/deliveries.js';
import { channelAccess, insertChannel } from '../../support/data/channels.js';
import { insertOperator } from '../../support/data/clients.js';
import { companyMails, insertCompany, readMailTime, setTheirBalance } from '../../support/data/companies.js';
import { createTestDatabase, type TestDatabase } from '../../support/database/postgres.js';
import { fakeMail, type FakeMail } from '../../support/mail/fake-mail.js';
import { testDeps } from '../../support/monitoring/activity-deps.js';
import { startReceiver, type Receiver } from '../../support/webhooks/receiver.js';

let database: TestDatabase;
let mail: FakeMail;

beforeAll(async () => {
  database = await createTestDatabase();
  await insertOperator(database.sql);
}, 60_000);
afterAll(() => database?.drop());
beforeEach(async () => {
  mail = fakeMail();
  await database.sql`update companies set status = 'deleted'`;
  await database.sql`update company_sides set state = null`;
});

const start = Date.parse('2026-03-02T10:00:00Z');

async function decide(at: number): Promise<Omit<CompanyRunReport, 'emailed' | 'notSent' | 'waiting'>> {
  const { next, ...counts } = await evaluateCompanies(testDeps(database.sql, { mail }), { at, after: null });
  expect(next).toBeNull();
  return counts;
}

function send(now: number) {
  return sendCompanyMail(testDeps(database.sql, { mail, channels: channelAccess }), {
    now,
    signals: {},
    nextRoundAtMs: now + minuteMs,
  });
}

async function run(at: number): Promise<CompanyRunReport> {
  return { ...(await decide(at)), ...(await send(at)) };
}

const sent = (): string[] => mail.taken.map(({ subject }) => subject);

test('a side that is low is emailed once, and again in the next episode', async () => {
  const { sql } = database;
  const id = await insertCompany(sql, {
    their: '50',
    our: '-120',
    thresholds: { their: '100', our: '0', mutual: '0' },
  });
  expect(await run(start)).toEqual({
    ...{ checked: 3, low: 2, decided: 2, latched: 0, cleared: 0, unknown: 0, noRate: 0, failed: 0 },
    ...{ emailed: 2, notSent: 0, waiting: 0 },
  });
  expect(sent()).toEqual(['Balance of Carrier One is 50.00 USD', 'Our balance of Carrier One is -120.00 USD']);
  expect(await readMailTime(sql, id)).toBeInstanceOf(Date);
  expect(await readMailTime(sql, id, 'mutual')).toBeNull();
  expect(await run(start + 5 * minuteMs)).toMatchObject({ low: 2, decided: 0, latched: 2, emailed: 0 });
  await setTheirBalance(sql, id, '200');
  expect(await run(start + 10 * minuteMs)).toMatchObject({ low: 1, cleared: 1, emailed: 0 });
  expect(await readMailTime(sql, id)).toBeNull();
  await setTheirBalance(sql, id, '99.99');
  expect(await run(start + 2 * hourMs)).toMatchObject({ decided: 1, emailed: 1 });
  expect(await companyMails(sql, id)).toEqual(['their 1 accepted', 'our 1 accepted', 'their 2 accepted']);
  expect(mail.taken).toHaveLength(3);
});

test('a worker that dies between the decision and the mail leaves the next run what to send, once', async () => {
  const id = await insertCompany(database.sql, { thresholds: { their: '100' } });
  await decide(start);
  // The activity is retried: what was decided is not decided again.
  expect(await decide(start)).toMatchObject({ low: 1, decided: 0 });
  expect(mail.taken).toEqual([]);
  expect(await readMailTime(database.sql, id)).toBeNull();
  expect(await run(start + 5 * minuteMs)).toMatchObject({ decided: 0, emailed: 1 });
  expect(await companyMails(database.sql, id)).toEqual(['their 1 accepted']);
  expect(await run(start + 10 * minuteMs)).toMatchObject({ decided: 0, latched: 1, emailed: 0 });
  expect(mail.taken).toHaveLength(1);
});

test('a worker that dies before the reply is recorded leaves it uncertain: it counts, and is not sent again', async () => {
  const { sql } = database;
  const id = await insertCompany(sql, { thresholds: { their: '100' } });
  await decide(start);
  const [delivery] = await sql<{ id: string }[]>`
    select d.id from deliveries d join notifications n on n.id = d.notification_id where n.company_id = ${id}`;
  await beginAttempt(sql, delivery?.id ?? '');
  await markTransmitted(sql, delivery?.id ?? '', 1);
  expect(await send(start)).toMatchObject({ emailed: 1 });
  expect(mail.attempts).toBe(0);
  expect(await readMailTime(sql, id)).toBeInstanceOf(Date);
  expect(await run(start + 5 * minuteMs)).toMatchObject({ latched: 1, emailed: 0 });
});

test('a mail that is refused for good sets no balance mail time, and the next run sends it under the same Message-ID', async () => {
  const id = await insertCompany(database.sql, { thresholds: { their: '100' } });
  mail.mode = 'refuse-permanent';
  expect(await run(start)).toMatchObject({ decided: 1, emailed: 0, notSent: 1 });
  expect(await readMailTime(database.sql, id)).toBeNull();
  mail.mode = 'accept';
  expect(await run(start + 5 * minuteMs)).toMatchObject({ decided: 1, emailed: 1 });
  expect(await companyMails(database.sql, id)).toEqual(['their 1 accepted']);
});

test('a server that refuses for now gets the mail in a later round, for half an hour', async () => {
  const id = await insertCompany(database.sql, { thresholds: { their: '100' } });
  mail.mode = 'refuse';
  expect(await run(start)).toMatchObject({ decided: 1, waiting: 1 });
  expect(await run(start + 5 * minuteMs)).toMatchObject({ decided: 0, waiting: 1 });
  expect(await send(start + 30 * minuteMs)).toMatchObject({ waiting: 0, notSent: 1 });
  mail.mode = 'accept';
  expect(await run(start + 35 * minuteMs)).toMatchObject({ decided: 1, emailed: 1 });
  expect(await companyMails(database.sql, id)).toEqual(['their 1 accepted']);
});

describe('channels beside the alarm email', () => {
  let receiver: Receiver;
  beforeAll(async () => {
    receiver = await startReceiver();
  });
  afterAll(() => receiver?.stop());

  const phone = '+380501234567';
  const deliveriesOf = async (id: string): Promise<string[]> => {
    const rows = await database.sql<{ line: string }[]>`
      select format('%s %s', d.recipient, d.status) as line from deliveries d join notifications n on n.id = d.notification_id
      where n.company_id = ${id} order by n.id, d.position`;
    return rows.map(({ line }) => line);
  };
  const answer = (status: number): void => {
    receiver.answer = (response) =>
      void response.writeHead(status, status === 503 ? { 'retry-after': '60' } : {}).end();
  };

  test('have a delivery each, and the first recipient that accepts sets the balance mail time', async () => {
    const { sql } = database;
    const slack = await insertChannel(sql, 'slack_webhook', receiver.url);
    const sms = await insertChannel(sql, 'sms_json', receiver.url);
    const channels = [
      { channelId: slack.id, address: null },
      { channelId: sms.id, address: phone },
    ];
    const id = await insertCompany(sql, { their: '50', thresholds: { their: '100' }, channels });
    answer(503);
    expect(await run(start)).toMatchObject({ decided: 1, emailed: 0, waiting: 1 });
    expect(await deliveriesOf(id)).toEqual([
      'finance@carrier.example accepted',
      `${slack.name} retrying`,
      `${phone} retrying`,
    ]);
    const mailTime = await readMailTime(sql, id);
    expect(mailTime).toBeInstanceOf(Date);
    // The receiver asked to wait: neither is asked again, and no other notification is decided.
    receiver.received.length = 0;
    expect(await run(start + 5 * minuteMs)).toMatchObject({ decided: 0, waiting: 1 });
    expect(receiver.received).toEqual([]);
    await sql`update deliveries set not_before = now()`;
    receiver.answer = (response, { body }) => void response.writeHead(body.to === phone ? 200 : 410).end();
    expect(await run(start + 10 * minuteMs)).toMatchObject({ decided: 0, emailed: 1, waiting: 0 });
    expect(await deliveriesOf(id)).toEqual([
      'finance@carrier.example accepted',
      `${slack.name} failed`,
      `${phone} accepted`,
    ]);
    expect(await companyMails(sql, id)).toEqual(['their 1 accepted']);
    expect(await readMailTime(sql, id)).toEqual(mailTime);
    const text = 'Carrier One: their balance 50.00 USD, threshold 100.00 USD reached.';
    expect(receiver.received.find(({ body }) => body.to === phone)?.body).toMatchObject({ from: 'Lowwater', text });
    const card = receiver.received.find(({ body }) => body.blocks)?.body.blocks;
    expect([card[0].text.text, card[1].text.text]).toEqual(['Balance of Carrier One is 50.00 USD', text]);
    expect(await run(start + 15 * minuteMs)).toMatchObject({ decided: 0, latched: 1, emailed: 0 });
  });

  test('are enough without an address; where they are disabled, deleted, or all fail, no mail time is set', async () => {
    const { sql } = database;
    const { id: channelId } = await insertChannel(sql, 'slack_webhook', receiver.url);
    const alone = { their: '50', thresholds: { their: '100' }, emails: [], channels: [{ channelId, address: null }] };
    const id = await insertCompany(sql, alone);
    answer(410);
    expect(await run(start)).toMatchObject({ decided: 1, notSent: 1 });
    expect(await readMailTime(sql, id)).toBeNull();
    await sql`update notification_channels set enabled = false where id = ${channelId}`;
    expect(await run(start + 5 * minuteMs)).toMatchObject({ decided: 0, low: 1 });
    expect(await sql`select reason from company_sides where company_id = ${id} and side = 'their'`).toEqual([
      { reason: 'no_recipients' },
    ]);
    await sql`update notification_channels set enabled = true where id = ${channelId}`;
    answer(200);
    await decide(start + 10 * minuteMs);
    await sql`delete from notification_channels where id = ${channelId}`;
    expect(await send(start + 10 * minuteMs)).toMatchObject({ notSent: 1 });
    expect(await run(start + 15 * minuteMs)).toMatchObject({ decided: 0 });
    expect(await readMailTime(sql, id)).toBeNull();
  });

  test('that do not answer, or are busy, hold back no email, and get one message each round', async () => {
    const { sql } = database;
    const { id: channelId } = await insertChannel(sql, 'slack_webhook', receiver.url);
    for (let i = 1; i <= 3; i++) {
      await insertCompany(sql, {
        name: `Carrier ${i}`,
        thresholds: { their: '10' },
        channels: [{ channelId, address: null }],
      });
    }
    await decide(start);
    receiver.received.length = 0;
    receiver.answer = () => undefined;
    await send(start);
    expect(mail.taken).toHaveLength(3);
    expect(receiver.received).toHaveLength(1);
    answer(200);
    expect(await send(start)).toMatchObject({ waiting: 0, emailed: 2 });
    expect(receiver.received).toHaveLength(3);
  });
});

test('what is reset while it waits for the server is decided again by the next run', async () => {
  const id = await insertCompany(database.sql, { thresholds: { their: '100' } });
  mail.mode = 'refuse';
  await run(start);
  const [row] = await database.sql<{ state: RuleState }[]>`
    select state from company_sides where company_id = ${id} and side = 'their'`;
  if (!row) throw new Error('a side is there');
  await database.sql`
    update company_sides set state = ${database.sql.json(JSON.parse(JSON.stringify(resetSide(row.state))))}
    where company_id = ${id} and side = 'their'`;
  mail.mode = 'accept';
  expect(await run(start + 5 * minuteMs)).toMatchObject({ decided: 1, emailed: 1 });
  expect(await companyMails(database.sql, id)).toEqual(['their 1 failed', 'their 2 accepted']);
  expect(mail.taken).toHaveLength(1);
});

test('a hundred companies with one address are a hundred mails in order, also where the server limits them', async () => {
  for (let i = 1; i <= 100; i++) {
    await insertCompany(database.sql, { name: `Carrier ${i}`, thresholds: { their: '10' } });
  }
  await insertCompany(database.sql, { name: 'Other', thresholds: { their: '10' }, emails: ['other@carrier.example'] });
  await decide(start);
  const order = await database.sql<{ name: string }[]>`
    select p.name from notifications n join companies p on p.id = n.company_id
    where p.status <> 'deleted' and p.name <> 'Other' order by p.id`;
  // Takes ten, refuses the next one, and takes ten again.
  let taken = 0;
  const limited: FakeMail = {
    ...mail,
    send: (message, hooks) => {
      const isOver = message.to[0] !== 'other@carrier.example' && ++taken % 11 === 0;
      return isOver
        ? Promise.resolve({ outcome: 'refused', permanent: false, code: 451, reply: '451 later' })
        : mail.send(message, hooks);
    },
  };
  let rounds = 0;
  for (let waiting = 1; waiting > 0; rounds++) {
    const options = { now: start, signals: {}, nextRoundAtMs: start + minuteMs };
    ({ waiting } = await sendCompanyMail(testDeps(database.sql, { mail: limited }), options));
  }
  expect(rounds).toBe(10);
  const toOne = mail.taken.filter(({ to }) => to[0] === 'finance@carrier.example');
  expect(toOne.map(({ subject }) => subject)).toEqual(order.map(({ name }) => `Balance of ${name} is 0.00 USD`));
});

test('one company that cannot be decided keeps no other from it', async () => {
  const { sql } = database;
  const broken = await insertCompany(sql, { name: 'Broken', thresholds: { their: '10' } });
  const other = await insertCompany(sql, { thresholds: { their: '10' } });
  await sql`
    update company_sides set state = '{"count":0,"episode":0,"periodFrom":null,"hourFrom":null,"lowSince":null,"refillSeq":0}'
    where company_id = ${broken} and side = 'their'`;
  expect(await run(start)).toMatchObject({ failed: 1, decided: 1, emailed: 1 });
  expect(await companyMails(sql, other)).toEqual(['their 1 accepted']);
});

test('an unknown balance and a missing rate decide nothing and keep the balance mail time', async () => {
  const { sql } = database;
  const id = await insertCompany(sql, { thresholds: { their: '10' } });
  await run(start);
  await sql`update company_sides set currency = 'EUR' where company_id = ${id} and side = 'their'`;
  expect(await run(start + 2 * hourMs)).toMatchObject({ noRate: 1, cleared: 0, decided: 0 });
  await run(start + 2 * hourMs + 5 * minuteMs);
  expect(await sql`select data, times from events where kind = 'rate.missing' and resolved_at is null`).toEqual([
    { data: { from: 'USD', to: 'EUR' }, times: 1 },
  ]);
  await sql`
    insert into exchange_rates (from_currency, to_currency, rate, at, created_by)
    values ('USD', 'EUR', 0.9, ${new Date(start)}, 'system')`;
  await sql`update companies set source = 'reported', their_balance = null where id = ${id}`;
  expect(await run(start + 3 * hourMs)).toMatchObject({ unknown: 1, cleared: 0, decided: 0 });
  expect(await readMailTime(sql, id)).toBeInstanceOf(Date);
  await sql`update companies set their_balance = 12 where id = ${id}`;
  expect(await run(start + 4 * hourMs)).toMatchObject({ low: 0, cleared: 1 });
});

test('a mail that waits is called off when its company is deleted', async () => {
  const id = await insertCompany(database.sql, { thresholds: { their: '10' } });
  await decide(start);
  await database.sql`update companies set status = 'deleted' where id = ${id}`;
  expect(await send(start)).toMatchObject({ emailed: 0, notSent: 1 });
  expect(mail.attempts).toBe(0);
});

test('the mail is written with the template of the side, under the names of the manual', async () => {
  const { sql } = database;
  const id = await insertCompany(sql, { their: '7', thresholds: { their: '10' } });
  const [template] = await sql<{ id: string }[]>`
    insert into mail_templates (kind, reseller_id, locale, name, subject, html, text)
    values ('company_balance', 1, 'uk', 'Alarm', '\${COMPANY}: \${BALANCE}', '', '\${COMPANY} has \${BALANCE} \${CURRENCY}, \${SIDE}')
    returning id`;
  await sql`update company_sides set template_id = ${template?.id ?? null} where company_id = ${id} and side = 'their'`;
  await run(start);
  expect(mail.taken[0]).toMatchObject({ subject: 'Carrier One: 7.00', text: 'Carrier One has 7.00 USD, their' });
});

test('a template that is not published, or is of a reseller elsewhere, is not used', async () => {
  const { sql } = database;
  await sql`
    insert into resellers (id, parent_id, kind, name, path) overriding system value
    values (77, 1, 'reseller', 'Elsewhere', '{1,77}')`;
  const templates = await sql<{ id: string }[]>`
    insert into mail_templates (kind, reseller_id, locale, name, subject, html, text, published, draft_subject, draft_html, draft_text,
      draft_by, draft_at)
    values ('company_balance', 77, 'pl', 'Other', 'Other', '', 'Other', 1, null, null, null, null, null),
      ('company_balance', 1, 'pl', 'Draft', 'Draft', '', 'Draft', null, 'Draft', '', 'Draft', 'user:1', now())
    returning id`;
  for (const template of templates) {
    const id = await insertCompany(sql, { their: '7', thresholds: { their: '10' } });
    await sql`update company_sides set template_id = ${template.id} where company_id = ${id} and side = 'their'`;
  }
  await run(start);
  expect(sent()).toEqual(['Balance of Carrier One is 7.00 USD', 'Balance of Carrier One is 7.00 USD']);
});
