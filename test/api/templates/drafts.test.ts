import { sendTestEmails } from '../../../src/activities/templates/test-emails.js';
import { nullLogger } from '../../../src/observability/logger.js';
import { startTestApi, type Reply, type TestApi } from '../../support/api/api.js';
import { asUser, makePerson } from '../../support/data/people.js';
import { fakeMail } from '../../support/mail/fake-mail.js';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());
beforeEach(() => api.sql`delete from mail_templates`);

const any = { headers: { 'If-Match': '*' } };
const words = { kind: 'low_balance', locale: 'en', name: 'Our words', subject: 'First', html: '', text: 'One' };

async function made(body: object): Promise<string> {
  const reply = await api.post('/v1/mail-templates', body);
  expect(reply).toHaveStatus(201);
  return reply.body.id;
}

describe('a draft', () => {
  test('is in no email until it is published; each published version is kept and can be restored', async () => {
    const id = await made(words);
    const path = `/v1/mail-templates/${id}`;
    const broken = { subject: 'Second', html: '', text: '${client.nope}' };
    const saved = await api.call('PUT', `${path}/draft`, broken, any);
    expect(saved.body).toMatchObject({ subject: 'First', text: 'One', published: 1, hasDraft: true, draft: broken });
    const refused = await api.call('POST', `${path}/publish`, undefined, any);
    expect(refused).toBeProblem(400, 'invalid', '#/text');
    expect(refused.body.errors[0].detail).toMatch(/line 1, column \d+.*client\.nope/);
    expect(refused.body.errors[0].fault).toMatchObject({
      ...{ part: 'text', line: 1, code: 'variable_near' },
      parameters: { path: 'client.nope', kind: 'low_balance' },
    });
    await api.call('PUT', `${path}/draft`, { subject: 'Second', html: '', text: 'Two' }, any);
    const published = await api.call('POST', `${path}/publish`, undefined, any);
    expect(published.body).toMatchObject({ subject: 'Second', text: 'Two', published: 4, version: 4, draft: null });
    expect(await api.call('POST', `${path}/publish`, undefined, any)).toBeProblem(409, 'conflict');
    const versions = (await api.get(`${path}/versions`)).body.data;
    expect(versions.map(({ number, subject }: { number: number; subject: string }) => [number, subject])).toEqual([
      [4, 'Second'],
      [1, 'First'],
    ]);
    const restored = await api.call('POST', `${path}/restore`, { number: 1 }, any);
    expect(restored.body).toMatchObject({ subject: 'Second', draft: { subject: 'First', text: 'One' } });
    expect(await api.call('POST', `${path}/restore`, { number: 2 }, any)).toBeProblem(404, 'not_found', '#/number');
    const discarded = await api.call('DELETE', `${path}/draft`, undefined, any);
    expect(discarded.body).toMatchObject({ subject: 'Second', draft: null, published: 4 });
    const actions = await api.sql<{ action: string }[]>`
      select action from audit where subject_type = 'mail_template' and subject_id = ${id} order by id`;
    expect(actions.map(({ action }) => action.replace('mail_template.', ''))).toEqual([
      ...['create', 'draft', 'draft', 'publish', 'restore', 'discard'],
    ]);
    const stale = await api.call('PUT', `${path}/draft`, broken, { headers: { 'If-Match': '"1"' } });
    expect(stale).toBeProblem(412, 'version_stale');
  });

  test('can be all there is of a template, which no email uses', async () => {
    const id = await made({ ...words, subject: 'Draft', text: '${client.nope}', draft: true });
    const path = `/v1/mail-templates/${id}`;
    expect((await api.get(path)).body).toMatchObject({ published: null, subject: '', draft: { subject: 'Draft' } });
    expect((await api.get(`${path}/use`)).body).toEqual({ clients: 0, companies: 0, resellers: [] });
    const kinds = (await api.get(`/v1/resellers/${api.operatorId}/mail-templates`)).body.data;
    const [lowBalance] = kinds;
    expect(lowBalance).toMatchObject({ kind: 'low_balance', templates: [{ id, published: null, used: false }] });
    expect(await api.call('DELETE', `${path}/draft`, undefined, any)).toBeProblem(409, 'conflict');
  });
});

