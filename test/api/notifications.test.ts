import { simpleParser } from 'mailparser';
import { startTestApi, type TestApi } from '../support/api.js';

let api: TestApi;
let clientA: string;
let clientB: string;
let foreignKey: string;

beforeAll(async () => {
  api = await startTestApi({ MAIL_FROM: 'Company Name <billing@company.example>' });
  clientA = await newClient('Customer A', api.operatorId);
  clientB = await newClient('Customer B', api.operatorId);
  foreignKey = await api.makeKey({ resellerId: await api.reseller('Sub-Reseller B') });
  await newMail({
    clientId: clientA,
    rule: 'user',
    number: 1,
    at: '2026-03-01T10:00:00Z',
    to: ['owner@company.example', 'noc@company.example'],
  });
  await newMail({ clientId: clientA, rule: 'client', number: 1, at: '2026-03-02T10:00:00Z', available: '-3.005' });
  await newMail({ clientId: clientA, rule: 'client', number: 2, at: '2026-03-03T10:00:00Z', status: 'failed' });
  await newMail({
    clientId: clientB,
    rule: 'warning:25.00',
    number: 1,
    at: '2026-03-03T10:00:00Z',
    status: 'uncertain',
    kind: 'low_funds_warning',
  });
  await newMail({
    clientId: clientB,
    rule: 'client',
    number: 1,
    at: '2026-03-04T10:00:00Z',
    status: 'handing_over',
    available: null,
  });
  await newMail({
    clientId: clientB,
    rule: 'credit_granted',
    number: 1,
    at: '2026-03-05T10:00:00Z',
    kind: 'credit_granted',
  });
});
afterAll(() => api.stop());

async function newClient(name: string, resellerId: string): Promise<string> {
  const [row] = await api.sql<{ id: string }[]>`
    insert into clients (reseller_id, name, currency, balance_model) values (${resellerId}, ${name}, 'USD', 'prepaid') returning id`;
  await api.sql`insert into balances (client_id) values (${row?.id ?? null})`;
  return row?.id ?? '';
}

interface Mail {
  readonly clientId: string;
  readonly rule: string;
  readonly number: number;
  readonly at: string;
  readonly to?: string[];
  readonly kind?: string;
  readonly status?: string;
  readonly available?: string | null;
}

async function newMail(mail: Mail): Promise<string> {
  const status = mail.status ?? 'accepted';
  const to = mail.to ?? ['customer@client.example'];
  const ended = ['accepted', 'failed', 'uncertain'].includes(status);
  const available = mail.available === undefined ? '45.000000' : mail.available;
  const [row] = await api.sql<{ id: string }[]>`
    insert into notifications (client_id, kind, rule, episode, number, max, status, check_at, recipients, accepted, available,
      currency, variables, template, locale, subject, html, text, message_id, attempts, ended_at)
    values (${mail.clientId}, ${mail.kind ?? 'low_balance'}, ${mail.rule}, 1, ${mail.number}, 3, ${status}, ${mail.at},
      ${to}, ${status === 'accepted' ? to : []}, ${available}, 'USD', ${api.sql.json({ client: { name: 'Customer' } })},
      'built-in', 'en', 'Balance is low', '<p style="color:red">Balance: <b>45.00</b></p>', 'Balance: 45.00',
      ${`<${mail.clientId}-${mail.rule.replace(':', '-')}-${mail.number}@company.example>`}, 1, ${ended ? mail.at : null})
    returning id`;
  const id = row?.id ?? '';
  await api.sql`
    insert into notification_attempts (notification_id, attempt, started_at, ended_at, outcome, code, reply)
    values (${id}, 1, ${mail.at}, ${ended ? mail.at : null}, ${status === 'accepted' ? 'accepted' : null}, ${status === 'accepted' ? 250 : null}, '250 2.0.0 Ok')`;
  return id;
}

async function rules(query: string): Promise<string[]> {
  const { body } = await api.get(`/v1/notifications?${query}`);
  return body.data.map(
    (mail: { clientName: string; rule: string; number: number }) => `${mail.clientName} ${mail.rule} ${mail.number}`,
  );
}

async function idOf(rule: string, number: number, clientId = clientA): Promise<string> {
  const [row] = await api.sql<{ id: string }[]>`
    select id from notifications where client_id = ${clientId} and rule = ${rule} and number = ${number}`;
  return row?.id ?? '';
}

