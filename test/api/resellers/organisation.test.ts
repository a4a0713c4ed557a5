import { randomBytes } from 'node:crypto';
import { startTestApi, type Reply, type TestApi } from '../../support/api/api.js';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi({ SECRET_KEY: randomBytes(32).toString('base64') });
});
afterAll(() => api.stop());
beforeEach(async () => {
  api.now = null;
  await api.sql`delete from outbox`;
});

const patch = (path: string, body: unknown): Promise<Reply> =>
  api.call('PATCH', path, body, { headers: { 'If-Match': '*' } });

async function made(path: string, body: unknown): Promise<Reply> {
  const reply = await api.post(path, body);
  expect(reply).toHaveStatus(201);
  return reply;
}

async function signals(): Promise<string[]> {
  const rows = await api.sql<{ what: string }[]>`select client_id || ' ' || kind as what from outbox order by 1`;
  return rows.map(({ what }) => what);
}

describe('resellers', () => {
  test('form a tree, with managers as its leaves', async () => {
    const a = await made('/v1/resellers', { name: 'Sub-Reseller A', email: 'a@operator.example' });
    const b = await made('/v1/resellers', { name: 'Under A', parentId: a.body.id });
    const manager = await made('/v1/resellers', { name: 'Mary', kind: 'manager', parentId: b.body.id });
    expect(manager.body).toMatchObject({
      kind: 'manager',
      parentId: b.body.id,
      path: [api.operatorId, a.body.id, b.body.id, manager.body.id],
      email: null,
      clients: 0,
    });
    await made('/v1/clients', { name: 'Acme', currency: 'USD', resellerId: b.body.id, managerId: manager.body.id });
    const tree = await api.get('/v1/resellers/tree');
    expect(tree.body.root).toMatchObject({ id: api.operatorId, kind: 'operator' });
    const under = tree.body.root.children.find(({ id }: { id: string }) => id === a.body.id);
    expect(under.children[0]).toMatchObject({ name: 'Under A', clients: 1, children: [{ name: 'Mary', clients: 1 }] });
    const list = await api.get(`/v1/resellers?parentId=${a.body.id}`);
    expect(list.body.data.map(({ name }: { name: string }) => name)).toEqual(['Under A']);
    const below = await api.post('/v1/resellers', { name: 'X', parentId: manager.body.id });
    expect(below).toBeProblem(409, 'conflict', '#/parentId');
  });

  test('has no credit without a currency', async () => {
    const refused = await api.post('/v1/resellers', { name: 'No currency', credit: '5.00' });
    expect(refused).toBeProblem(400, 'invalid', '#/credit');
    const { body } = await made('/v1/resellers', { name: 'Currency', currency: 'EUR', credit: '5.00' });
    const path = `/v1/resellers/${body.id}`;
    expect(await patch(path, { currency: null })).toBeProblem(400, 'invalid', '#/credit');
    expect(await patch(path, { currency: null, credit: '0.00' })).toHaveStatus(200);
    expect(await patch(path, { credit: '1.00' })).toBeProblem(400, 'invalid', '#/credit');
  });

  test.each(['zz', '0.5', 'e', 'en-'])('has no language "%s"', async (locale) => {
    const { body } = await made('/v1/resellers', { name: `Language ${locale}` });
    expect(await patch(`/v1/resellers/${body.id}`, { locale })).toBeProblem(400, 'invalid', '#/locale');
  });

  test('a new e-mail tells the monitors of its clients; a new name does not', async () => {
    const reseller = await made('/v1/resellers', { name: 'Mailer', email: 'old@operator.example' });
    const path = `/v1/resellers/${reseller.body.id}`;
    const client = await made('/v1/clients', { name: 'Acme', currency: 'USD', resellerId: reseller.body.id });
    await api.sql`delete from outbox`;
    expect((await patch(path, { name: 'Mailer Ltd' })).body).toMatchObject({ name: 'Mailer Ltd', version: 2 });
    expect(await signals()).toEqual([]);
    expect((await patch(path, { email: 'new@operator.example' })).body.email).toBe('new@operator.example');
    expect(await signals()).toEqual([`${client.body.id} configurationChanged`]);
  });

  test('so does a manager’s', async () => {
    const manager = await made('/v1/resellers', { name: 'Max', kind: 'manager', email: 'max@operator.example' });
    const client = await made('/v1/clients', { name: 'Acme', currency: 'USD', managerId: manager.body.id });
    await api.sql`delete from outbox`;
    await patch(`/v1/resellers/${manager.body.id}`, { email: null });
    expect(await signals()).toEqual([`${client.body.id} configurationChanged`]);
  });
});

