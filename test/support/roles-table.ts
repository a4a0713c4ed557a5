import { operations } from '../../src/api/operations/index.js';
import type { Operation } from '../../src/api/contract/operation.js';
import { refusalOf } from '../../src/api/access/rights.js';
import { roles } from '../../src/api/access/roles.js';
import { userRoles, type UserRole } from '../../src/storage/access/users.js';

/** What docs/roles.md shows, as the code has it. */

/** Operations that need a caller; the others answer anybody. */
export const guarded: readonly Operation[] = operations.filter(({ scope }) => scope !== null);

export function mayCall(role: UserRole, operation: Operation, isOperator = true): boolean {
  return refusalOf(operation, { kind: 'user', scopes: new Set(roles[role].scopes), isOperator }) === null;
}

/** The tables of docs/roles.md between its markers. */
export function rolesTables(): string {
  const meaning = table([['role', 'permissions'], ...userRoles.map((role) => [`\`${role}\``, roles[role].text])]);
  const rights = table([
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

/** As prettier writes it. */
function table(rows: readonly string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |`;
  const [head = [], ...rest] = rows;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rest.map(line)].join('\n');
}