test('each kind lists what a reseller has and inherits, and each template whose emails use it', async () => {
  const branch = await api.reseller('Branch');
  const client = async (resellerId: string, locale: string): Promise<void> => {
    const reply = await api.post('/v1/clients', { name: 'Acme', currency: 'USD', resellerId, locale });
    expect(reply).toHaveStatus(201);
  };
  await client(api.operatorId, 'en');
  await client(branch, 'en');
  await client(branch, 'uk-UA');
  const above = await made(words);
  const use = async (id: string): Promise<number> => (await api.get(`/v1/mail-templates/${id}/use`)).body.clients;
  const total = await use(above);
  const own = await made({ ...words, locale: 'uk', resellerId: branch });
  expect([await use(above), await use(own)]).toEqual([total - 1, 1]);
  expect((await api.get(`/v1/mail-templates/${own}/use`)).body.resellers).toEqual([
    { id: branch, name: 'Branch', clients: 1, companies: 0 },
  ]);
  const alarm = await made({ ...words, kind: 'company_balance', text: '${COMPANY}' });
  const named = await made({ ...words, kind: 'company_balance', text: '${COMPANY}', locale: 'pl' });
  const side = { enabled: true, threshold: '0.00', alarmEmails: ['finance@carrier.example'] };
  for (const their of [side, { ...side, templateId: named }]) {
    const reply = await api.post('/v1/companies', { name: 'Carrier', currency: 'USD', resellerId: branch, their });
    expect(reply).toHaveStatus(201);
  }
  for (const id of [alarm, named]) {
    expect((await api.get(`/v1/mail-templates/${id}/use`)).body).toEqual({
      ...{ clients: 0, companies: 1 },
      resellers: [{ id: branch, name: 'Branch', clients: 0, companies: 1 }],
    });
  }
  const inherited = async (key?: string): Promise<unknown> =>
    (
      await api.get(`/v1/resellers/${branch}/mail-templates`, key === undefined ? {} : { key })
    ).body.data[0].templates.map((row: { id: unknown; inherited: boolean; used: boolean }) => [
      row.id,
      row.inherited,
      row.used,
    ]);
  expect(await inherited()).toEqual([
    [own, false, true],
    [above, true, false],
  ]);
  // What is above is named, and can't be opened.
  expect(await inherited(await api.makeKey({ resellerId: branch }))).toEqual([
    [own, false, true],
    [null, true, false],
  ]);
});

test('the built-in text of each kind is a start, without errors', async () => {
  for (const language of ['en', 'uk']) {
    const { body } = await api.get(`/v1/mail-templates/built-in?kind=invoice&language=${language}`);
    const [{ subject, html, text }] = body.data;
    expect(await made({ ...words, subject, html, text, kind: 'invoice', locale: language })).toBeTruthy();
  }
});

test('a test goes to who asks, is marked in subject and body, and counts for nothing', async () => {
  const person = await makePerson(api, 'admin');
  const user = await asUser(api, person.id);
  const body = {
    kind: 'low_balance',
    subject: 'Low: ${client.name}',
    html: '<html><body><p>x</p></body></html>',
    text: 'x',
  };
  const reply = await api.post('/v1/mail-templates/test', body, user);
  expect(reply).toHaveStatus(202);
  expect(reply.body).toEqual({ to: person.email });
  expect(await api.post('/v1/mail-templates/test', body)).toBeProblem(409, 'conflict');
  const faulty = await api.post('/v1/mail-templates/test', { ...body, text: '${nope}' }, user);
  expect(faulty).toBeProblem(400, 'invalid', '#/text');
  const mail = fakeMail();
  const send = (): Promise<number> =>
    sendTestEmails({ sql: api.sql, mail, logger: nullLogger, settings: { mailDomain: 'lowwater.test' } });
  expect(await send()).toBe(1);
  expect(await send()).toBe(0);
  expect(mail.taken).toMatchObject([{ to: [person.email], subject: '[Test] Low: Customer A' }]);
  expect(mail.taken[0]?.text).toMatch(/^Test email: .*counts for no rule\.\n\nx/);
  expect(await api.sql`select 1 from notifications`).toEqual([]);

  const headers = { ...user.headers, 'Idempotency-Key': 'one-test' };
  const ask = (): Promise<Reply> => api.call('POST', '/v1/mail-templates/test', body, { ...user, headers });
  expect(await ask()).toHaveStatus(202);
  // Repeated after its answer was lost: the email is named by the request, too.
  await api.sql`delete from idempotency_keys`;
  for (let times = 0; times < 2; times++) expect(await ask()).toHaveStatus(202);
  expect(await send()).toBe(1);
  const more = Array.from({ length: 18 }, () => api.post('/v1/mail-templates/test', body, user));
  for (const sent of await Promise.all(more)) expect(sent).toHaveStatus(202);
  const refused = await api.post('/v1/mail-templates/test', body, user);
  expect(refused).toBeProblem(429, 'rate_limited');
  expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
  expect(await ask()).toHaveStatus(202);
  expect(await send()).toBe(18);
});