describe('siblings', () => {
  test('have different names, whatever the case, while they are active: on creation, on renaming, and after a move', async () => {
    const parent = await made('/v1/resellers', { name: 'Names' });
    const within = { parentId: parent.body.id };
    const north = await made('/v1/resellers', { name: 'North', ...within });
    const south = await made('/v1/resellers', { name: 'South', ...within });
    const elsewhere = await made('/v1/resellers', { name: 'NORTH', parentId: south.body.id });
    const twin = await api.post('/v1/resellers', { name: 'north', kind: 'manager', ...within });
    expect(twin).toBeProblem(409, 'already_exists', '#/name');
    expect(await patch(`/v1/resellers/${south.body.id}`, { name: 'NoRth' })).toBeProblem(
      409,
      'already_exists',
      '#/name',
    );
    expect(await patch(`/v1/resellers/${north.body.id}`, { name: 'NORTH' })).toHaveStatus(200);
    // Siblings are not the caller's to see, but their names are taken all the same.
    const key = await api.makeKey({ resellerId: south.body.id, scopes: ['*'] });
    const own = await api.call(
      'PATCH',
      `/v1/resellers/${south.body.id}`,
      { name: 'north' },
      { key, headers: { 'If-Match': '*' } },
    );
    expect(own).toBeProblem(409, 'already_exists', '#/name');
    const path = `/v1/resellers/${elsewhere.body.id}/move`;
    expect(await api.post(`${path}/preview`, within)).toBeProblem(409, 'already_exists', '#/parentId');
    const move = (): Promise<Reply> => api.call('POST', path, within, { headers: { 'If-Match': '*' } });
    expect(await move()).toBeProblem(409, 'already_exists', '#/parentId');
    expect((await api.get(`/v1/resellers/${elsewhere.body.id}`)).body).toMatchObject({
      parentId: south.body.id,
      version: 1,
    });
    await api.call('DELETE', `/v1/resellers/${north.body.id}`, undefined, { headers: { 'If-Match': '*' } });
    expect(await move()).toHaveStatus(200);
    const back = await api.call('POST', `/v1/resellers/${north.body.id}/restore`, {}, { headers: { 'If-Match': '*' } });
    expect(back).toBeProblem(409, 'already_exists', '#/name');
  });
});

