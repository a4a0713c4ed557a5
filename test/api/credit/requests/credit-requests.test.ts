import { parseInstant } from '../../../../src/domain/instants.js';
import { noCap } from '../../../../src/storage/credit/credit-cap.js';
import type { CallOptions, Reply } from '../../../support/api/api.js';
import { anyVersion } from '../../../support/api/refusals.js';
import { api, newClient, storedGrant, useCreditApi } from '../../../support/credit/credit-api.js';
import { asUser, makePerson } from '../../../support/data/people.js';

/** Credit above the maximum: an agent (10 %, 30 days) asks, a manager (20 %, 60 days) decides. */

useCreditApi();

let agent: CallOptions;
let manager: CallOptions;
let client: string;

const inDays = (days: number): string => new Date((api.now ?? 0) + days * 86_400_000).toISOString();

async function granter(maxPercent: string, maxDays: number): Promise<CallOptions> {
  const person = await makePerson(api, 'credit_controller', { cap: { ...noCap, maxPercent, maxDays } });
  return asUser(api, person.id);
}

beforeEach(async () => {
  client = await newClient({ creditLimit: '200' });
  agent = await granter('10', 30);
  manager = await granter('20', 60);
});

const ask = (body: object, options: CallOptions = agent): Promise<Reply> =>
  api.post(
    `/v1/clients/${client}/credit-requests`,
    { reason: 'bank holiday', validUntil: inDays(30), ...body },
    options,
  );
const approve = (id: string, body: object = {}, options: CallOptions = manager): Promise<Reply> =>
  api.post(`/v1/credit-requests/${id}/approve`, body, options);
const openEvents = async (id: string): Promise<number> => {
  const [row] = await api.sql<{ n: number }[]>`
    select count(*)::int as n from events where kind = 'credit.requested' and cause = ${id} and resolved_at is null`;
  return row?.n ?? 0;
};
const audited = async (id: string): Promise<string[]> => {
  const rows = await api.sql<{ action: string }[]>`
    select action from audit where subject_type = 'credit_request' and subject_id = ${id} order by id`;
  return rows.map(({ action }) => action);
};

test.each([
  ['20 for 30 days needs no request', { amount: '20.00' }, 400],
  ['20.01 needs one', { amount: '20.01' }, 201],
  ['20 for 31 days needs one', { amount: '20.00', validUntil: 31 }, 201],
  ['10 % needs none', { percent: '10' }, 400],
  ['10.01 % needs one', { percent: '10.01' }, 201],
])('of a limit of 200, %s', async (_, wish, status) => {
  const { validUntil = 30, ...amount } = wish as { validUntil?: number; amount?: string; percent?: string };
  const reply = await ask({ ...amount, validUntil: inDays(validUntil) });
  expect(reply).toHaveStatus(status);
  if (status === 400) expect(reply).toBeProblem(400, 'invalid', '#/amount');
});

test('a request waits for 72 hours, staff knows of it, and it starts its workflow', async () => {
  const { body, headers } = await ask({ amount: '30.00' });
  expect(headers.get('location')).toBe(`/v1/credit-requests/${body.id}`);
  expect(body).toMatchObject({
    kind: 'temporary',
    status: 'pending',
    amount: '30.00',
    approved: null,
    decidedBy: null,
  });
  expect(parseInstant(body.expiresAt, '')).toBe((api.now ?? 0) + 72 * 3_600_000);
  expect(await openEvents(body.id)).toBe(1);
  expect(await audited(body.id)).toEqual(['credit_request.create']);
  expect(api.temporal.calls.filter(({ method, id }) => method === 'wakeCreditRequest' && id === body.id)).toHaveLength(
    1,
  );
  const listed = await api.get(`/v1/credit-requests?status=pending&clientId=${client}`, manager);
  expect(listed.body.data).toHaveLength(1);
  const { body: seen } = await api.get(`/v1/credit-requests/${body.id}`, manager);
  expect(seen).toMatchObject({ own: false, grantsLast90Days: 0, creditLimit: '200.00' });
  expect((await api.get(`/v1/credit-requests/${body.id}`, agent)).body.own).toBe(true);
});

test('it never waits longer than the credit would last', async () => {
  const validUntil = inDays(1);
  const { body } = await ask({ amount: '30.00', validUntil });
  expect(Date.parse(body.expiresAt)).toBe(Date.parse(validUntil));
});

test('a percentage becomes an amount when it is asked for', async () => {
  const { body } = await ask({ percent: '15.5' });
  expect(body).toMatchObject({ amount: '31.00', percent: '15.5' });
});

