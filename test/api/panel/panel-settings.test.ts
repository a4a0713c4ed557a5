import { startTestApi, type CallOptions, type TestApi } from '../../support/api/api.js';
import { anyVersion, invalid, refused } from '../../support/api/refusals.js';
import { asPanel, makePanelClient } from '../../support/panel/panel-api.js';
import { enqueuedLinks, linkToken } from '../../support/panel/panel-links.js';

/** What a client changes in its panel. */

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi({ PUBLIC_URL: 'https://lowwater.example' });
});
afterAll(() => api.stop());

const none = { key: null } as const;
const oldEmail = 'billing@client.example';
const newEmail = 'finance@client.example';

const versioned = (panel: CallOptions, version = '*'): CallOptions => ({
  ...panel,
  headers: { ...panel.headers, 'If-Match': version },
});

async function opened(fields: object = {}): Promise<{ id: string; panel: CallOptions }> {
  const { id } = await makePanelClient(api, fields);
  return { id, panel: await asPanel(api, id) };
}

async function auditOf(clientId: string, action: string): Promise<Record<string, unknown> | undefined> {
  const [row] = await api.sql`
    select actor, source, before, after from audit where client_id = ${clientId} and action = ${action} order by id desc`;
  return row;
}

describe('contacts', () => {
  test('change at once, with a version and an audit row', async () => {
    const { id, panel } = await opened({ billingEmail: oldEmail, ownerEmail: 'owner@operator.example', tags: ['vip'] });
    const before = await api.get('/v1/panel/contacts', panel);
    expect(before.body).toMatchObject({ billingEmail: oldEmail, nocEmail: null, pendingBillingEmail: null });
    expect(before.text).not.toMatch(/operator\.example|vip/);
    const etag = before.headers.get('etag') ?? '';
    const change = { nocEmail: 'noc@client.example', companyName: 'Client Ltd.' };
    const after = await api.call('PATCH', '/v1/panel/contacts', change, versioned(panel, etag));
    expect(after.body).toMatchObject(change);
    const stale = await api.call('PATCH', '/v1/panel/contacts', change, versioned(panel, etag));
    expect(stale).toBeProblem(412, 'version_stale');
    expect((await api.get(`/v1/clients/${id}`)).body).toMatchObject(change);
    expect(await auditOf(id, 'panel.change_contacts')).toMatchObject({
      ...{ actor: `client:${id}`, source: 'panel' },
      before: { nocEmail: null },
      after: { nocEmail: 'noc@client.example' },
    });
  });

  test('are checked', async () => {
    const { panel } = await opened();
    const send = (body: object): Promise<Awaited<ReturnType<TestApi['get']>>> =>
      api.call('PATCH', '/v1/panel/contacts', body, versioned(panel));
    await refused(api, () => send({ nocEmail: 'пошта@client.example' }), invalid('#/nocEmail', /./));
    await refused(api, () => send({ billingEmail: newEmail }), invalid('#/billingEmail', /./));
  });
});

describe('the billing email', () => {
  const request = (panel: CallOptions, billingEmail = newEmail): ReturnType<TestApi['post']> =>
    api.post('/v1/panel/billing-email', { billingEmail }, panel);
  const confirm = (token: string): ReturnType<TestApi['post']> =>
    api.post('/v1/panel/billing-email-confirmations', { token }, none);

  test('counts once the old and the new address have confirmed it', async () => {
    const { id, panel } = await opened({ billingEmail: oldEmail });
    expect((await request(panel)).body.pendingBillingEmail).toMatchObject({ newEmail, oldConfirmed: false });
    expect(await enqueuedLinks(api.sql, id)).toEqual([
      `panel_email_confirmation ${oldEmail}`,
      `panel_email_confirmation ${newEmail}`,
    ]);
    const token = await linkToken(api.sql, id, newEmail);
    const read = await api.post('/v1/panel/links/read', { token }, none);
    expect(read.body.emailChange).toEqual({ oldEmail, newEmail });
    const asPassword = await api.post('/v1/panel/links/use', { token, password: 'four unrelated words here' }, none);
    expect(asPassword).toBeProblem(404, 'link_unknown');
    expect((await confirm(token)).body).toEqual({ applied: false, waitingFor: 'old' });
    expect((await api.get('/v1/panel/contacts', panel)).body.billingEmail).toBe(oldEmail);
    expect(await confirm(token)).toBeProblem(410, 'link_used');
    expect((await confirm(await linkToken(api.sql, id, oldEmail))).body).toEqual({ applied: true, waitingFor: null });
    const { body } = await api.get('/v1/panel/contacts', panel);
    expect(body).toMatchObject({ billingEmail: newEmail, pendingBillingEmail: null });
    expect(await auditOf(id, 'panel.confirm_billing_email')).toMatchObject({ after: { billingEmail: newEmail } });
  });

  test('without an old one is confirmed by the new address alone', async () => {
    const { id, panel } = await opened();
    await request(panel);
    expect((await confirm(await linkToken(api.sql, id))).body).toEqual({ applied: true, waitingFor: null });
  });

  test('is withdrawn, replaced, and never the one in use', async () => {
    const { id, panel } = await opened({ billingEmail: oldEmail });
    await request(panel);
    const first = await linkToken(api.sql, id, newEmail);
    await request(panel, 'third@client.example');
    expect(await confirm(first)).toBeProblem(404, 'link_unknown');
    const second = await linkToken(api.sql, id, 'third@client.example');
    expect(await api.call('DELETE', '/v1/panel/billing-email', undefined, panel)).toHaveStatus(204);
    expect(await confirm(second)).toBeProblem(404, 'link_unknown');
    await refused(api, () => request(panel, oldEmail.toUpperCase()), invalid('#/billingEmail', /must differ/));
  });
});

