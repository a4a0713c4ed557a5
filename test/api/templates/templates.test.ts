import { startTestApi, type TestApi } from '../../support/api/api.js';

let api: TestApi;
let reseller: string;
let resellerKey: string;

beforeAll(async () => {
  api = await startTestApi();
  reseller = await api.reseller('Sub-Reseller B');
  resellerKey = await api.makeKey({ resellerId: reseller });
});
afterAll(() => api.stop());
beforeEach(() => api.sql`delete from mail_templates`);

const words = {
  kind: 'low_balance',
  locale: 'en',
  name: 'Our words',
  subject: "Only ${client['balance_avail']} ${client['currency']} left",
  html: '<p>Dear {{ client.name }}, {% if rule.number == 1 %}your{% else %}still your{% endif %} balance is low.</p>',
  text: 'Dear ${client.name}',
};

async function fingerprint(): Promise<string> {
  const [row] = await api.sql<{ text: string }[]>`
    select concat_ws(' ', (select count(*) from mail_templates), (select sum(version) from mail_templates), (select count(*) from audit)) as text`;
  return row?.text ?? '';
}

describe('a template', () => {
  test('is kept, read, rewritten and removed', async () => {
    const made = await api.post('/v1/mail-templates', words);
    expect(made).toHaveStatus(201);
    expect(made.headers.get('etag')).toBe('"1"');
    const path = made.headers.get('location') ?? '';
    expect((await api.get(path)).body).toEqual(made.body);
    expect(made.body).toMatchObject({ ...words, resellerId: api.operatorId, version: 1 });
    const changed = await api.call('PUT', path, { ...words, subject: 'Low' }, { headers: { 'If-Match': '"1"' } });
    expect(changed).toHaveStatus(200);
    expect(changed.body.subject).toBe('Low');
    expect(changed.headers.get('etag')).toBe('"2"');
    expect(await api.call('DELETE', path, undefined, { headers: { 'If-Match': '"2"' } })).toHaveStatus(204);
    expect(await api.get(path)).toBeProblem(404, 'not_found');
    const actions =
      await api.sql`select action, before->>'subject' as before, after->>'subject' as after from audit where action like 'mail_template.%' order by id`;
    expect(actions).toEqual([
      { action: 'mail_template.create', before: null, after: words.subject },
      { action: 'mail_template.update', before: words.subject, after: 'Low' },
      { action: 'mail_template.delete', before: 'Low', after: null },
    ]);
  });

  test('is listed without its bodies, by kind and language', async () => {
    await api.post('/v1/mail-templates', words);
    await api.post('/v1/mail-templates', { ...words, locale: 'uk' });
    await api.post('/v1/mail-templates', {
      ...words,
      kind: 'credit_granted',
      html: '',
      subject: 'Lent',
      text: '${credit.amount}',
    });
    const all = await api.get('/v1/mail-templates?include=total');
    expect(all.body).toMatchObject({ total: 3, rowFrom: 1, rowTo: 3 });
    expect(all.body.data[0]).not.toHaveProperty('html');
    const one = await api.get('/v1/mail-templates?kind=low_balance&locale=uk');
    expect(one.body.data.map((row: { kind: string; locale: string }) => [row.kind, row.locale])).toEqual([
      ['low_balance', 'uk'],
    ]);
  });

  test('belongs to a reseller of the caller’s subtree', async () => {
    const own = await api.post('/v1/mail-templates', words, { key: resellerKey });
    expect(own.body.resellerId).toBe(reseller);
    const above = await api.post(
      '/v1/mail-templates',
      { ...words, resellerId: Number(api.operatorId) },
      { key: resellerKey },
    );
    expect(above).toBeProblem(404, 'not_found', '#/resellerId');
    const made = await api.post('/v1/mail-templates', words);
    const path = made.headers.get('location') ?? '';
    expect(await api.get(path, { key: resellerKey })).toBeProblem(404, 'not_found');
    for (const [method, body] of [
      ['PUT', words],
      ['DELETE', undefined],
    ] as const) {
      const answer = await api.call(method, path, body, { key: resellerKey, headers: { 'If-Match': '*' } });
      expect(answer).toBeProblem(404, 'not_found');
    }
    expect((await api.get('/v1/mail-templates', { key: resellerKey })).body.data).toHaveLength(1);
    expect((await api.get('/v1/mail-templates')).body.data).toHaveLength(2);
  });

  test('is one for its kind, language and reseller', async () => {
    await api.post('/v1/mail-templates', words);
    const other = await api.post('/v1/mail-templates', { ...words, locale: 'uk' });
    const before = await fingerprint();
    const again = await api.post('/v1/mail-templates', words);
    expect(again).toBeProblem(409, 'already_exists', '#/locale');
    const moved = await api.call('PUT', other.headers.get('location') ?? '', words, { headers: { 'If-Match': '"1"' } });
    expect(moved).toBeProblem(409, 'already_exists');
    expect(await fingerprint()).toBe(before);
  });

  test('is not rewritten by whoever has not read it as it is', async () => {
    const made = await api.post('/v1/mail-templates', words);
    const path = made.headers.get('location') ?? '';
    await api.call('PUT', path, { ...words, name: 'Second' }, { headers: { 'If-Match': '"1"' } });
    const before = await fingerprint();
    const stale = await api.call('PUT', path, { ...words, name: 'Third' }, { headers: { 'If-Match': '"1"' } });
    expect(stale).toBeProblem(412, 'version_stale');
    expect(stale.body.current.name).toBe('Second');
    expect(stale.headers.get('etag')).toBe('"2"');
    const blind = await api.call('PUT', path, words);
    expect(blind).toBeProblem(428, 'precondition_required');
    expect(await fingerprint()).toBe(before);
  });
});

