import { simpleParser } from 'mailparser';
import {
  api,
  clientA,
  newClient,
  newMail,
  deliveryOf,
  idOf,
  useNotificationsApi,
} from '../../support/notifications/notifications-api.js';

useNotificationsApi();

let foreignKey: string;

beforeAll(async () => {
  foreignKey = await api.makeKey({ resellerId: await api.reseller('Sub-Reseller B') });
});

async function rules(query: string): Promise<string[]> {
  const { body } = await api.get(`/v1/notifications?${query}`);
  return body.data.map(
    (mail: { clientName: string; rule: string; number: number }) => `${mail.clientName} ${mail.rule} ${mail.number}`,
  );
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
      acceptedFor: ['owner@company.example', 'noc@company.example'],
      deliveries: [
        { to: 'owner@company.example', status: 'accepted', attempts: 1, messageId: '<a-user-1@company.example>' },
        { to: 'noc@company.example', status: 'accepted', messageId: '<1.a-user-1@company.example>' },
      ],
    });
    expect(body.data.map((mail: { available: string }) => mail.available)).toEqual(['45.00', '-3.005', '45.00']);
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
      expect(answer).toBeProblem(400, 'invalid', pointer);
    }
  });

  test('is empty for another reseller', async () => {
    expect((await api.get('/v1/notifications?kind=all', { key: foreignKey })).body.data).toEqual([]);
  });
});

describe('one notification', () => {
  test('says what it was made of, and how each delivery went', async () => {
    const { body } = await api.get(`/v1/notifications/${await idOf('user', 1)}`);
    expect(body).toMatchObject({
      rule: 'user',
      variables: { client: { name: 'Customer' } },
      deliveries: [{ template: 'built-in', templateUsed: null, locale: 'en', timezone: 'UTC' }, {}],
    });
    const delivery = await api.get(`/v1/deliveries/${body.deliveries[0].id}`);
    expect(delivery.body).toMatchObject({
      notificationId: body.id,
      clientId: clientA,
      clientName: 'Customer A',
      rule: 'user',
      to: 'owner@company.example',
      status: 'accepted',
      at: '2026-03-01T10:00:00Z',
      acceptedAt: '2026-03-01T10:00:00Z',
    });
  });

  test('has one status for all of its deliveries', async () => {
    const clientId = await newClient('Mixed', api.operatorId);
    const to = ['a@company.example', 'b@company.example'];
    const stories = [
      ['retrying', 'accepted', 'retrying'],
      ['sending', 'retrying', 'claimed'],
      ['accepted', 'failed', 'accepted'],
      ['uncertain', 'failed', 'uncertain'],
      ['failed', 'failed', 'failed'],
    ] as const;
    for (const [index, [, ...status]] of stories.entries()) {
      await newMail({ clientId, number: index + 1, max: null, to, status, at: `2026-02-0${index + 1}T10:00:00Z` });
    }
    const { body } = await api.get(`/v1/notifications?clientId=${clientId}&sort=at`);
    expect(body.data.map(({ status }: { status: string }) => status)).toEqual(stories.map(([whole]) => whole));
    const failed = await api.get(`/v1/notifications?clientId=${clientId}&sort=at&deliveryStatus=failed`);
    expect(failed.body.data.map(({ number }: { number: number }) => number)).toEqual([3, 4, 5]);
  });

  test('of another reseller is not there, nor its deliveries', async () => {
    expect(await api.get(`/v1/notifications/${await idOf('user', 1)}`, { key: foreignKey })).toBeProblem(
      404,
      'not_found',
    );
    const path = `/v1/deliveries/${await deliveryOf('user', 1)}`;
    for (const part of ['', '/rendered.html', '/rendered.txt', '/rendered.eml', '/attempts']) {
      expect(await api.get(path + part, { key: foreignKey })).toBeProblem(404, 'not_found');
    }
    expect(await api.post(`${path}/resend`, { reason: 'x' }, { key: foreignKey })).toBeProblem(404, 'not_found');
  });
});

describe('one delivery', () => {
  test('lists its attempts', async () => {
    const id = await deliveryOf('user', 1);
    const at = '2026-03-01T10:00:00Z';
    await api.sql`
      insert into delivery_attempts (delivery_id, attempt, started_at, ended_at, outcome, code, reply)
      values (${id}, 1, ${at}, ${at}, 'accepted', 250, '250 2.0.0 Ok')`;
    const attempts = await api.get(`/v1/deliveries/${id}/attempts`);
    expect(attempts.body.data).toEqual([
      {
        attempt: 1,
        startedAt: at,
        endedAt: at,
        outcome: 'accepted',
        code: 250,
        reply: '250 2.0.0 Ok',
        requestedBy: null,
        requestedByName: null,
      },
    ]);
    expect((await api.get(`/v1/deliveries/${await deliveryOf('user', 1, clientA, 1)}/attempts`)).body.data).toEqual([]);
  });

  test('is shown as it was sent, where nothing in it can run', async () => {
    const { body } = await api.get(`/v1/deliveries/${await deliveryOf('user', 1)}`);
    const html = await api.get(body.rendered.html);
    expect(html.text).toBe('<p style="color:red">Balance: <b>45.00</b></p>');
    expect(html.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/);
    const text = await api.get(body.rendered.txt);
    expect([text.text, text.headers.get('content-type')]).toEqual(['Balance: 45.00', 'text/plain; charset=utf-8']);
  });

  test('can be downloaded with its headers, of which To has one address', async () => {
    const { body } = await api.get(`/v1/deliveries/${await deliveryOf('user', 1, clientA, 1)}`);
    const eml = await api.get(body.rendered.eml);
    expect(eml.headers.get('content-disposition')).toContain('.eml');
    const mail = await simpleParser(eml.text);
    expect(mail).toMatchObject({ subject: 'Balance is low', messageId: body.messageId });
    expect(mail.from?.text).toBe('"Company Name" <billing@company.example>');
    expect(mail.headerLines.find(({ key }) => key === 'to')?.line).toBe('To: noc@company.example');
    expect(eml.text).not.toContain('owner@company.example');
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail.text?.trim()).toBe('Balance: 45.00');
  });
});
