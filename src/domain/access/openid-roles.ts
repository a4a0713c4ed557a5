import { userRoles, type UserRole } from './roles.js';

/** The roles that an OpenID Connect provider gives (docs/single-sign-on.md). */

/** Who has `value` in the claim has the role. */
export interface OpenIdRole {
  readonly value: string;
  readonly role: UserRole;
}

/**
 * Reads `billing-admins=admin,billing=operator`.
 *
 * @returns fault: what is wrong, with the remedy; null: nothing
 */
export function parseOpenIdRoles(text: string): {
  readonly roles: readonly OpenIdRole[];
  readonly fault: string | null;
} {
  const roles: OpenIdRole[] = [];
  for (const part of text.split(',').map((one) => one.trim())) {
    if (part === '') continue;
    // A value may contain =, as the distinguished names of directories do; a role does not.
    const at = part.lastIndexOf('=');
    const value = part.slice(0, Math.max(at, 0)).trim();
    const role = userRoles.find((name) => name === part.slice(at + 1).trim());
    if (value === '' || role === undefined) {
      return { roles: [], fault: `"${part}" must be VALUE=ROLE, with a role of ${userRoles.join(', ')}` };
    }
    roles.push({ value, role });
  }
  return { roles, fault: null };
}

/** The role of a user with these claims: the first in the list that the claim names. null: it names none. */
export function openIdRoleOf(
  claims: Readonly<Record<string, unknown>>,
  path: string,
  roles: readonly OpenIdRole[],
): UserRole | null {
  const values = valuesAt(claims, path);
  return roles.find(({ value }) => values.includes(value))?.role ?? null;
}

/** A claim whose name contains dots, such as an address, comes before a path. */
function valuesAt(claims: Readonly<Record<string, unknown>>, path: string): readonly unknown[] {
  const found = Object.hasOwn(claims, path)
    ? claims[path]
    : path.split('.').reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), claims);
  return Array.isArray(found) ? found : [found];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