describe('bad templates are refused, with the place, and nothing is kept', () => {
  const cases: { name: string; fields: object; pointer: string; detail: RegExp }[] = [
    {
      name: 'does not parse',
      fields: { text: 'Dear\n{% if client.name %}you' },
      pointer: '#/text',
      detail: /line \d+, column \d+/,
    },
    {
      name: 'reaches outside its variables',
      fields: { html: '<p>${ client.constructor }</p>' },
      pointer: '#/html',
      detail: /no variable client\.constructor/,
    },
    {
      name: 'calls',
      fields: { text: "ok\n  ${ range.constructor('return 1')() }" },
      pointer: '#/text',
      detail: /line 2/,
    },
    { name: 'includes', fields: { text: '{% include "/etc/passwd" %}' }, pointer: '#/text', detail: /line 1/ },
    {
      name: 'a variable of another kind',
      fields: { subject: '${credit.amount}' },
      pointer: '#/subject',
      detail: /no variable credit\.amount/,
    },
    {
      name: 'a subject of two lines',
      fields: { subject: 'a\nBcc: b@c.example' },
      pointer: '#/subject',
      detail: /one line/,
    },
    { name: 'nothing in it', fields: { html: '', text: ' ' }, pointer: '#/text', detail: /empty/ },
    { name: 'too long', fields: { text: 'x'.repeat(65_537) }, pointer: '#/text', detail: /up to 65536/ },
    { name: 'an unknown kind', fields: { kind: 'spam' }, pointer: '#/kind', detail: /must be one of low_balance/ },
    { name: 'a language that is none', fields: { locale: 'english' }, pointer: '#/locale', detail: /such as "en"/ },
    { name: 'an unknown field', fields: { body: 'x' }, pointer: '#/body', detail: /unknown field/ },
  ];
  test.each(cases)('$name', async ({ fields, pointer, detail }) => {
    const made = await api.post('/v1/mail-templates', words);
    const path = made.headers.get('location') ?? '';
    const before = await fingerprint();
    for (const answer of [
      await api.post('/v1/mail-templates', { ...words, locale: 'uk', ...fields }),
      await api.call('PUT', path, { ...words, ...fields }, { headers: { 'If-Match': '"1"' } }),
    ]) {
      expect(answer).toBeProblem(400, 'invalid', pointer);
      expect(answer.body.errors[0].detail).toMatch(detail);
      expect(answer.body.requestId).toBe(answer.headers.get('x-request-id'));
    }
    expect(await fingerprint()).toBe(before);
  });
});

