import { randomUUID } from 'node:crypto';
import type { Operation } from '../../../src/api/contract/operation.js';
import { scopes } from '../../../src/domain/access/scopes.js';
import { operations } from '../../../src/api/operations/index.js';
import { roles } from '../../../src/domain/access/roles.js';
import { userRoles, type UserRole } from '../../../src/domain/access/roles.js';
import { startTestApi, type CallOptions, type Reply, type TestApi } from '../../support/api/api.js';
import { expectGenerated } from '../../support/docs/generated.js';
import { fingerprint } from '../../support/database/fingerprint.js';
import { asUser, makePerson } from '../../support/data/people.js';
import { guarded, mayCall, rolesTables } from '../../support/api/roles-table.js';
import { operatorOnly, sensitiveOperations, sessionOnly } from './sensitive-operations.js';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi({
    SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
    PUBLIC_URL: 'https://lowwater.example',
  });
});
afterAll(() => api.stop());

/** Asked for something that does not exist, with a body that fits: only the rights decide between 403 and the rest. */
function ask(call: string, options: CallOptions, body?: object): Promise<Reply> {
  const operation = operationOf(call);
  const address = operation.path.replace('{key}', 'user').replace(/\{\w+\}/g, '999999');
  const sent = operation.request.body ? (body ?? operation.example) : undefined;
  const headers = { ...options.headers, 'If-Match': '*', 'Idempotency-Key': randomUUID() };
  return api.call(operation.method.toUpperCase(), address, sent, { ...options, headers });
}

function operationOf(call: string): Operation {
  const found = operations.find(({ method, path: at }) => `${method.toUpperCase()} ${at}` === call);
  if (!found) throw new Error(`the API has no ${call}`);
  return found;
}

async function asRole(role: UserRole, resellerId = api.operatorId): Promise<CallOptions> {
  return asUser(api, (await makePerson(api, role, { resellerId })).id);
}

let turn = 1;

describe.each([...sensitiveOperations])('$call', ({ call, scope, may, mayNot, gives = [], ...row }) => {
  const { reply: status = 404, body } = row;
  const expectAllowed = (reply: Reply): void => {
    if (status === 404) expect(reply).toBeProblem(404, 'not_found');
    else expect(reply).toHaveStatus(status);
  };

  test(`lets the role ${may[0]} do it`, async () => {
    expectAllowed(await ask(call, await asRole(may[0]), body?.(turn++)));
  });

  test(`refuses the role ${mayNot}`, async () => {
    expect(may).not.toContain(mayNot);
    const options = await asRole(mayNot);
    const before = await fingerprint(api.sql);
    expect(await ask(call, options, body?.(turn++))).toBeProblem(403, 'scope_missing');
    expect(await fingerprint(api.sql)).toBe(before);
  });

  test(`lets a key with only ${scope} do it`, async () => {
    const key = await api.makeKey({ scopes: [scope, ...gives] });
    expectAllowed(await ask(call, { key }, body?.(turn++)));
  });

  test('belongs to these roles and to no other', () => {
    expect(userRoles.filter((role) => mayCall(role, operationOf(call)))).toEqual(
      userRoles.filter((role) => may.includes(role)),
    );
  });
});

test('the admin of a reseller is not the operator’s', async () => {
  const options = await asRole('admin', await api.reseller('Branch'));
  for (const call of operatorOnly) expect(await ask(call, options)).toBeProblem(403, 'operator_only');
  expect(guarded.filter((operation) => operation.operatorOnly).map(({ method, path: at }) => [method, at])).toEqual(
    operatorOnly.map((call) => [operationOf(call).method, operationOf(call).path]),
  );
});

test.each([...sessionOnly])('%s is for people, not for a key with every scope', async (call) => {
  expect(await ask(call, {})).toBeProblem(401, 'session_missing');
});

test('a reseller’s user sees that reseller and what is below it', async () => {
  const branch = await api.reseller('Tenant');
  const below = await api.reseller('Below', branch);
  const { id } = await makePerson(api, 'reseller_manager', { resellerId: branch });
  const options = await asUser(api, id);
  const { body } = await api.get('/v1/resellers', options);
  expect(body.data.map((row: { id: string }) => row.id).sort()).toEqual([branch, below].sort());
  const made = await api.post('/v1/clients', { name: 'Own', currency: 'USD' }, options);
  expect(made).toHaveStatus(201);
  expect(made.body.resellerId).toBe(branch);
  const foreign = await api.post('/v1/clients', { name: 'Up', currency: 'USD', resellerId: api.operatorId }, options);
  expect(foreign).toBeProblem(404, 'not_found');
});

test('what a caller is told that it may call is what it may call', async () => {
  for (const role of userRoles) {
    const { body } = await api.get('/v1/me', await asRole(role));
    const told: string[] = body.permissions;
    for (const { call, may } of sensitiveOperations)
      expect({ role, call, told: told.includes(operationOf(call).id) }).toEqual({
        role,
        call,
        told: may.includes(role),
      });
  }
  const { body } = await api.get('/v1/me', { key: await api.makeKey({ scopes: ['clients:read'] }) });
  expect(body).toMatchObject({ kind: 'key', scopes: ['clients:read'], resellerName: 'Company Name' });
  expect(body.permissions).toEqual(expect.arrayContaining(['listClients', 'readMeta', 'readMe']));
  expect(body.permissions).not.toContain('logOut');
  expect(body.permissions).not.toContain('createClient');
});

test('the roles are told, and which of them the caller may give', async () => {
  const { id } = await makePerson(api, 'operator');
  const { body } = await api.get('/v1/roles', await asUser(api, id));
  expect(body.data.map(({ role }: { role: string }) => role)).toEqual(userRoles);
  const assignable = body.data.filter((row: { assignable: boolean }) => row.assignable);
  expect(assignable.map(({ role }: { role: string }) => role)).toEqual(['viewer', 'operator']);
  expect(body.data.at(-1)).toMatchObject({ role: 'admin', scopes: ['*'], assignable: false });
});

test('every role names each of its scopes once, and none that does not exist', () => {
  for (const role of userRoles) {
    const given = roles[role].scopes;
    expect([role, new Set(given).size]).toEqual([role, given.length]);
    expect(given.filter((scope) => !scopes.includes(scope))).toEqual([]);
  }
});

/** After a change of operations or roles: `npm run docs`. */
test('docs/roles.md shows the table', () => expectGenerated('roles.md', 'roles', rolesTables()));
