import { openIdRoleOf, parseOpenIdRoles } from '../../../src/domain/access/openid-roles.js';

const { roles } = parseOpenIdRoles('cn=admins,ou=x=admin, billing=operator,');

test('values may contain "=", and spaces around them do not count', () => {
  // A comma separates entries, so a distinguished name with commas is named by a group of its last part.
  expect(parseOpenIdRoles('cn=admins=admin, billing=operator')).toEqual({
    roles: [
      { value: 'cn=admins', role: 'admin' },
      { value: 'billing', role: 'operator' },
    ],
    fault: null,
  });
});

test.each(['billing', 'billing=boss', '=admin', 'billing='])('%s is refused with what it must be', (text) => {
  expect(parseOpenIdRoles(text)).toEqual({
    roles: [],
    fault: expect.stringMatching(/must be VALUE=ROLE, with a role of viewer/),
  });
});

test('a list with one wrong entry gives no role', () => {
  expect(roles).toEqual([]);
});

describe('the role of a user', () => {
  const given = parseOpenIdRoles('admins=admin,billing=operator').roles;

  test.each<[string, Record<string, unknown>, string, string | null]>([
    ['the first of the setting, whatever the order of the claim', { roles: ['billing', 'admins'] }, 'roles', 'admin'],
    ['a claim that is one text', { roles: 'billing' }, 'roles', 'operator'],
    ['a nested claim', { realm_access: { roles: ['billing'] } }, 'realm_access.roles', 'operator'],
    ['a claim whose name has dots', { 'https://x.example/roles': ['billing'] }, 'https://x.example/roles', 'operator'],
    ['none of the values', { roles: ['other'] }, 'roles', null],
    ['no claim', {}, 'roles', null],
    ['a name of every object', {}, 'constructor', null],
    ['a path through a text', { roles: 'billing' }, 'roles.length', null],
  ])('%s', (_what, claims, path, role) => {
    expect(openIdRoleOf(claims, path, given)).toBe(role);
  });
});
