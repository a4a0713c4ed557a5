import { randomUUID } from 'node:crypto';
import type { Operation } from '../../../src/api/contract/operation.js';
import { z } from '../../../src/api/contract/zod.js';
import { operations } from '../../../src/api/operations/index.js';
import { startTestApi, type Reply, type TestApi } from './api.js';
import { fingerprint } from '../database/fingerprint.js';
import { makeMarkedObjects } from './marked-objects.js';

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
  let strangers: string;

  beforeAll(async () => {
    api = await startTestApi({
      SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
      PUBLIC_URL: 'https://lowwater.example',
    });
    strangers = await api.reseller('Strangers');
    strangerKey = await api.makeKey({ resellerId: strangers });
    stranger = `key:${(await api.get('/v1/me', { key: strangerKey })).body.id}`;
    foreign = await makeMarkedObjects(api, await api.reseller(mark), mark);
  });
  afterAll(() => api.stop());

  /** The address of the operation with the foreign ids in it. */
  function foreignAddress(operation: Operation): string {
    const collection = operation.path.split('/')[2] ?? '';
    const id = foreign[collection];
    if (id === undefined) throw new Error(`say in marked-objects.ts what stands in ${operation.path}`);
    const path = operation.path.replace(/\{(id|requestId)\}/, encodeURIComponent(id));
    const queries: Readonly<Record<string, string>> = {
      previewLastInvoiced: '?date=2026-01-01',
      uploadRateImport: '?fileName=rates.csv',
    };
    const query = queries[operation.id] ?? '';
    return (
      path
        .replace('{key}', 'user')
        .replace('{position}', '0')
        .replace('{type}', 'outgoing')
        .replace('{side}', 'their') + query
    );
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

  /** As the last refusal left it. */
  let stored: string | undefined;
  test.each(named(withId))('%s finds nothing of a sibling’s', async (_name, operation) => {
    stored ??= await fingerprint(api.sql);
    api.temporal.calls.length = 0;
    const reply = await send(operation, foreignAddress(operation), strangerKey);
    expectRefused(reply);
    expect(reply.text).not.toContain(mark);
    const before = stored;
    stored = await fingerprint(api.sql);
    expect(stored).toBe(before);
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
    const ofClient = 'clientId' in query ? `&clientId=${foreign['clients']}` : '';
    if ('rateTableId' in query) return [`?rateTableId=${foreign['rate-tables']}${ofClient}`];
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
