import { evaluateCompanies } from '../../../src/activities/companies/evaluate-companies.js';
import { sendCompanyMail } from '../../../src/activities/companies/send-company-mail.js';
import { startTestApi, type Reply, type TestApi } from '../../support/api/api.js';
import { fakeMail, type FakeMail } from '../../support/mail/fake-mail.js';
import { testDeps } from '../../support/monitoring/activity-deps.js';

let api: TestApi;
let mail: FakeMail;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());
beforeEach(() => {
  mail = fakeMail();
});

const finance = 'finance@carrier.example';
const side = (threshold: string): object => ({ enabled: true, threshold, alarmEmails: [finance] });

async function company(fields: object = {}): Promise<Reply['body']> {
  const made = await api.post('/v1/companies', { name: 'Carrier One', currency: 'USD', ...fields });
  expect(made).toHaveStatus(201);
  return made.body;
}

const read = async (id: string): Promise<Reply['body']> => (await api.get(`/v1/companies/${id}`)).body;
const patch = (id: string, body: object, etag = '*'): Promise<Reply> =>
  api.call('PATCH', `/v1/companies/${id}`, body, { headers: { 'If-Match': etag } });

let entries = 0;
async function record(id: string, entry: object): Promise<Reply> {
  return api.post(`/v1/companies/${id}/entries`, { id: `e-${++entries}`, currency: 'USD', ...entry });
}

/** What the Schedule does. */
async function run(): Promise<void> {
  const deps = testDeps(api.sql, { mail });
  const now = Math.floor(Date.now() / 1000) * 1000;
  await evaluateCompanies(deps, { at: now, after: null });
  await sendCompanyMail(deps, { now, signals: {}, nextRoundAtMs: now + 60_000 });
}