describe('thresholds', () => {
  const change = (panel: CallOptions, body: object): ReturnType<TestApi['get']> =>
    api.call('PATCH', '/v1/panel/thresholds', body, versioned(panel));
  const allow = async (panelChangesThresholds: boolean): Promise<void> => {
    const path = '/v1/settings';
    expect(await api.call('PATCH', path, { panelChangesThresholds }, anyVersion)).toHaveStatus(200);
  };

  test('are shown, and changed only where the installation lets clients do so', async () => {
    const { id, panel } = await opened({ billingEmail: oldEmail });
    const shown = await api.get('/v1/panel/thresholds', panel);
    expect(shown.body).toMatchObject({ notifyClient: false, mayChange: false, mayChangeThreshold: false });
    expect(await change(panel, { notifyClient: true })).toBeProblem(403, 'panel_not_allowed');
    await allow(true);
    const body = { notifyClient: true, lowBalanceThreshold: '25.00', warningThresholds: '10, 5' };
    const reply = await change(panel, body);
    expect(reply.body).toMatchObject({
      ...{ notifyClient: true, lowBalanceThreshold: '25.00', warningThresholds: ['10.00', '5.00'] },
      ...{ mayChange: true, mayChangeThreshold: true },
    });
    const [signal] = await api.sql`select kind from outbox where client_id = ${id} and kind = 'configurationChanged'`;
    expect(signal).toBeDefined();
    expect(await auditOf(id, 'panel.change_thresholds')).toMatchObject({ after: { lowBalanceThreshold: '25.00' } });
    await refused(
      api,
      () => change(panel, { lowBalanceThreshold: null }),
      invalid('#/lowBalanceThreshold', /notifyClient/),
    );
    await refused(api, () => change(panel, { warningThresholds: ['x'] }), invalid('#/warningThresholds/0', /./));
    await allow(false);
  });

  test('that staff use as well stay as they are', async () => {
    await allow(true);
    const { panel } = await opened({ lowBalanceThreshold: '5.00', notifyAdmin: true });
    await refused(api, () => change(panel, { lowBalanceThreshold: '6.00' }), {
      ...{ status: 409, code: 'conflict', pointer: '#/lowBalanceThreshold', detail: /provider uses/ },
    });
    expect((await change(panel, { notifyClient: true, lowBalanceThreshold: '5' })).body).toMatchObject({
      ...{ notifyClient: true, mayChangeThreshold: false },
    });
    await allow(false);
  });
});

test('a client that is stopped reads, and changes only its password', async () => {
  const { id, panel } = await opened({ billingEmail: oldEmail, status: 'stop' });
  expect((await api.get('/v1/panel/session', panel)).body.client.status).toBe('stop');
  expect(await api.get('/v1/panel/balance', panel)).toHaveStatus(200);
  const change = { nocEmail: 'noc@client.example' };
  expect(await api.call('PATCH', '/v1/panel/contacts', change, versioned(panel))).toBeProblem(403, 'panel_stopped');
  const asked = await api.post('/v1/panel/billing-email', { billingEmail: newEmail }, panel);
  expect(asked).toBeProblem(403, 'panel_stopped');
  const passwords = { current: 'four unrelated panel words', next: 'another four unrelated words' };
  expect(await api.post('/v1/panel/password', passwords, panel)).toHaveStatus(204);
  expect(await enqueuedLinks(api.sql, id)).toEqual([`panel_password_changed ${oldEmail}`]);
});
