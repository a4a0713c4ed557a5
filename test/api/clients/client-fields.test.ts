import {
  clientFieldEntries,
  clientFieldSections,
  defaultOf,
  type ClientFieldName,
} from '../../../src/domain/clients/client-fields.js';
import type { ClientFieldSpec, ReferenceTarget } from '../../../src/domain/clients/fields/spec.js';
import { startTestApi, type Reply, type TestApi } from '../../support/api/api.js';

/** Each field of the catalogue does what its entry says, whichever fields there are. */

let api: TestApi;
/** may edit clients and nothing else */
let clientsKey: string;
/** ids that fields can refer to, two of each */
let references: Readonly<Record<ReferenceTarget, readonly [string, string]>>;

beforeAll(async () => {
  api = await startTestApi();
  clientsKey = await api.makeKey({ scopes: ['clients:read', 'clients:write'] });
  const made = async (path: string, body: object): Promise<string> => {
    const reply = await api.post(path, body);
    expect(reply).toHaveStatus(201);
    return reply.body.id;
  };
  const organisation = (kind: string, name: string): Promise<string> =>
    made('/v1/resellers', { kind, name, parentId: api.operatorId });
  const profile = (name: string): Promise<string> => made('/v1/profiles', { name, currency: 'USD' });
  const terms = (name: string): Promise<string> =>
    made('/v1/payment-terms', { name, mode: 'every', days: 7, graceDays: 7 });
  const tax = (name: string): Promise<string> =>
    made('/v1/tax-profiles', { name, ratePercent: '19', mode: 'exclusive', label: 'VAT' });
  const invoiceTemplate = (name: string): Promise<string> => made('/v1/invoice-templates', { name, language: 'en' });
  const customerClass = (name: string): Promise<string> => made('/v1/customer-classes', { name });
  const rateTable = (name: string): Promise<string> => made('/v1/rate-tables', { name, currency: 'USD' });
  const agreement = (name: string): Promise<string> => made('/v1/agreements', { name });
  const template = (name: string): Promise<string> => made('/v1/client-templates', { name });
  references = {
    reseller: [await organisation('reseller', 'North'), await organisation('reseller', 'South')],
    manager: [await organisation('manager', 'Ann'), await organisation('manager', 'Ben')],
    profile: [await profile('First'), await profile('Second')],
    payment_terms: [await terms('First'), await terms('Second')],
    tax_profile: [await tax('First'), await tax('Second')],
    invoice_template: [await invoiceTemplate('First'), await invoiceTemplate('Second')],
    customer_class: [await customerClass('First'), await customerClass('Second')],
    rate_table: [await rateTable('First'), await rateTable('Second')],
    agreement: [await agreement('First'), await agreement('Second')],
    client_template: [await template('First'), await template('Second')],
  };
});
afterAll(() => api.stop());

const entries = clientFieldEntries.map(([name, spec]) => ({ name, spec }));
const of = (isWanted: (spec: ClientFieldSpec) => boolean): typeof entries =>
  entries.filter(({ spec }) => isWanted(spec));

let sequence = 0;

/** Two values of a field that no client has, in the order in which the list sorts them; of a field with a scope, not the default. */
function samples(name: ClientFieldName, spec: ClientFieldSpec): readonly [unknown, unknown] {
  sequence += 1;
  // A login has no spaces.
  if (name === 'panelLogin') return [`login-${sequence}-a`, `login-${sequence}-b`];
  switch (spec.type) {
    case 'text':
      return [`${name} ${sequence} a`, `${name} ${sequence} b`];
    case 'email':
      return [`${name.toLowerCase()}.a@acme.example`, `${name.toLowerCase()}.b@acme.example`];
    case 'choice':
      return [...spec.values].sort().slice(0, 2) as [string, string];
    case 'flag':
      return [!spec.default, spec.default];
    case 'integer':
      return [spec.min, spec.max];
    case 'money':
      return ['1.00', '22.00'];
    case 'texts':
      return [['a'], ['b', 'c']];
    case 'thresholds':
      return [['5.00'], ['50.00', '70.00']];
    case 'currency':
      return ['EUR', 'GBP'];
    case 'timezone':
      return ['Europe/Kyiv', 'Europe/Madrid'];
    case 'language':
      return ['uk', 'uk-UA'];
    case 'reference':
      return references[spec.to];
  }
}

let count = 0;