describe('the list', () => {
  test('shows the mails of rules, newest first, as people speak of them', async () => {
    const { body } = await api.get(`/v1/notifications?clientId=${clientA}`);
    expect(body.data).toHaveLength(3);
    expect(body.data[2]).toMatchObject({
      clientId: clientA,
      clientName: 'Customer A',
      rule: 'user',
      to: ['owner@company.example', 'noc@company.example'],
      available: '45.00',
      currency: 'USD',
      number: 1,
      max: 3,
      status: 'accepted',
      at: '2026-03-01T10:00:00Z',
      acceptedAt: '2026-03-01T10:00:00Z',
      kind: 'low_balance',
      subject: 'Balance is low',
    });
    expect(body.data.map((mail: { available: string }) => mail.available)).toEqual(['45.00', '-3.01', '45.00']);
  });

  test.each([
    [
      '',
      [
        'Customer B client 1',
        'Customer B warning:25.00 1',
        'Customer A client 2',
        'Customer A client 1',
        'Customer A user 1',
      ],
    ],
    ['kind=credit_granted', ['Customer B credit_granted 1']],
    ['kind=low_funds_warning,credit_granted', ['Customer B credit_granted 1', 'Customer B warning:25.00 1']],
    ['rule=user', ['Customer A user 1']],
    ['status=failed,uncertain', ['Customer B warning:25.00 1', 'Customer A client 2']],
    ['status=sending', ['Customer B client 1']],
    ['from=2026-03-02T10:00:00Z&to=2026-03-03T10:00:00Z', ['Customer A client 1']],
    ['recipient=OWNER@company.example', ['Customer A user 1']],
    ['recipient=nobody@company.example', []],
    ['sort=at&limit=2', ['Customer A user 1', 'Customer A client 1']],
  ])('filtered by "%s"', async (query, expected) => {
    expect(await rules(query)).toEqual(expected);
  });

  test('has every mail with kind=all', async () => {
    expect(await rules('kind=all')).toHaveLength(6);
  });

  test('refuses what it does not know', async () => {
    for (const [query, pointer] of [
      ['status=delivered', '#/query/status'],
      ['kind=spam', '#/query/kind'],
      ['from=yesterday', '#/query/from'],
      ['colour=red', '#/query/colour'],
      ['limit=201', '#/query/limit'],
      ['cursor=nonsense', '#/query/cursor'],
    ]) {
      const answer = await api.get(`/v1/notifications?${query}`);
      expect([query, answer.status, answer.body.errors[0].pointer]).toEqual([query, 400, pointer]);
    }
  });

  test('is empty for another reseller', async () => {
    expect((await api.get('/v1/notifications?kind=all', { key: foreignKey })).body.data).toEqual([]);
  });
});

describe('one mail', () => {
  test('says what it was made of, and how it went', async () => {
    const id = await idOf('user', 1);
    const { body } = await api.get(`/v1/notifications/${id}`);
    expect(body).toMatchObject({
      rule: 'user',
      template: 'built-in',
      locale: 'en',
      variables: { client: { name: 'Customer' } },
    });
    const attempts = await api.get(`/v1/notifications/${id}/attempts`);
    expect(attempts.body.data).toEqual([
      {
        attempt: 1,
        startedAt: '2026-03-01T10:00:00Z',
        endedAt: '2026-03-01T10:00:00Z',
        outcome: 'accepted',
        code: 250,
        reply: '250 2.0.0 Ok',
        requestedBy: null,
        requestedByName: null,
      },
    ]);
  });

  test('is shown as it was sent, where nothing in it can run', async () => {
    const { body } = await api.get(`/v1/notifications/${await idOf('user', 1)}`);
    const html = await api.get(body.rendered.html);
    expect(html.text).toBe('<p style="color:red">Balance: <b>45.00</b></p>');
    expect(html.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/);
    const text = await api.get(body.rendered.txt);
    expect([text.text, text.headers.get('content-type')]).toEqual(['Balance: 45.00', 'text/plain; charset=utf-8']);
  });

  test('can be downloaded with its headers', async () => {
    const { body } = await api.get(`/v1/notifications/${await idOf('user', 1)}`);
    const eml = await api.get(body.rendered.eml);
    expect(eml.headers.get('content-disposition')).toContain('.eml');
    const mail = await simpleParser(eml.text);
    expect(mail).toMatchObject({ subject: 'Balance is low', messageId: body.messageId });
    expect(mail.from?.text).toBe('"Company Name" <billing@company.example>');
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail.text?.trim()).toBe('Balance: 45.00');
  });

  test('of another reseller is not there', async () => {
    const path = `/v1/notifications/${await idOf('user', 1)}`;
    for (const part of ['', '/rendered.html', '/rendered.txt', '/rendered.eml', '/attempts']) {
      expect((await api.get(path + part, { key: foreignKey })).status).toBe(404);
    }
    expect((await api.post(`${path}/resend`, { reason: 'x' }, { key: foreignKey })).status).toBe(404);
  });
});

describe('sending once more', () => {
  beforeEach(() => {
    api.temporal.calls.length = 0;
  });

  test('is handed to Temporal, and written down', async () => {
    const id = await idOf('client', 2);
    const answer = await api.post(`/v1/notifications/${id}/resend`, { reason: 'never came' });
    expect(answer.status).toBe(202);
    expect(api.temporal.calls).toEqual([
      {
        method: 'resend',
        id,
        input: {
          requestId: expect.any(String),
          reason: 'never came',
          actor: expect.objectContaining({ source: 'api' }),
        },
      },
    ]);
    const [row] = await api.sql`select actor, reason, before from audit where action = 'notification.resend'`;
    expect(row).toMatchObject({ reason: 'never came', before: { status: 'failed', attempts: 1 } });
  });

  test('is refused while it is on its way, without a reason, and while Temporal is down', async () => {
    const before = await api.sql`select count(*) from audit`;
    const busy = await api.post(`/v1/notifications/${await idOf('client', 1, clientB)}/resend`, { reason: 'x' });
    expect([busy.status, busy.body.code]).toEqual([409, 'conflict']);
    const silent = await api.post(`/v1/notifications/${await idOf('client', 2)}/resend`, {});
    expect([silent.status, silent.body.errors[0].pointer]).toEqual([400, '#/reason']);
    expect(api.temporal.calls).toEqual([]);
    api.temporal.down = true;
    const down = await api.post(`/v1/notifications/${await idOf('client', 2)}/resend`, { reason: 'x' });
    api.temporal.down = false;
    expect([down.status, down.body.code, down.headers.get('retry-after')]).toEqual([503, 'temporal_unavailable', '5']);
    expect(await api.sql`select count(*) from audit`).toEqual(before);
  });
});