describe('trying a template', () => {
  test('shows the mail with samples', async () => {
    const { kind, subject, html, text } = words;
    const { body } = await api.post('/v1/mail-templates/render', { kind, subject, html, text });
    expect(body).toMatchObject({ subject: 'Only 42.17 USD left', errors: [], fallback: null, text: 'Dear Customer A' });
    expect(body.html).toContain('your balance is low');
    expect(await api.sql`select 1 from mail_templates`).toEqual([]);
  });

  test('shows the mail of a real client, in its words', async () => {
    const profile = await api.sql<{ id: string }[]>`
      insert into profiles (reseller_id, name, currency, period_hours) values (${reseller}, 'default', 'EUR', 24) returning id`;
    await api.sql`
      insert into profile_rules (profile_id, key, position, threshold) values (${profile[0]?.id ?? null}, 'client', 1, 50)`;
    const [client] = await api.sql<{ id: string }[]>`
      insert into clients (reseller_id, profile_id, name, currency, balance_model, credit_limit, timezone, locale)
      values (${reseller}, ${profile[0]?.id ?? null}, '<b>Customer & Co</b>', 'EUR', 'prepaid', 10, 'Europe/Kyiv', 'en') returning id`;
    const clientId = client?.id ?? '';
    await api.sql`insert into balances (client_id, live) values (${clientId}, 22.5)`;
    const draft = {
      kind: 'low_balance',
      clientId,
      subject: '${client.name}: ${client.balance_avail} of ${threshold} ${threshold_currency}',
      html: '<p>${client.name}</p>',
    };
    const { body } = await api.post('/v1/mail-templates/render', draft, { key: resellerKey });
    expect(body.subject).toBe('<b>Customer & Co</b>: 32.50 of 50.00 EUR');
    expect(body.html).toContain('&lt;b&gt;Customer &amp; Co&lt;/b&gt;');
    const foreign = await api.makeKey({ resellerId: await api.reseller('Sub-Reseller C') });
    const answer = await api.post('/v1/mail-templates/render', draft, { key: foreign });
    expect(answer).toBeProblem(404, 'not_found', '#/clientId');
  });

  test('says what is wrong, part by part', async () => {
    const reply = await api.post('/v1/mail-templates/render', {
      kind: 'low_balance',
      subject: '${client.nam}',
      text: 'one\ntwo ${ evil() }',
    });
    expect(reply).toHaveStatus(200);
    const { body } = reply;
    expect(body).toMatchObject({ subject: null, html: null, text: null });
    expect(body.errors.map((fault: { part: string; line: number }) => [fault.part, fault.line])).toEqual([
      ['subject', 1],
      ['text', 2],
    ]);
  });

  test('says why the built-in stands in', async () => {
    const { body } = await api.post('/v1/mail-templates/render', {
      kind: 'low_balance',
      subject: '${available_converted}',
      text: 'x',
    });
    expect(body.fallback).toMatch(/subject is empty/);
    expect(body.subject).not.toBe('');
  });
});

test('the variables of each kind are listed with samples', async () => {
  const { body } = await api.get('/v1/mail-templates/variables');
  expect(body.data.map((one: { kind: string }) => one.kind)).toEqual([
    'low_balance',
    'low_funds_warning',
    'credit_granted',
    'credit_extended',
    'credit_reduced',
    'credit_cancelled',
    'credit_expiring',
    'credit_reverted',
    'invoice',
    'invoice_reminder',
    'invoice_overdue',
    'rates_notification',
    'auto_payment_declined',
    'auto_payment_frozen',
    'auto_payment_succeeded',
    'card_expiring',
    'company_balance',
  ]);
  const one = await api.get('/v1/mail-templates/variables?kind=low_balance');
  const paths = one.body.data[0].variables.map((variable: { path: string }) => variable.path);
  expect(paths).toEqual(
    expect.arrayContaining([
      'client.balance_avail',
      'client.currency',
      'client.alert_threshold',
      'client.alert_athreshold',
    ]),
  );
});

test('scopes: reading is not writing', async () => {
  const reader = await api.makeKey({ scopes: ['templates:read'] });
  expect(await api.get('/v1/mail-templates', { key: reader })).toHaveStatus(200);
  expect(await api.post('/v1/mail-templates', words, { key: reader })).toBeProblem(403, 'scope_missing');
});