describe('a move', () => {
  test('asks for channels and agreements of former parents that profiles, companies, and rate tables name', async () => {
    const from = (await made('/v1/resellers', { name: 'With channels' })).body.id;
    const to = (await made('/v1/resellers', { name: 'Its next parent' })).body.id;
    const moved = (await made('/v1/resellers', { name: 'Moved with channels', parentId: from })).body.id;
    const channel = async (resellerId: string, fields: object = {}): Promise<string> => {
      const url = 'https://hooks.slack.com/services/T0/B0/XXXX';
      const body = { name: 'NOC', format: 'slack_webhook', url, resellerId, ...fields };
      return (await made('/v1/notification-channels', body)).body.id;
    };
    const sms = { name: 'Gateway', format: 'sms_json', url: 'https://sms.example.com/send' };
    const [slack, gateway, next, nextGateway] = [
      ...[await channel(from), await channel(from, sms), await channel(to), await channel(to, sms)],
    ];
    const phone = '+380501234567';
    const channels = [{ channelId: slack }, { channelId: gateway, address: phone }];
    const profile = await made('/v1/profiles', {
      ...{ name: 'with channels', currency: 'USD', resellerId: moved, clientRule: { threshold: '1', channels } },
    });
    const client = await made('/v1/clients', {
      ...{ name: 'Acme', currency: 'USD', resellerId: moved, profileId: profile.body.id },
    });
    const their = { enabled: true, threshold: '1', alarmChannels: [{ channelId: slack }] };
    const company = await made('/v1/companies', { name: 'Carrier', currency: 'USD', resellerId: moved, their });
    const agreement = (await made('/v1/agreements', { name: 'Standard', resellerId: from })).body.id;
    const table = await made('/v1/rate-tables', {
      ...{ name: 'Its own', currency: 'USD', resellerId: moved, agreementId: agreement },
    });
    const path = `/v1/resellers/${moved}/move`;
    const preview = await api.post(`${path}/preview`, { parentId: to });
    expect(preview.body.dangling).toMatchObject([
      { kind: 'agreement', id: agreement, clients: 0, rateTables: 1 },
      { kind: 'notification_channel', id: slack, name: 'NOC', resellerId: from, profiles: 1, companies: 1 },
      { kind: 'notification_channel', id: gateway, profiles: 1, companies: 0 },
    ]);
    const move = (mapping: readonly (readonly [string, string, string | null])[]): Promise<Reply> => {
      const body = { parentId: to, mapping: mapping.map(([kind, was, is]) => ({ kind, from: was, to: is })) };
      return api.call('POST', path, body, { headers: { 'If-Match': '*' } });
    };
    const kind = 'notification_channel';
    const refused = await move([]);
    expect(refused).toBeProblem(409, 'reseller_dangling', '#/mapping');
    expect(refused.body.detail).toContain(`notification channel ${slack} "NOC"`);
    expect(await move([[kind, slack ?? '', slack ?? '']])).toBeProblem(409, 'conflict', '#/mapping');
    const mixed = await move([[kind, slack ?? '', nextGateway ?? '']]);
    expect(mixed).toBeProblem(409, 'conflict', '#/mapping');
    expect(mixed.body.detail).toContain('SMS');
    const none = await move([[kind, slack ?? '', null]]);
    expect(none).toBeProblem(409, 'conflict', '#/mapping');
    expect(none.body.detail).toContain('"Carrier" would have an alarm without recipients');
    expect((await api.get(`/v1/companies/${company.body.id}`)).body.version).toBe(1);
    await api.sql`delete from outbox`;
    const mapping = [
      [kind, slack ?? '', next ?? ''],
      [kind, gateway ?? '', null],
      ['agreement', agreement, null],
    ] as const;
    expect(await move(mapping)).toHaveStatus(200);
    expect((await api.get(`/v1/profiles/${profile.body.id}`)).body).toMatchObject({
      ...{ version: 3, clientRule: { channels: [{ channelId: next, address: null }] } },
    });
    expect((await api.get(`/v1/companies/${company.body.id}`)).body).toMatchObject({
      ...{ version: 2, their: { alarmChannels: [{ channelId: next, address: null, isUsable: true }] } },
    });
    expect((await api.get(`/v1/rate-tables/${table.body.id}`)).body).toMatchObject({ agreementId: null, version: 2 });
    expect(await signals()).toEqual([`${client.body.id} configurationChanged`]);
  });
});