test('the same id asks once; with another body it is a conflict', async () => {
  const first = await ask({ id: 'r-1', amount: '30.00' });
  const second = await ask({ id: 'r-1', amount: '30.00' });
  expect(second).toHaveStatus(200);
  expect(second.body.id).toBe(first.body.id);
  expect(await ask({ id: 'r-1', amount: '31.00' })).toBeProblem(409, 'conflict', '#/id');
});

test('the amount that an earlier percentage came to is another request', async () => {
  const first = await ask({ id: 'r-1', percent: '15' });
  expect((await ask({ id: 'r-1', percent: '15.0' })).body.id).toBe(first.body.id);
  expect(await ask({ id: 'r-1', amount: first.body.amount })).toBeProblem(409, 'conflict', '#/id');
  expect(await ask({ id: 'r-1', percent: '16' })).toBeProblem(409, 'conflict', '#/id');
});

test('a client has one open request of a kind', async () => {
  await ask({ amount: '30.00' });
  expect(await ask({ amount: '35.00' })).toBeProblem(409, 'credit_request_exists');
});

test.each([
  [{ amount: '30.00', percent: '15' }, '#/amount'],
  [{ amount: '30.00', validUntil: '2020-01-01T00:00:00Z' }, '#/validUntil'],
  [{ amount: '30.00', from: '2026-05-01T00:00:00Z', validUntil: '2026-04-01T00:00:00Z' }, '#/validUntil'],
  [{ creditLimit: '900.00' }, '#/validUntil'],
])('%j is refused at its field', async (body, pointer) => {
  expect(await ask(body)).toBeProblem(400, 'invalid', pointer);
});

test('a manager may approve up to 40 and 60 days, the same or less, and not more than was asked for', async () => {
  const { body } = await ask({ amount: '41.00', validUntil: inDays(61) });
  const within = { amount: '40.00', validUntil: inDays(60) };
  const above = await approve(body.id, { ...within, amount: '40.01' });
  expect(above).toBeProblem(422, 'credit_above_maximum', '#/amount');
  expect(above.body.detail).toMatch(/: approve less, or let a user with a higher maximum approve it$/);
  expect(await approve(body.id, { amount: '40.00' })).toBeProblem(422, 'credit_above_maximum', '#/validUntil');
  expect(await approve(body.id, { ...within, amount: '41.01' })).toBeProblem(400, 'invalid', '#/amount');
  expect(await approve(body.id, { ...within, validUntil: inDays(62) })).toBeProblem(400, 'invalid', '#/validUntil');
  expect(await openEvents(body.id)).toBe(1);
  const approved = await approve(body.id, { ...within, reason: 'agreed' });
  expect(approved).toHaveStatus(200);
  expect(approved.body).toMatchObject({ status: 'approved', approved: { amount: '40.00' }, decisionReason: 'agreed' });
  expect(await openEvents(body.id)).toBe(0);
  expect(await audited(body.id)).toEqual(['credit_request.create', 'credit_request.approve']);
  expect(api.temporal.calls.filter(({ method }) => method === 'wakeCreditRequest')).toHaveLength(2);
});

test('nobody approves an own request, nor with an own key', async () => {
  const { body } = await ask({ amount: '30.00' });
  expect(await approve(body.id, {}, agent)).toBeProblem(403, 'self_approval');
});

test('a request is decided once', async () => {
  const { body } = await ask({ amount: '30.00' });
  const [one, other] = await Promise.all([approve(body.id), approve(body.id, {}, await granter('50', 90))]);
  const statuses = [one?.status, other?.status].sort();
  expect(statuses).toEqual([200, 409]);
  const refused = await api.post(`/v1/credit-requests/${body.id}/refuse`, { reason: 'late' }, manager);
  expect(refused).toBeProblem(409, 'credit_request_closed');
});

test('a request that has expired is not approved, also before its workflow noticed', async () => {
  const { body } = await ask({ amount: '30.00' });
  api.now = Date.parse(body.expiresAt);
  // With a key: sessions have ended by then.
  expect(await approve(body.id, {}, {})).toBeProblem(409, 'credit_request_closed');
});

test('a credit that came meanwhile refuses the request with that reason', async () => {
  const { body } = await ask({ amount: '30.00' });
  await storedGrant({ client });
  const decided = await approve(body.id);
  expect(decided.body).toMatchObject({ status: 'refused', failure: 'credit_exists' });
  expect(await openEvents(body.id)).toBe(0);
  expect((await api.get(`/v1/credit-requests/${body.id}`)).body.grantsLast90Days).toBeGreaterThanOrEqual(0);
});

