import { initialRuleState, type RuleStates } from '../../../src/domain/monitoring/rule-state.js';
import { startTestApi, type TestApi } from '../../support/api/api.js';

/** What a draft of a profile would do, and what an edit did. */

let api: TestApi;
const now = Date.parse('2026-03-10T12:00:00Z');

beforeAll(async () => {
  api = await startTestApi();
  api.now = now;
});
afterAll(() => api.stop());

const draft = {
  name: 'default',
  currency: 'USD',
  maxNotifications: 3,
  userRule: { threshold: '100.00', notifyOwner: true },
  clientRule: { threshold: '50.00', notifyClient: true },
};

async function profile(fields: object = {}): Promise<string> {
  return (await api.post('/v1/profiles', { ...draft, ...fields })).body.id;
}

async function client(profileId: string, name: string, balance: string, fields: object = {}): Promise<string> {
  const { body } = await api.post('/v1/clients', {
    name,
    currency: 'USD',
    profileId,
    billingEmail: `billing@${name.toLowerCase()}.example`,
    ...fields,
  });
  await api.sql`update balances set live = ${balance} where client_id = ${body.id}`;
  return body.id;
}

/** As the monitor stores its rules. */
function setRuleStates(clientId: string, rules: RuleStates): Promise<unknown> {
  return api.sql`update monitors set rules = ${api.sql.json(rules as never)} where client_id = ${clientId}`;
}

const preview = (profileId: string, fields: object = {}) =>
  api.post('/v1/profiles/preview', { profileId, profile: { ...draft, ...fields } });

test('who would be mailed now, and who no longer', async () => {
  const id = await profile();
  const raised = await client(id, 'Raised', '120.00');
  const both = await client(id, 'Both', '40.00');
  const exhausted = await client(id, 'Exhausted', '40.00');
  const tired = { ...initialRuleState(0), count: 3, lowSince: now };
  await setRuleStates(exhausted, { user: tired, client: tired });
  await client(id, 'Rich', '900.00');

  const more = await preview(id, { userRule: { threshold: '150.00', notifyOwner: true } });
  expect(more).toHaveStatus(200);
  expect(more.body).toMatchObject({ profileId: id, clients: 4, at: '2026-03-10T12:00:00Z' });
  expect(more.body.notified).toEqual({ before: 1, after: 2 });
  expect(more.body.low).toEqual({ before: 2, after: 3 });
  expect(more.body.newlyNotified).toEqual({
    count: 1,
    data: [
      {
        clientId: raised,
        name: 'Raised',
        available: '120.00',
        currency: 'USD',
        rules: [{ rule: 'user', recipients: ['company-name@operator.example'] }],
      },
    ],
  });
  expect(more.body.noLongerNotified).toEqual({ count: 0, data: [] });

  const less = await preview(id, {
    userRule: { threshold: null },
    clientRule: { threshold: '10.00', notifyClient: true },
  });
  expect(less.body.noLongerNotified.data).toEqual([
    expect.objectContaining({
      clientId: both,
      rules: [
        { rule: 'user', recipients: ['company-name@operator.example'] },
        { rule: 'client', recipients: ['billing@both.example'] },
      ],
    }),
  ]);

  const higher = await preview(id, { maxNotifications: 5 });
  expect(higher.body.newlyNotified.data).toEqual([expect.objectContaining({ clientId: exhausted })]);
});

test('nothing is changed and nobody is told', async () => {
  const id = await profile();
  await client(id, 'Quiet', '1.00');
  await api.sql`delete from outbox`;
  await preview(id, { clientRule: { threshold: '500.00', notifyClient: true } });
  expect(await api.sql`select 1 from outbox`).toHaveLength(0);
  expect((await api.get(`/v1/profiles/${id}`)).body).toMatchObject({ version: 1, clientRule: { threshold: '50.00' } });
});