test('a manager and a deleted reseller own no template', async () => {
  const manager = await api.post('/v1/resellers', { name: 'Mary', kind: 'manager' });
  const gone = await api.post('/v1/resellers', { name: 'Gone' });
  await api.call('DELETE', `/v1/resellers/${gone.body.id}`, undefined, any);
  for (const { id: resellerId } of [manager.body, gone.body]) {
    expect(await api.post('/v1/mail-templates', { ...words, resellerId })).toBeProblem(409, 'conflict', '#/resellerId');
  }
});

describe('a template about companies', () => {
  const words = {
    kind: 'company_balance',
    subject: '${COMPANY}',
    html: '',
    text: '${SIDE} ${BALANCE} ${THRESHOLD} ${THRESHOLD_CURRENCY}',
  };
  const render = (body: object): Promise<Reply> => api.post('/v1/mail-templates/render', { ...words, ...body });
  let companyId: string;
  beforeAll(async () => {
    const our = { enabled: true, threshold: '25.50', currency: 'EUR', alarmEmails: ['noc@carrier.example'] };
    companyId = (await api.post('/v1/companies', { name: 'Carrier & Co', currency: 'EUR', our })).body.id;
    const entry = { side: 'our', kind: 'payment', amount: '12.00' };
    expect(
      await api.post(`/v1/companies/${companyId}/entries`, { id: 'shown', currency: 'EUR', ...entry }),
    ).toHaveStatus(201);
  });

  test('is shown and tried with a real company: the side that is enabled, or one that is named', async () => {
    expect((await render({ companyId })).body).toMatchObject({ subject: 'Carrier & Co', text: 'our 12.00 25.50 EUR' });
    expect((await render({ companyId, side: 'their' })).body.text).toMatch(/^their 0\.00 /);
    expect((await render({})).body.text).not.toContain('12.00');
    const user = await asUser(api, (await makePerson(api, 'admin')).id);
    expect(await api.post('/v1/mail-templates/test', { ...words, companyId }, user)).toHaveStatus(202);
    const mail = fakeMail();
    const settings = { mailDomain: 'lowwater.test' };
    await sendTestEmails({ sql: api.sql, mail, logger: nullLogger, settings });
    expect(mail.taken.at(-1)).toMatchObject({
      subject: '[Test] Carrier & Co',
      text: expect.stringContaining('our 12.00'),
    });
  });

  test('takes no client, and the others no company; one of another reseller is not found', async () => {
    const { id: clientId } = (await api.post('/v1/clients', { name: 'Acme', currency: 'USD' })).body;
    expect(await render({ clientId })).toBeProblem(400, 'invalid', '#/clientId');
    expect(await render({ companyId, kind: 'low_balance', text: 'x', subject: 'x' })).toBeProblem(
      400,
      'invalid',
      '#/companyId',
    );
    expect(await render({ side: 'our' })).toBeProblem(400, 'invalid', '#/side');
    expect(await render({ companyId: '999999' })).toBeProblem(404, 'not_found', '#/companyId');
    const key = await api.makeKey({ resellerId: await api.reseller('Elsewhere') });
    const foreign = await api.post('/v1/mail-templates/render', { ...words, companyId }, { key });
    expect(foreign).toBeProblem(404, 'not_found', '#/companyId');
  });
});
