import { randomUUID } from 'node:crypto';
import type { Operation } from '../../../src/api/contract/operation.js';
import { z } from '../../../src/api/contract/zod.js';
import { operations } from '../../../src/api/operations/index.js';
import { startTestApi, type Reply, type TestApi } from './api.js';
import { fingerprint } from '../database/fingerprint.js';
import { insertEvent } from '../data/events.js';
import { upload } from '../data/imports.js';
import { insertNotification } from '../data/notifications.js';
import { samplePng } from '../invoicing/images.js';
import { makeMarkedRates } from '../rates/marked-rates.js';

/**
 * What belongs to another reseller is not found: every operation with an id in its address is called for an object of a
 * sibling, with a key that may do everything, and every list is searched for it. New operations are included
 * automatically.
 *
 * @param expectRefused what a refusal looks like
 */
export function tenancyTests(expectRefused: (reply: Reply) => void): void {
  const mark = 'Foreign-7319';

  let api: TestApi;
  let strangerKey: string;
  /** as the request log names its caller */
  let stranger: string;
  /** whatever an address can contain, all of one branch that the stranger is not in */
  let foreign: Record<string, string>;
  let branch: string;
  let strangers: string;

  beforeAll(async () => {
    api = await startTestApi({
      SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
      PUBLIC_URL: 'https://lowwater.example',
    });
    branch = await api.reseller(mark);
    strangers = await api.reseller('Strangers');
    strangerKey = await api.makeKey({ resellerId: strangers });
    stranger = `key:${(await api.get('/v1/me', { key: strangerKey })).body.id}`;
    foreign = await everythingOf(branch);
  });
  afterAll(() => api.stop());

  /** One of everything, made as a user makes it; only what no request makes is written past the API. */
  async function everythingOf(resellerId: string): Promise<Record<string, string>> {
    const made = async (path: string, body: unknown, headers: Record<string, string> = {}): Promise<string> => {
      const reply = await api.post(path, body, { headers });
      expect(reply).toHaveStatus(201);
      return reply.body.id;
    };
    const key = await api.makeKey({ resellerId });
    const user = await made('/v1/users', { name: mark, email: 'foreign-7319@a.example', resellerId });
    const profile = await made('/v1/profiles', {
      name: mark,
      currency: 'USD',
      resellerId,
      userRule: { threshold: '100.00', users: [user] },
    });
    const terms = await made('/v1/payment-terms', { name: mark, mode: 'every', days: 7, graceDays: 7, resellerId });
    const tax = { name: mark, ratePercent: '19', mode: 'exclusive', label: mark, resellerId };
    const silence = await made('/v1/silences', {
      resellerId,
      comment: mark,
      endsAt: new Date(Date.now() + 86_400_000),
    });
    const taxProfile = await made('/v1/tax-profiles', tax);
    const customerClass = await made('/v1/customer-classes', { name: mark, resellerId });
    const invoiceTemplate = await made('/v1/invoice-templates', {
      ...{ name: mark, language: 'en', sellerDetails: mark, notes: mark, subject: mark, resellerId },
      logo: samplePng().toString('base64'),
    });
    const rates = await makeMarkedRates(api, { mark, resellerId, key });
    const clientTemplate = await made('/v1/client-templates', { name: mark, resellerId });
    const client = await made('/v1/clients', {
      name: mark,
      currency: 'USD',
      resellerId,
      profileId: profile,
      paymentTermsId: terms,
      taxProfileId: taxProfile,
      customerClassId: customerClass,
      invoiceTemplateId: invoiceTemplate,
      clientTemplateId: clientTemplate,
      originationRateTableId: rates['rate-tables'],
      openingBalance: '10.00',
      creditLimit: '50.00',
      externalId: mark,
      transfersAllowed: 'yes',
    });
    await made(`/v1/clients/${client}/charges`, { id: mark, amount: '1.00', currency: 'USD' });
    const payment = await made('/v1/payments', { id: mark, clientId: client, amount: '1.00', currency: 'USD' });
    // The walk asks what would never be invoiced before a day of 2026: the invoice ends before it.
    await api.sql`update clients set created_at = '2025-01-01' where id = ${client}`;
    const invoice = await made(`/v1/clients/${client}/invoices`, {
      ...{ description: mark, issue: true, periodEnd: '2025-12-01T00:00:00Z' },
      lines: [{ description: mark, amount: '1.00' }],
    });
    const manager = await made('/v1/resellers', { name: `${mark} manager`, kind: 'manager', parentId: resellerId });
    const account = await made(`/v1/clients/${client}/accounts`, { externalId: mark, kind: 'debit' });
    const spare = await made(`/v1/clients/${client}/accounts`, { externalId: `${mark}-2`, kind: 'credit' });
    await made('/v1/payments', {
      id: `${mark}-2`,
      clientId: client,
      accountId: account,
      amount: '1.00',
      currency: 'USD',
    });
    const transfer = await made(
      '/v1/transfers',
      { fromAccountId: account, toAccountId: spare, amount: '1.00', currency: 'USD' },
      { 'Idempotency-Key': mark },
    );
    const company = await made('/v1/companies', {
      name: mark,
      currency: 'USD',
      email: `${mark}@a.example`,
      resellerId,
    });
    await api.post(`/v1/companies/${company}/entries`, {
      ...{ id: mark, side: 'their', kind: 'payment', amount: '1.00', currency: 'USD', note: mark },
    });
    const own = async (path: string, body: unknown): Promise<string> => {
      const reply = await api.post(path, body, { key });
      expect(reply).toHaveStatus(201);
      return reply.body.id;
    };
    const template = await own('/v1/mail-templates', {
      kind: 'low_balance',
      name: mark,
      subject: mark,
      html: `<p>${mark}</p>`,
      text: mark,
    });
    const source = await own('/v1/webhook-sources', { name: 'foreign-7319' });
    const endpoint = await own('/v1/webhook-endpoints', { name: mark, url: 'https://a.example/' });
    const gateway = await own('/v1/payment-gateways', {
      ...{ name: mark, kind: 'http', url: 'https://a.example/', currency: 'USD', apiKey: mark },
    });
    await api.sql`
      insert into auto_payments (client_id, gateway_id, customer_profile_id, payment_profile_id, brand, last4, expires,
        registered_at)
      values (${client}, ${gateway}, ${mark}, ${mark}, ${mark}, '7319', '2999-12', now())`;
    const cardPayment = (await api.post(`/v1/clients/${client}/card-payments`, { amount: '1.00' })).body.id as string;
    const view = await own('/v1/views', { page: 'clients', name: mark, query: `q=${mark}`, shared: true });
    const apiKey = await own('/v1/api-keys', { name: mark, scopes: ['*'] });
    const notification = await insertMarked(client);
    const job = await own('/v1/jobs', {
      ...{ kind: 'add_tags', parameters: { tags: [mark] }, selection: { clientIds: [client] }, reason: mark },
    });
    const file = await upload(api, `Name,Currency,Tags\n${mark},USD,${mark}\n`, { key, fileName: `${mark}.csv` });
    expect(file).toHaveStatus(201);
    return {
      clients: client,
      profiles: profile,
      silences: silence,
      'bounced-addresses': await insertBounced(),
      'payment-terms': terms,
      'tax-profiles': taxProfile,
      'customer-classes': customerClass,
      ...rates,
      'invoice-templates': invoiceTemplate,
      'client-templates': clientTemplate,
      jobs: job,
      imports: file.body.id,
      users: user,
      resellers: resellerId,
      managers: manager,
      'api-keys': apiKey,
      'mail-templates': template,
      'webhook-sources': source,
      'webhook-endpoints': endpoint,
      'payment-gateways': gateway,
      'card-payments': cardPayment,
      payments: payment,
      invoices: invoice,
      accounts: account,
      companies: company,
      transfers: transfer,
      views: view,
      notifications: notification.id,
      deliveries: notification.deliveries[0] ?? '',
      'temporary-credits': await insertGrant(client),
      'credit-requests': await insertCreditRequest(client),
      'request-log': await insertRequest(),
      events: await insertEvent(api.sql, { clientId: client, paymentId: mark, detail: mark }),
      'webhook-deliveries': await deliveryOf(endpoint),
    };
  }

  /** Of the event above. */
  async function deliveryOf(endpoint: string): Promise<string> {
    const [row] = await api.sql<{ id: string }[]>`
      select id from webhook_deliveries where endpoint_id = ${endpoint} order by id desc limit 1`;
    return row?.id ?? '';
  }

  async function insertMarked(
    clientId: string,
  ): Promise<{ readonly id: string; readonly deliveries: readonly string[] }> {
    return insertNotification(api.sql, {
      ...{ clientId, rule: 'user', to: [`${mark}@a.example`], available: '10' },
      ...{ subject: mark, html: mark, text: mark, messageId: `${mark}@lowwater` },
    });
  }

  async function insertBounced(): Promise<string> {
    const [row] = await api.sql<{ id: string }[]>`
      insert into bounced_addresses (reseller_id, address, status, detail, first_at, last_at)
      values (${branch}, ${`${mark}@a.example`}, '5.1.1', ${mark}, now(), now()) returning id`;
    return row?.id ?? '';
  }

  async function insertRequest(): Promise<string> {
    await api.sql`
    insert into request_log (request_id, at, method, path, status, duration_ms, caller, reseller_id, request_body)
    values ('foreign-7319', now(), 'POST', ${`/v1/${mark}`}, 201, 1, 'key:9', ${branch}, ${mark})`;
    return 'foreign-7319';
  }

  async function insertCreditRequest(clientId: string): Promise<string> {
    const [row] = await api.sql<{ id: string }[]>`
    insert into credit_requests
      (client_id, request_id, kind, status, amount, currency, valid_until, reason, requested_by, created_at, expires_at)
    values (${clientId}, 'r', 'temporary', 'pending', 5, 'USD', now() + interval '1 day', ${mark}, 'key:1', now(), now() + interval '1 day')
    returning id`;
    return row?.id ?? '';
  }

  async function insertGrant(clientId: string): Promise<string> {
    const [row] = await api.sql<{ id: string }[]>`
    insert into temporary_credits (client_id, seq, request_id, amount, currency, valid_from, valid_until, status, reason, granted_by)
    values (${clientId}, 1, 'r', 5, 'USD', now(), now() + interval '1 day', 'active', ${mark}, 'key:1')
    returning id`;
    return row?.id ?? '';
  }

  /** The address of the operation with the foreign ids in it. */
  function foreignAddress(operation: Operation): string {
    const collection = operation.path.split('/')[2] ?? '';
    const id = foreign[collection];
    if (id === undefined) throw new Error(`say in this test what stands in ${operation.path}`);
    const path = operation.path.replace(/\{(id|requestId)\}/, encodeURIComponent(id));
    const queries: Readonly<Record<string, string>> = {
      previewLastInvoiced: '?date=2026-01-01',
      uploadRateImport: '?fileName=rates.csv',
    };
    const query = queries[operation.id] ?? '';
    return path.replace('{key}', 'user').replace('{type}', 'outgoing').replace('{side}', 'their') + query;
  }

  function send(operation: Operation, path: string, key: string, body: unknown = operation.example): Promise<Reply> {
    const sent = operation.request.body ? body : undefined;
    return api.call(operation.method.toUpperCase(), path, sent, {
      key,
      ...(operation.upload && { rawBody: 'Code,Rate\n1,1\n' }),
      headers: {
        ...(operation.upload && { 'Content-Type': 'text/csv' }),
        'If-Match': '*',
        'Idempotency-Key': randomUUID(),
      },
    });
  }

  /** What is for a user’s own session alone has no place for a foreign key: sessions.test.ts. */
  const scoped = operations.filter(({ scope, sessionOnly }) => scope !== null && !sessionOnly);
  const named = (list: readonly Operation[]): [string, Operation][] =>
    list.map((operation) => [`${operation.method.toUpperCase()} ${operation.path}`, operation]);

  /** Every operation whose answer ends: the stream of changes has its own test. */
  const listed = scoped.filter(
    ({ method, id, operatorOnly }) => method === 'get' && id !== 'openStream' && !operatorOnly,
  );
  const withId = scoped.filter(({ path, operatorOnly }) => path.includes('{') && !operatorOnly);
  const readable = withId.filter(({ method }) => method === 'get');

  test.each(named(withId))('%s finds nothing of a sibling’s', async (_name, operation) => {
    const before = await fingerprint(api.sql);
    api.temporal.calls.length = 0;
    const reply = await send(operation, foreignAddress(operation), strangerKey);
    expectRefused(reply);
    expect(reply.text).not.toContain(mark);
    expect(await fingerprint(api.sql)).toBe(before);
    expect(api.temporal.calls).toEqual([]);
  });

  test.each(named(readable))(
    '%s finds it with the operator’s key, so that the test above means something',
    async (_name, operation) => {
      // No worker runs here: the explanation is then the stored one.
      api.temporal.down = true;
      const reply = await send(operation, foreignAddress(operation), api.key);
      api.temporal.down = false;
      expect(reply).toHaveStatus(200);
    },
  );

  test.each(named(listed.filter(({ path }) => !path.includes('{'))))(
    '%s shows nothing of a sibling’s or of the operator’s',
    async (_name, operation) => {
      const isOfOneObject = hasRequiredParameter(operation);
      const searches = [...(isOfOneObject ? [] : ['']), ...filtersOf(operation)];
      expect(searches).not.toEqual([]);
      for (const search of searches) {
        const reply = await api.get(`${operation.path}${search}`, { key: strangerKey });
        if (isOfOneObject) expectRefused(reply);
        else expect(reply).toHaveStatus(200);
        const shown = withoutOwnRequests(operation, reply);
        expect(shown).not.toContain(mark);
        expect(shown).not.toContain('"resellerName":"Company Name"');
      }
    },
  );

  /** The stranger may see its own requests, also those in which it named what is foreign to it. */
  function withoutOwnRequests({ id }: Operation, reply: Reply): string {
    if (id === 'exportRequests') {
      return reply.text
        .split('\r\n')
        .filter((line) => !line.includes(`,${stranger},`))
        .join('\r\n');
    }
    if (id !== 'listRequests') return reply.text;
    const rows = reply.body.data as { readonly caller: string }[];
    return JSON.stringify(rows.filter(({ caller }) => caller !== stranger));
  }

  /** It answers about the object that its query names, and refuses a foreign one. */
  function hasRequiredParameter({ request }: Operation): boolean {
    return Object.values(request.query?.shape ?? {}).some((field) => !z.safeParse(field, undefined).success);
  }

  /** Searches that name the foreign thing outright. */
  function filtersOf(operation: Operation): string[] {
    const query = operation.request.query?.shape ?? {};
    const values: Record<string, string | undefined> = {
      clientId: foreign['clients'],
      resellerId: foreign['resellers'],
      parentId: foreign['resellers'],
      profileId: foreign['profiles'],
      managerId: foreign['managers'],
      accountId: foreign['accounts'],
      companyId: foreign['companies'],
      q: mark,
    };
    if ('rateTableId' in query) return [`?rateTableId=${foreign['rate-tables']}`];
    if ('rateImportId' in query) return [`?rateImportId=${foreign['rate-imports']}`];
    return Object.keys(values)
      .filter((name) => name in query)
      .map((name) => `?${name}=${values[name]}`);
  }

  describe('a body that names something of a sibling’s', () => {
    const client = { name: 'Mine', currency: 'USD' };
    const profile = { name: 'mine', currency: 'USD' };
    const funds = { amount: '1.00', currency: 'USD' };
    const money = { id: 'mine-1', ...funds };
    const cases: [string, () => unknown][] = [
      ['/v1/clients', () => ({ ...client, resellerId: foreign['resellers'] })],
      ['/v1/clients', () => ({ ...client, resellerId: api.operatorId })],
      ['/v1/clients', () => ({ ...client, profileId: foreign['profiles'] })],
      ['/v1/clients', () => ({ ...client, managerId: foreign['managers'] })],
      ['/v1/profiles', () => ({ ...profile, resellerId: foreign['resellers'] })],
      ['/v1/profiles', () => ({ ...profile, userRule: { threshold: '1.00', users: [foreign['users']] } })],
      ['/v1/users', () => ({ name: 'x', email: 'x@x.example', resellerId: foreign['resellers'] })],
      ['/v1/resellers', () => ({ name: 'x', parentId: foreign['resellers'] })],
      ['/v1/api-keys', () => ({ name: 'x', scopes: ['*'], resellerId: foreign['resellers'] })],
      ['/v1/api-keys', () => ({ name: 'x', scopes: ['*'], resellerId: api.operatorId })],
      ['/v1/payments', () => ({ ...money, clientId: foreign['clients'] })],
      ['/v1/transfers', () => ({ ...funds, fromAccountId: foreign['accounts'], toAccountId: foreign['accounts'] })],
    ];
    test.each(cases)('%s %#', async (path, body) => {
      const before = await fingerprint(api.sql);
      const headers = { 'Idempotency-Key': randomUUID() };
      const reply = await api.post(path, body(), { key: strangerKey, headers });
      expectRefused(reply);
      expect(reply.text).not.toContain(mark);
      expect(await fingerprint(api.sql)).toBe(before);
    });

    test.each(['payments', 'charges', 'adjustments'])('a batch of %s', async (kind) => {
      const reply = await api.post(
        `/v1/${kind}/batch`,
        { items: [{ ...money, clientId: foreign['clients'] }] },
        { key: strangerKey },
      );
      expect(reply.text).toContain('not_found');
      const rows = await api.sql`select 1 from ledger_entries where external_id = 'mine-1'`;
      expect(rows).toHaveLength(0);
    });

    test('its own profile does not take clients of others', async () => {
      const own = await api.post('/v1/profiles', profile, { key: strangerKey });
      const body = { clientIds: [foreign['clients']] };
      const reply = await api.post(`/v1/profiles/${own.body.id}/assign`, body, { key: strangerKey });
      expectRefused(reply);
    });
  });

  test('what concerns all resellers is not a sub-reseller’s to do', async () => {
    const operatorOnly = scoped.filter((operation) => operation.operatorOnly);
    expect(operatorOnly.map(({ id }) => id)).toContain('createExchangeRate');
    for (const operation of operatorOnly) {
      const reply = await send(operation, operation.path.replace('{task}', 'retention'), strangerKey);
      expect(reply).toBeProblem(403, 'operator_only');
    }
  });

  test.each(named(scoped.filter(({ scope }) => scope !== 'any')))(
    '%s refuses a key with every scope but its own',
    async (_name, operation) => {
      const others = [...new Set(scoped.map(({ scope }) => scope))].flatMap((scope) =>
        scope === null || scope === 'any' || scope === operation.scope ? [] : [scope],
      );
      const key = await api.makeKey({ scopes: others });
      const path = operation.path.replace('{task}', 'retention');
      const address = path.includes('{') ? foreignAddress(operation) : path;
      const reply = await send(operation, address, key);
      expect(reply).toBeProblem(403, 'scope_missing');
      const without = await api.call(operation.method.toUpperCase(), address, undefined, { key: null });
      expect(without).toBeProblem(401, 'key_missing');
    },
  );
}