test('other currencies with their rate, clients whom nobody would tell, and those that are not decided', async () => {
  const id = await profile();
  await api.post('/v1/exchange-rates', { from: 'EUR', to: 'USD', rate: '1.10' });
  await client(id, 'Euro', '95.00', { currency: 'EUR' });
  await client(id, 'Kuna', '1.00', { currency: 'CHF' });
  const mute = await client(id, 'Mute', '10.00', { billingEmail: null });
  await client(id, 'Endless', '0.00', { balanceModel: 'unlimited' });
  const { body } = await preview(id, {
    userRule: { threshold: null },
    clientRule: { threshold: '105.00', notifyClient: true },
  });
  expect(body.currencies).toEqual([
    { currency: 'CHF', clients: 1, rate: null },
    { currency: 'EUR', clients: 1, rate: '1.1' },
  ]);
  // 95 EUR are 104.50 USD.
  expect(body.newlyNotified.data).toEqual([
    expect.objectContaining({ name: 'Euro', available: '95.00', currency: 'EUR' }),
  ]);
  expect(body.unreachable).toEqual({ count: 1, data: [{ clientId: mute, name: 'Mute', rules: ['client'] }] });
  expect(body.undecided).toEqual({ paused: 0, balanceUnknown: 0, unlimited: 1, noRate: 1 });
});

test('the parts of a sentence, and the warnings of saving it', async () => {
  const reply = await api.post('/v1/profiles/preview', {
    profile: { ...draft, periodHours: 12, advancedRules: [{ key: 'idle', threshold: '5.00', inactivityDays: 30 }] },
  });
  expect(reply.body).toMatchObject({ profileId: null, clients: 0, notified: { before: 0, after: 0 } });
  expect(reply.body.warnings).toEqual([
    { pointer: '#/profile/advancedRules/0', detail: expect.stringContaining('no recipients') },
  ]);
  expect(reply.body.summary).toMatchObject({
    maxNotifications: 3,
    periodHours: 12,
    checkEveryMinutes: 720,
    rules: [
      { rule: 'user', audience: 'user', threshold: '100.00', notifies: { role: true, users: 0, emails: 0 } },
      { rule: 'client', audience: 'client', threshold: '50.00', currency: 'USD' },
      { rule: 'advanced:idle', audience: 'advanced', inactivityDays: 30 },
    ],
  });
});

test('a draft that could not be saved is refused at its place', async () => {
  const id = await profile();
  const bad = await preview(id, { periodHours: 0 });
  expect(bad.body.errors).toEqual([expect.objectContaining({ pointer: '#/profile/periodHours' })]);
  const stranger = await preview(id, { userRule: { threshold: '1.00', users: ['999'] } });
  expect(stranger).toBeProblem(404, 'not_found', '#/profile/userRule/users/0');
  const missing = await preview('999999');
  expect(missing).toBeProblem(404, 'not_found', '#/profileId');
  const branch = await api.reseller('Branch');
  const key = await api.makeKey({ resellerId: branch, scopes: ['profiles:read'] });
  expect(await api.post('/v1/profiles/preview', { profileId: id, profile: draft }, { key })).toBeProblem(
    404,
    'not_found',
  );
});

test('an edit says whom it told and which counts go on', async () => {
  const id = await profile({ advancedRules: [{ key: 'old', threshold: '5.00', emails: ['noc@operator.example'] }] });
  await client(id, 'One', '10.00');
  await client(id, 'Two', '10.00');
  const edited = await api.call(
    'PUT',
    `/v1/profiles/${id}`,
    { ...draft, advancedRules: [{ key: 'new', threshold: '5.00', emails: ['noc@operator.example'] }] },
    { headers: { 'If-Match': '"1"' } },
  );
  expect(edited.body.effect).toEqual({
    monitorsUpdated: 2,
    countersKept: ['user', 'client'],
    countersRemoved: ['advanced:old'],
    countersStarted: ['advanced:new'],
  });
});