describe('the client owner', () => {
  test('is the client’s own address, else the manager’s, else the reseller’s, else that of the nearest above', async () => {
    const { operatorId } = api;
    await patch(`/v1/resellers/${operatorId}`, { email: 'top@operator.example' });
    const a = await made('/v1/resellers', { name: 'Above', email: 'above@operator.example' });
    const b = await made('/v1/resellers', { name: 'Between', parentId: a.body.id });
    const c = await made('/v1/resellers', { name: 'Own', parentId: b.body.id, email: 'own@operator.example' });
    const m = await made('/v1/resellers', {
      name: 'Mia',
      kind: 'manager',
      parentId: c.body.id,
      email: 'mia@operator.example',
    });
    const userRule = { threshold: '1.00', notifyOwner: true };
    const profile = await made('/v1/profiles', { name: 'owner', currency: 'USD', userRule });
    const client = await made('/v1/clients', {
      ...{ name: 'Acme', currency: 'USD', resellerId: c.body.id, managerId: m.body.id, profileId: profile.body.id },
      ownerEmail: 'acme@operator.example',
    });
    const path = `/v1/clients/${client.body.id}`;
    const owner = async (): Promise<unknown> => {
      const { recipients, resolvedRecipients } = (await api.get(`${path}/explain`)).body.rules[0];
      const [{ role, name, email }] = resolvedRecipients;
      expect(recipients).toEqual(email === null ? [] : [email]);
      expect((await api.get(path)).body.recipientMissing).toBe(email === null);
      return [role, name, email];
    };
    api.temporal.down = true;
    expect(await owner()).toEqual(['owner', null, 'acme@operator.example']);
    await patch(path, { ownerEmail: null });
    expect(await owner()).toEqual(['manager', 'Mia', 'mia@operator.example']);
    const without = async ({ body }: Reply, expected: unknown): Promise<void> => {
      await api.sql`delete from outbox`;
      await patch(`/v1/resellers/${body.id}`, { email: null });
      expect(await owner()).toEqual(expected);
      expect(await signals()).toContain(`${client.body.id} configurationChanged`);
    };
    await without(m, ['reseller', 'Own', 'own@operator.example']);
    await without(c, ['reseller', 'Above', 'above@operator.example']);
    await without(a, ['reseller', 'Company Name', 'top@operator.example']);
    await patch(`/v1/resellers/${operatorId}`, { email: null });
    expect(await owner()).toEqual(['reseller', 'Own', null]);
    api.temporal.down = false;
  });

  test('below a reseller with an email stays the same when one further above gets another', async () => {
    const a = await made('/v1/resellers', { name: 'Above it', email: 'above@operator.example' });
    const b = await made('/v1/resellers', { name: 'Own', parentId: a.body.id, email: 'own@operator.example' });
    await made('/v1/clients', { name: 'Acme', currency: 'USD', resellerId: b.body.id });
    await api.sql`delete from outbox`;
    const before = (await api.get(`/v1/resellers/${b.body.id}`)).body.version;
    await patch(`/v1/resellers/${a.body.id}`, { email: 'other@operator.example' });
    expect(await signals()).toEqual([]);
    expect((await api.get(`/v1/resellers/${b.body.id}`)).body.version).toBe(before);
  });
});

