import { operations } from '../../../src/api/operations/index.js';
import type { Operation } from '../../../src/api/contract/operation.js';
import { refusalOf } from '../../../src/api/access/rights.js';
import { roles } from '../../../src/domain/access/roles.js';
import { userRoles, type UserRole } from '../../../src/domain/access/roles.js';
import { markdownTable } from '../docs/generated.js';

/** What docs/roles.md shows, as the code has it. */

/** Operations that need a caller; the others answer every request. */
export const guarded: readonly Operation[] = operations.filter(({ scope }) => scope !== null);

export function mayCall(role: UserRole, operation: Operation, isOperator = true): boolean {
  return refusalOf(operation, { kind: 'user', scopes: new Set(roles[role].scopes), isOperator }) === null;
}

/** The tables of docs/roles.md between its markers. */
export function rolesTables(): string {
  const meaning = markdownTable([
    ['role', 'permissions'],
    ...userRoles.map((role) => [`\`${role}\``, roles[role].text]),
  ]);
  const rights = markdownTable([
    ['operation', 'scope', ...userRoles.map((role) => role.replace('_', ' '))],
    ...guarded.map((operation) => [
      `\`${operation.method.toUpperCase()} ${operation.path}\``,
      scopeText(operation),
      ...userRoles.map((role) => (mayCall(role, operation) ? 'yes' : '')),
    ]),
  ]);
  return `${meaning}\n\n${rights}`;
}

function scopeText({ scope, sessionOnly, operatorOnly }: Operation): string {
  if (sessionOnly) return 'any user';
  return scope === 'any' ? 'any caller' : `\`${scope}\`${operatorOnly ? ', operator' : ''}`;
}