test('it is refused with a reason, and withdrawn by who made it alone', async () => {
  const first = (await ask({ amount: '30.00' })).body.id;
  expect(await api.post(`/v1/credit-requests/${first}/refuse`, {}, manager)).toBeProblem(400, 'invalid', '#/reason');
  const refused = await api.post(`/v1/credit-requests/${first}/refuse`, { reason: 'two invoices' }, manager);
  expect(refused.body).toMatchObject({ status: 'refused', decisionReason: 'two invoices', failure: null });
  const second = (await ask({ amount: '30.00' })).body.id;
  expect(await api.post(`/v1/credit-requests/${second}/withdraw`, {}, manager)).toBeProblem(403, 'not_own_request');
  expect((await api.post(`/v1/credit-requests/${second}/withdraw`, {}, agent)).body.status).toBe('withdrawn');
  expect(await openEvents(second)).toBe(0);
});

test('a permanent limit above the maximum is asked for in the same way', async () => {
  const limits = { amount: '500.00', currency: 'USD' };
  const key = await api.post('/v1/api-keys', { name: 'limits', scopes: ['*'], maximumCreditLimit: limits });
  const asked = { creditLimit: '800.00', reason: 'new contract' };
  const request = (body: object): Promise<Reply> =>
    api.post(`/v1/clients/${client}/credit-requests`, body, { key: key.body.key });
  expect(await request({ ...asked, creditLimit: '500.00' })).toBeProblem(400, 'invalid', '#/creditLimit');
  expect(await request({ ...asked, creditLimit: '150.00' })).toBeProblem(400, 'invalid', '#/creditLimit');
  const { body } = await request(asked);
  expect(body).toMatchObject({ kind: 'permanent', amount: '800.00', validUntil: null });
  expect(await approve(body.id, { validUntil: inDays(3) })).toBeProblem(400, 'invalid', '#/validUntil');
  expect((await approve(body.id, { amount: '700.00' })).body).toMatchObject({ approved: { amount: '700.00' } });
});

describe('where temporary credit is for postpaid clients only', () => {
  beforeEach(() => api.sql`update installation_settings set temporary_credit = 'postpaid_only'`.then(() => undefined));
  afterEach(() => api.sql`update installation_settings set temporary_credit = 'finite'`.then(() => undefined));

  test('a prepaid client gets none, and the form can say why', async () => {
    client = await newClient({ creditLimit: '200', model: 'prepaid' });
    expect(await ask({ amount: '30.00' })).toBeProblem(409, 'client_prepaid');
    const { body } = await api.get(`/v1/clients/${client}/temporary-credits/limits`, agent);
    expect(body.refusal).toMatchObject({ code: 'client_prepaid' });
  });

  test('a postpaid client gets it', async () => {
    expect(await ask({ amount: '30.00' })).toHaveStatus(201);
  });
});

test('a reseller sees no request of another', async () => {
  const { body } = await ask({ amount: '30.00' });
  const foreign = await makePerson(api, 'credit_controller', { resellerId: await api.reseller('Branch') });
  const options = await asUser(api, foreign.id);
  expect(await api.get(`/v1/credit-requests/${body.id}`, options)).toBeProblem(404, 'not_found');
  expect(
    await approve(body.id, {}, { ...options, ...{ headers: { ...anyVersion.headers, ...options.headers } } }),
  ).toBeProblem(404, 'not_found');
});

test('the pending requests of a client end when it is deleted, and say why', async () => {
  const fields = { name: 'Leaving', currency: 'USD', balanceModel: 'postpaid', creditLimit: '200' };
  client = ((await api.post('/v1/clients', fields)).body as { id: string }).id;
  const { id } = (await ask({ amount: '30.00' })).body as { id: string };
  expect(await api.call('DELETE', `/v1/clients/${client}?reason=contract%20ended`, undefined, anyVersion)).toHaveStatus(
    204,
  );
  const reply = await api.get(`/v1/credit-requests/${id}`);
  expect(reply.body).toMatchObject({ status: 'refused', failure: 'client_deleted', decisionReason: 'contract ended' });
  expect(await openEvents(id)).toBe(0);
  expect(await audited(id)).toEqual(['credit_request.create', 'credit_request.refuse']);
  expect(await approve(id)).toBeProblem(409, 'credit_request_closed');
});