describe('users', () => {
  test('are found, changed and deleted', async () => {
    const user = await made('/v1/users', { name: 'Anna', email: 'Anna@operator.example' });
    expect(user.body).toMatchObject({ name: 'Anna', profiles: 0, resellerName: 'Company Name' });
    const twin = await api.post('/v1/users', { name: 'Other Anna', email: 'anna@OPERATOR.example' });
    expect(twin).toBeProblem(409, 'already_exists', '#/email');
    const list = await api.get('/v1/users?email=ANNA@operator.example');
    expect(list.body.data).toEqual([user.body]);
    const path = `/v1/users/${user.body.id}`;
    expect((await patch(path, { name: 'Anna B' })).body).toMatchObject({ name: 'Anna B', version: 2 });
    const gone = await api.call('DELETE', path, undefined, { headers: { 'If-Match': '"2"' } });
    expect(gone).toHaveStatus(204);
    expect(await api.get(path)).toBeProblem(404, 'not_found');
  });

  test('a new e-mail tells the monitors of every client whose profile notifies the user', async () => {
    const user = await made('/v1/users', { name: 'Bob', email: 'bob@operator.example' });
    const rule = { threshold: '1.00', users: [user.body.id] };
    const profile = await made('/v1/profiles', { name: 'p', currency: 'USD', userRule: rule });
    const client = await made('/v1/clients', { name: 'Acme', currency: 'USD', profileId: profile.body.id });
    await made('/v1/clients', { name: 'Another', currency: 'USD' });
    await api.sql`delete from outbox`;
    await patch(`/v1/users/${user.body.id}`, { email: 'robert@operator.example' });
    expect(await signals()).toEqual([`${client.body.id} configurationChanged`]);
    // The monitor asks again only where a version has moved.
    expect((await api.get(`/v1/profiles/${profile.body.id}`)).body.version).toBe(2);
  });

  test('who is disabled is no recipient, and one again once enabled; the monitors are told of both', async () => {
    const user = await made('/v1/users', { name: 'Dan', email: 'dan@operator.example' });
    const rule = { threshold: '1.00', users: [user.body.id] };
    const profile = await made('/v1/profiles', { name: 'p', currency: 'USD', userRule: rule });
    const client = await made('/v1/clients', { name: 'Acme', currency: 'USD', profileId: profile.body.id });
    const path = `/v1/clients/${client.body.id}`;
    const recipients = async (): Promise<unknown[]> => {
      const { body } = await api.get(`${path}/explain`);
      const { recipients: addresses, resolvedRecipients } = body.rules[0];
      const preview = await api.post('/v1/profiles/preview', {
        profileId: profile.body.id,
        profile: { name: 'p', currency: 'USD', userRule: rule },
      });
      const missing = (await api.get(path)).body.recipientMissing;
      return [addresses, resolvedRecipients[0].email, preview.body.unreachable.count, missing];
    };
    api.temporal.down = true;
    expect(await recipients()).toEqual([['dan@operator.example'], 'dan@operator.example', 0, false]);
    for (const [status, expected] of [
      ['disabled', [[], null, 1, true]],
      ['active', [['dan@operator.example'], 'dan@operator.example', 0, false]],
    ] as const) {
      await api.sql`delete from outbox`;
      await patch(`/v1/users/${user.body.id}`, { status });
      expect(await signals()).toEqual([`${client.body.id} configurationChanged`]);
      expect(await recipients()).toEqual(expected);
    }
    expect((await api.get(`/v1/profiles/${profile.body.id}`)).body.version).toBe(3);
    api.temporal.down = false;
  });

  test('whom a profile notifies are not deleted', async () => {
    const user = await made('/v1/users', { name: 'Carol', email: 'carol@operator.example' });
    await made('/v1/profiles', { name: 'p', currency: 'USD', userRule: { threshold: '1.00', users: [user.body.id] } });
    const reply = await api.call('DELETE', `/v1/users/${user.body.id}`, undefined, { headers: { 'If-Match': '*' } });
    expect(reply).toBeProblem(409, 'in_use');
    expect(reply.body.detail).toContain('a profile notifies this user');
  });
});

describe('the audit', () => {
  test('tells who changed what and why, and is searched by all of it', async () => {
    const profile = await made('/v1/profiles', { name: 'audited', currency: 'USD', reason: 'spring' });
    const requestId = profile.headers.get('x-request-id') ?? '';
    const { body } = await api.get(`/v1/audit?requestId=${requestId}`);
    expect(body.data).toEqual([
      {
        id: expect.any(String),
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        actor: 'key:1',
        actorName: 'tests',
        source: 'api',
        action: 'profile.create',
        subjectType: 'profile',
        subjectId: profile.body.id,
        subjectName: 'audited',
        clientId: null,
        resellerId: api.operatorId,
        reason: 'spring',
        before: null,
        after: expect.objectContaining({ name: 'audited' }),
        requestId,
      },
    ]);
    const query = `subjectType=profile&subjectId=${profile.body.id}&action=profile.create&actor=key:1&source=api`;
    expect((await api.get(`/v1/audit?${query}&from=2000-01-01T00:00:00Z`)).body.data).toHaveLength(1);
    expect((await api.get(`/v1/audit?${query}&to=2000-01-01T00:00:00Z`)).body.data).toHaveLength(0);
  });

  test('names the client, the user or the key that an entry is about', async () => {
    const client = await made('/v1/clients', { name: 'Named', currency: 'USD', creditLimit: '5.00' });
    const user = await made('/v1/users', { name: 'Nina', email: 'nina@example.com' });
    const nameOf = async (query: string): Promise<unknown> =>
      (await api.get(`/v1/audit?${query}`)).body.data.map((entry: { subjectName: unknown }) => entry.subjectName);
    expect(await nameOf(`clientId=${client.body.id}&action=credit_limit.set`)).toEqual(['Named']);
    expect(await nameOf(`subjectType=user&subjectId=${user.body.id}`)).toEqual(['Nina']);
  });
});