/** Fields that others require: what happens below a threshold needs the threshold, a panel needs a login. */
function companions(fields: object): object {
  const needsCapacity = 'lowBalanceRestoreAt' in fields;
  const names = ['notifyClient', 'notifyAdmin', 'lowBalanceCapacity'];
  const needsThreshold = needsCapacity || names.some((name) => name in fields);
  const charges = 'autoPayment' in fields && fields.autoPayment === true;
  return {
    ...('clientPanel' in fields && fields.clientPanel === true && { panelLogin: `panel-${count}` }),
    ...(charges && { autoPaymentThreshold: '0.50', autoPaymentExtraAmount: '5.00' }),
    ...(needsThreshold && { lowBalanceThreshold: '0.50' }),
    ...(needsCapacity && { lowBalanceCapacity: 1 }),
  };
}

async function make(fields: object = {}, key = api.key): Promise<Reply> {
  count += 1;
  return api.post(
    '/v1/clients',
    { name: `Client ${count}`, currency: 'USD', ...companions(fields), ...fields },
    { key },
  );
}
const change = (id: string, fields: object, key = api.key): Promise<Reply> =>
  api.call('PATCH', `/v1/clients/${id}`, fields, { key, headers: { 'If-Match': '*' } });

async function made(fields: object = {}): Promise<string> {
  const reply = await make(fields);
  expect(reply).toHaveStatus(201);
  return reply.body.id;
}

async function audited(
  id: string,
): Promise<{ action: string; before: Record<string, unknown>; after: Record<string, unknown> }> {
  const [row] = await api.sql`
    select action, before, after from audit where client_id = ${id} and action like 'client.%' order by id desc limit 1`;
  return row as never;
}

test.each(entries)('$name is set, answered, changed, and audited', async ({ name, spec }) => {
  const [first, second] = samples(name, spec);
  const id = await made({ [name]: first });
  expect((await api.get(`/v1/clients/${id}`)).body).toHaveProperty(name, first);
  const reply = await change(id, { [name]: second, reason: 'contract' });
  if (spec.creationOnly) {
    expect(reply).toBeProblem(400, 'invalid', `#/${name}`);
    return;
  }
  expect(await audited(id)).toMatchObject({
    action: 'client.update',
    before: { [name]: first },
    after: { [name]: second },
  });
  expect(reply.body).toHaveProperty(name, second);
  const { body } = await api.get(`/v1/clients/${id}`);
  expect(body).toEqual({ ...reply.body, serverTime: body.serverTime });
});

test.each(entries)('$name that is not given has its default, is inherited, or is required', async ({ name, spec }) => {
  const value = defaultOf(spec);
  const reply = await api.post('/v1/clients', { name: 'Without', currency: 'USD', [name]: undefined });
  if (value === undefined && spec.inherits === undefined) expect(reply).toBeProblem(400, 'invalid', `#/${name}`);
  else expect(reply.body).toHaveProperty(name, value ?? (spec.nullable ? null : expect.any(String)));
});

test.each(of(({ creationOnly }) => !creationOnly))(
  '$name takes null exactly where it may be empty or returns to a default',
  async ({ name, spec }) => {
    const id = await made({ [name]: samples(name, spec)[0] });
    const reply = await change(id, { [name]: null, reason: 'contract' });
    if (spec.inheritable) expect(reply.body).toHaveProperty(name, defaultOf(spec) ?? (spec.nullable ? null : 'en'));
    else if (spec.nullable) expect(reply.body).toHaveProperty(name, null);
    else expect(reply).toBeProblem(400, 'invalid', `#/${name}`);
  },
);

test.each(of(({ scope }) => scope !== undefined))('$name needs $spec.scope too', async ({ name, spec }) => {
  const [first, second] = samples(name, spec);
  const { scope = 'clients:write' } = spec;
  const scoped = await api.makeKey({ scopes: ['clients:read', 'clients:write', scope] });
  expect(await make({ [name]: first }, clientsKey)).toBeProblem(403, 'scope_missing', `#/${name}`);
  expect((await make({ [name]: first }, scoped)).body).toHaveProperty(name, first);
  expect((await make({ [name]: defaultOf(spec) }, clientsKey)).body).toHaveProperty(name, defaultOf(spec));
  if (spec.creationOnly) return;
  const id = await made({ [name]: first });
  expect(await change(id, { [name]: second }, clientsKey)).toBeProblem(403, 'scope_missing', `#/${name}`);
  expect((await change(id, { [name]: first }, clientsKey)).body).toHaveProperty(name, first);
  expect((await change(id, { [name]: second, reason: 'contract' }, scoped)).body).toHaveProperty(name, second);
});

