import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Operation } from '../../../src/api/contract/operation.js';
import { scopes } from '../../../src/api/access/scopes.js';
import { roles } from '../../../src/api/access/roles.js';
import { userRoles, type UserRole } from '../../../src/storage/access/users.js';
import { startTestApi, type CallOptions, type Reply, type TestApi } from '../../support/api.js';
import { asUser, makePerson } from '../../support/people.js';
import { guarded, mayCall, rolesTables } from '../../support/roles-table.js';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi({ SECRET_KEY: Buffer.alloc(32, 7).toString('base64') });
});
afterAll(() => api.stop());

/** Asked for something that is not there, with a body that is right: only the rights decide between 403 and the rest. */
function ask(operation: Operation, options: CallOptions): Promise<Reply> {
  const address = operation.path.replace('{key}', 'user').replace(/\{\w+\}/g, '999999');
  const body = operation.request.body ? operation.example : undefined;
  const headers = { ...options.headers, 'If-Match': '*' };
  return api.call(operation.method.toUpperCase(), address, body, { ...options, headers });
}

const cases = userRoles.flatMap((role) =>
  guarded.map((operation): [UserRole, string, Operation] => [role, operation.id, operation]),
);

test.each(cases)('%s and %s: as the table says', async (role, _id, operation) => {
  // A person for each call: some end their session, and one day one may change the user.
  const { id } = await makePerson(api, role);
  const reply = await ask(operation, await asUser(api, id));
  if (mayCall(role, operation))
    expect([operation.id, [401, 403].includes(reply.status), reply.body?.code]).toEqual([
      operation.id,
      false,
      reply.body?.code,
    ]);
  else expect(reply).toBeProblem(403, 'scope_missing');
});

test('the admin of a reseller is not the operator’s', async () => {
  const { id } = await makePerson(api, 'admin', { resellerId: await api.reseller('Branch') });
  const options = await asUser(api, id);
  const alone = guarded.filter(({ operatorOnly }) => operatorOnly);
  expect(alone.length).toBeGreaterThan(0);
  for (const operation of alone) {
    const reply = await ask(operation, options);
    expect(reply).toBeProblem(403, 'operator_only');
    expect(mayCall('admin', operation, false)).toBe(false);
  }
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
  expect(made.body.resellerId).toEqual(branch);
  const foreign = await api.post('/v1/clients', { name: 'Up', currency: 'USD', resellerId: api.operatorId }, options);
  expect(foreign).toBeProblem(404, 'not_found');
});

test('what a caller is told that it may call is what it may call', async () => {
  for (const role of userRoles) {
    const { id } = await makePerson(api, role);
    const { body } = await api.get('/v1/me', await asUser(api, id));
    expect(body.permissions).toEqual(
      guarded.filter((operation) => mayCall(role, operation)).map((operation) => operation.id),
    );
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

/** After a change of operations or roles: `UPDATE_DOCS=1 npm test -- test/api/access/roles.test.ts` writes the tables anew. */
test('docs/roles.md shows the table', () => {
  const file = path.join(__dirname, '../../../docs/roles.md');
  const text = readFileSync(file, 'utf8');
  const between = /(<!-- roles: begin -->\n\n)[^]*?(\n\n<!-- roles: end -->)/;
  const wanted = text.replace(between, (_all, begin: string, end: string) => `${begin}${rolesTables()}${end}`);
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(file, wanted);
  else expect(text).toBe(wanted);
});