describe('companies', () => {
  test('have three balances from one ledger: the example of the decision sheet', async () => {
    const { id } = await company({ their: side('100'), our: side('0'), mutual: side('0') });
    for (const [of, kind, amount] of [
      ['their', 'payment', '1000'],
      ['their', 'charge', '950'],
      ['our', 'payment', '300'],
      ['our', 'charge', '420'],
    ]) {
      expect(await record(id, { side: of, kind, amount })).toHaveStatus(201);
    }
    expect(await read(id)).toMatchObject({
      their: { balance: { amount: '50.00', currency: 'USD' }, state: 'low', mailTime: null },
      our: { balance: { amount: '-120.00', currency: 'USD' }, state: 'low', mailTime: null },
      mutual: { balance: { amount: '170.00', currency: 'USD' }, state: 'ok' },
    });
    await run();
    const after = await read(id);
    expect([after.their.result, after.our.result, after.mutual.result]).toEqual(['sent', 'sent', 'above_threshold']);
    expect(after.their.mailTime).toMatch(/Z$/);
    expect(mail.taken.map(({ to }) => to)).toEqual([[finance], [finance]]);
    const listed = await api.get(`/v1/companies/${id}/notifications?side=their`);
    expect(listed.body.data).toMatchObject([
      {
        side: 'their',
        status: 'accepted',
        balance: '50.00',
        threshold: '100.00',
        deliveries: [{ recipient: finance }],
      },
    ]);
    const file = await api.get(`/v1/exports/company-notifications.csv?companyId=${id}`);
    expect(file.text).toContain(finance);
  });

  test('have their notifications beside those of clients, to read, to resend, and to export', async () => {
    const { id } = await company({ name: 'Carrier Listed', their: side('100') });
    await run();
    const list = await api.get(`/v1/notifications?companyId=${id}&include=facets`);
    const [notification] = list.body.data;
    expect(list.body.data).toHaveLength(1);
    expect(notification).toMatchObject({
      ...{ clientId: null, clientName: null, companyId: id, companyName: 'Carrier Listed', kind: 'company_balance' },
      ...{ rule: 'their', available: '0.00', currency: 'USD', threshold: '100.00', thresholdCurrency: 'USD' },
      ...{ status: 'accepted', to: [finance] },
    });
    expect(list.body.facets.kind).toEqual([{ word: 'company_balance', count: 1 }]);
    const usual = await api.get('/v1/notifications?q=carrier listed&sort=clientName');
    expect(usual.body.data).toEqual([notification]);
    expect((await api.get('/v1/notifications?companyId=999999')).body.data).toEqual([]);
    const { body: detail } = await api.get(`/v1/notifications/${notification.id}`);
    expect(detail).toMatchObject({ companyId: id, workflowId: null, temporalUrl: null, variables: { SIDE: 'their' } });
    const [{ id: deliveryId }] = notification.deliveries;
    expect((await api.get(`/v1/deliveries/${deliveryId}`)).body).toMatchObject({ companyId: id, clientId: null });
    const resent = await api.post(`/v1/deliveries/${deliveryId}/resend`, { reason: 'not found in the mailbox' });
    expect(resent).toHaveStatus(202);
    const { body: audit } = await api.get(`/v1/audit?action=notification.resend&subjectId=${notification.id}`);
    expect(audit.data).toMatchObject([{ clientId: null, resellerId: api.operatorId }]);
    const file = await api.get(`/v1/exports/notifications.csv?companyId=${id}&columns=companyName,rule,to`);
    expect(file.text.trim().split('\n').at(-1)?.trim()).toBe(`Carrier Listed,their,${finance}`);
    const { body: other } = await api.post('/v1/resellers', { name: 'Elsewhere' });
    const key = await api.makeKey({ resellerId: other.id });
    expect((await api.get(`/v1/notifications?companyId=${id}`, { key })).body.data).toEqual([]);
    expect(await api.get(`/v1/notifications/${notification.id}`, { key })).toBeProblem(404, 'not_found');
    expect(await api.get(`/v1/deliveries/${deliveryId}`, { key })).toBeProblem(404, 'not_found');
  });

  test('keep their entries as they are, each id once, and net both sides at once', async () => {
    const { id } = await company();
    const payment = { id: 'p-1', side: 'their', kind: 'payment', amount: '80', currency: 'USD' };
    expect(await api.post(`/v1/companies/${id}/entries`, payment)).toHaveStatus(201);
    expect(await api.post(`/v1/companies/${id}/entries`, payment)).toHaveStatus(200);
    expect(await record(id, { side: 'our', kind: 'payment', amount: '30' })).toHaveStatus(201);
    const other = await api.post(`/v1/companies/${id}/entries`, { ...payment, amount: '81' });
    expect(other).toBeProblem(409, 'conflict', '#/id');
    expect(await record(id, { kind: 'netting', amount: '-30' })).toHaveStatus(201);
    expect(await read(id)).toMatchObject({
      their: { balance: { amount: '50.00' } },
      our: { balance: { amount: '0.00' } },
      mutual: { balance: { amount: '50.00' } },
    });
    const rows = await api.get(`/v1/companies/${id}/entries?side=their`);
    expect(rows.body.data.map(({ kind, amount, balanceAfter }: Reply['body']) => [kind, amount, balanceAfter])).toEqual(
      [
        ['netting', '-30.00', '50.00'],
        ['payment', '80.00', '80.00'],
      ],
    );
    expect((await api.get(`/v1/exports/company-entries.csv?companyId=${id}`)).text).toContain('netting');
    await expect(api.sql`delete from company_entries where company_id = ${id}`).rejects.toThrow('append-only');
  });

  test('refuse entries that do not fit, and change nothing', async () => {
    const { id } = await company();
    expect(await record(id, { kind: 'payment', amount: '5' })).toBeProblem(400, 'invalid', '#/side');
    expect(await record(id, { side: 'their', kind: 'netting', amount: '5' })).toBeProblem(400, 'invalid', '#/side');
    expect(await record(id, { side: 'their', kind: 'charge', amount: '-5' })).toBeProblem(400, 'invalid', '#/amount');
    expect(await record(id, { side: 'their', kind: 'adjustment', amount: '0' })).toBeProblem(
      400,
      'invalid',
      '#/amount',
    );
    const inEuros = await record(id, { side: 'their', kind: 'payment', amount: '5', currency: 'EUR' });
    expect(inEuros).toBeProblem(422, 'currency_mismatch', '#/currency');
    const late = { side: 'their', kind: 'payment', amount: '5', at: '2999-01-01T00:00:00Z' };
    expect(await record(id, late)).toBeProblem(400, 'invalid', '#/at');
    expect((await read(id)).their.balance.amount).toBe('0.00');
    expect((await api.get(`/v1/companies/${id}/entries`)).body.data).toEqual([]);
  });

  test('take reported balances instead, which become unknown with their age', async () => {
    const { id } = await company({ source: 'reported', maxAgeMinutes: 60, their: side('10') });
    expect((await read(id)).their).toMatchObject({ balance: null, state: 'unknown' });
    const report = (body: object): Promise<Reply> => api.post(`/v1/companies/${id}/balances`, body);
    expect((await report({ their: '5', our: '-2' })).body.mutual.balance.amount).toBe('7.00');
    const earlier = await report({ their: '500', our: '0', at: '2026-01-01T00:00:00Z' });
    expect(earlier.body.their.balance.amount).toBe('5.00');
    api.now = Date.now() + 61 * 60_000;
    expect((await read(id)).their.state).toBe('unknown');
    api.now = null;
    expect(await record(id, { side: 'their', kind: 'payment', amount: '5' })).toBeProblem(409, 'conflict');
    const withLedger = await company();
    const refused = await api.post(`/v1/companies/${withLedger.id}/balances`, { their: '1', our: '1' });
    expect(refused).toBeProblem(409, 'conflict');
    const aged = await api.post('/v1/companies', { name: 'A', currency: 'USD', maxAgeMinutes: 5 });
    expect(aged).toBeProblem(400, 'invalid', '#/maxAgeMinutes');
  });

  test('are changed side by side, and lose the balance mail time of a side that is turned off', async () => {
    const made = await company({ their: side('100') });
    await run();
    expect((await read(made.id)).their.mailTime).not.toBeNull();
    const lower = await patch(made.id, { their: { threshold: '50' }, reason: 'agreed' }, '"1"');
    expect(lower.body.their).toMatchObject({ threshold: '50.00', alarmEmails: [finance], enabled: true });
    expect(lower.body.their.mailTime).not.toBeNull();
    expect(await patch(made.id, { name: 'X' }, '"1"')).toBeProblem(412, 'version_stale');
    expect((await patch(made.id, { their: { enabled: false } })).body.their.mailTime).toBeNull();
    const audit = await api.get(`/v1/audit?subjectType=company&subjectId=${made.id}`);
    expect(audit.body.data.map(({ action }: { action: string }) => action)).toEqual([
      ...['company.update', 'company.update', 'company.create'],
    ]);
  });

  test('refuse settings that could not notify, and the currency of a balance that has entries', async () => {
    const bad = (fields: object): Promise<Reply> =>
      api.post('/v1/companies', { name: 'A', currency: 'USD', ...fields });
    expect(await bad({ our: { enabled: true, alarmEmails: [finance] } })).toBeProblem(
      400,
      'invalid',
      '#/our/threshold',
    );
    expect(await bad({ our: { enabled: true, threshold: '5' } })).toBeProblem(400, 'invalid', '#/our/alarmEmails');
    expect(await bad({ mutual: { templateId: '999999' } })).toBeProblem(404, 'not_found', '#/mutual/templateId');
    expect(await bad({ their: { alarmEmails: ['nobody'] } })).toBeProblem(400, 'invalid', '#/their/alarmEmails/0');
    const { id } = await company({ externalId: 'c-1' });
    expect(await bad({ externalId: 'c-1' })).toBeProblem(409, 'already_exists', '#/externalId');
    await record(id, { side: 'our', kind: 'payment', amount: '5' });
    expect(await patch(id, { ourCurrency: 'EUR' })).toBeProblem(409, 'conflict', '#/ourCurrency');
    expect((await patch(id, { theirCurrency: 'EUR' })).body.theirCurrency).toBe('EUR');
  });

  test('are notified again after a reset by hand, whose reason is recorded', async () => {
    const { id } = await company({ their: side('100') });
    await run();
    await run();
    const sent = (): number => mail.taken.filter(({ to }) => to[0] === finance).length;
    const before = sent();
    const reset = await api.post(`/v1/companies/${id}/sides/their/reset`, { reason: 'asked for it again' });
    expect(reset.body.their).toMatchObject({ mailTime: null, result: null });
    await run();
    expect(sent()).toBe(before + 1);
    const [row] = (await api.get(`/v1/audit?subjectType=company&subjectId=${id}`)).body.data;
    expect(row).toMatchObject({ action: 'company.reset', reason: 'asked for it again', before: { side: 'their' } });
    expect(await api.post(`/v1/companies/${id}/sides/their/reset`, {})).toBeProblem(400, 'invalid', '#/reason');
    expect(await api.post(`/v1/companies/${id}/sides/both/reset`, { reason: 'x' })).toHaveStatus(404);
  });

  test('are listed, exported, and deleted', async () => {
    const { id } = await company({ name: 'Zeta Telecom', externalId: 'zeta', their: side('1') });
    await run();
    expect((await api.get('/v1/companies?q=zeta&state=low')).body.data).toMatchObject([
      { id, their: { state: 'low' } },
    ]);
    expect((await api.get('/v1/companies?q=zeta&state=off')).body.data).toEqual([]);
    expect((await api.get('/v1/exports/companies.csv?q=zeta')).text).toContain('Zeta Telecom');
    expect(await api.get('/v1/exports/companies.xlsx?q=zeta')).toHaveStatus(200);
    const gone = await api.call('DELETE', `/v1/companies/${id}`, undefined, { headers: { 'If-Match': '*' } });
    expect(gone).toHaveStatus(204);
    expect(await api.get(`/v1/companies/${id}`)).toBeProblem(404, 'not_found');
    expect(await company({ externalId: 'zeta' })).toMatchObject({ externalId: 'zeta' });
  });
});