test.each(of(({ scope }) => scope === undefined))('$name needs no scope but clients:write', async ({ name, spec }) => {
  const [first, second] = samples(name, spec);
  const made = await make({ [name]: first }, clientsKey);
  expect(made).toHaveStatus(201);
  expect(await change(made.body.id, { [name]: second }, clientsKey)).toHaveStatus(200);
});

test.each(entries)('$name is in the CSV file exactly where the catalogue says so', async ({ name, spec }) => {
  const [first] = samples(name, spec);
  const tag = `csv-${name}`;
  await made(name === 'tags' ? { tags: [tag] } : { tags: [tag], [name]: first });
  const path = `/v1/exports/clients.csv?columns=${name}&status=all&tag=${tag}`;
  const reply = await fetch(api.url + path, { headers: { Authorization: `Bearer ${api.key}` } });
  expect(reply.status).toBe(spec.csv === undefined ? 400 : 200);
  if (spec.csv === undefined) return;
  const text = (await reply.text()).replace(/^\uFEFF/, '').trimEnd();
  const cell = name === 'tags' ? tag : String(Array.isArray(first) ? first.join(', ') : first);
  expect(text.split('\r\n')).toEqual([spec.csv, cell]);
});

/** Ids of the clients under a tag, as the list has them. */
async function listed(query: string): Promise<string[] | Reply> {
  const reply = await api.get(`/v1/clients?${query.includes('status=') ? '' : 'status=all&'}${query}`);
  return reply.status === 200 ? reply.body.data.map(({ id }: { id: string }) => id) : reply;
}

test.each(entries)('$name orders the list exactly where the catalogue says so', async ({ name, spec }) => {
  const tag = `sort-${name}`;
  const [first, second] = spec.type === 'flag' ? [false, true] : samples(name, spec);
  if (!spec.sortable) {
    expect(await listed(`sort=${name}`)).toBeProblem(400, 'invalid', '#/query/sort');
    return;
  }
  const fields = (value: unknown): object =>
    name === 'tags' ? { tags: [tag, ...(value as string[])] } : { tags: [tag], [name]: value };
  const ids = [await made(fields(second)), await made(fields(first))];
  expect(await listed(`tag=${tag}&sort=${name}`)).toEqual([...ids].reverse());
  expect(await listed(`tag=${tag}&sort=-${name}`)).toEqual(ids);
});

test.each(entries)('$name filters the list as the catalogue says', async ({ name, spec }) => {
  const tag = `filter-${name}`;
  const [first, second] = samples(name, spec);
  const isTags = name === 'tags';
  const id = await made(isTags ? { tags: [tag] } : { tags: [tag], [name]: first });
  await made(isTags ? { tags: ['another'] } : { tags: [tag], [name]: second });
  const found = (query: object): Promise<string[] | Reply> =>
    listed(new URLSearchParams({ tag, ...(query as Record<string, string>) }).toString());
  switch (spec.filter) {
    case 'equals':
      return expect(await found({ [name]: first })).toEqual([id]);
    case 'begins':
      return expect(await found({ [name]: String(first).toUpperCase() })).toEqual([id]);
    case 'pattern':
      return expect(await found({ [name]: `*${String(first).toUpperCase().slice(2)}` })).toEqual([id]);
    case 'range':
      expect(await found({ [`${name}From`]: '0', [`${name}To`]: String(first), currency: 'USD' })).toEqual([id]);
      return expect(await found({ [`${name}From`]: '0' })).toBeProblem(400, 'invalid', `#/query/${name}From`);
    case 'own':
      return expect(await listed(`tag=${tag}&${name}=${isTags ? tag : String(first)}`)).toEqual([id]);
    default:
      return expect(await found({ [name]: String(first) })).toBeProblem(400, 'invalid', `#/query/${name}`);
  }
});

test('a nullable reference or number that is a filter also finds the clients without one', async () => {
  const names = of(
    ({ type, nullable, filter }) => ['reference', 'integer'].includes(type) && nullable === true && filter === 'equals',
  );
  expect(names.length).toBeGreaterThan(0);
  for (const { name, spec } of names) {
    const tag = `none-${name}`;
    const id = await made({ tags: [tag] });
    await made({ tags: [tag], [name]: samples(name, spec)[0] });
    expect(await listed(`tag=${tag}&${name}=none`)).toEqual([id]);
  }
});

test('each field stands in one section', () => {
  const names = Object.values(clientFieldSections).flatMap((section) => Object.keys(section));
  expect(names).toEqual(entries.map(({ name }) => name));
});
