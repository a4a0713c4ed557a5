import type { Caller } from '../context.js';
import type { Operation } from '../contract/operation.js';
import { refusedOperation } from '../../domain/resellers/manager-limits.js';
import { allows, type Scope } from '../../domain/access/scopes.js';

/** Why a caller may not call an operation; null: it may. */
type Refusal = 'session_missing' | 'scope_missing' | 'operator_only' | 'manager_not_permitted' | null;

/** The one place that decides who may call what: the router, `permissions` and docs/roles.md ask it. */
export function refusalOf(
  operation: Pick<Operation, 'id' | 'method' | 'scope' | 'sessionOnly' | 'operatorOnly'>,
  caller: Pick<Caller, 'kind' | 'scopes' | 'isOperator'> & { readonly isManager?: boolean },
): Refusal {
  if (operation.sessionOnly && caller.kind !== 'user') return 'session_missing';
  if (operation.scope && !allows(caller.scopes, operation.scope)) return 'scope_missing';
  if (operation.operatorOnly && !caller.isOperator) return 'operator_only';
  if (caller.isManager && refusedOperation(operation) !== null) return 'manager_not_permitted';
  return null;
}

/** The first scope that the caller would give without having it; null: it has them all. */
export function firstScopeAbove(own: ReadonlySet<Scope>, given: readonly Scope[]): Scope | null {
  return given.find((scope) => (scope === '*' ? !own.has('*') : !allows(own, scope))) ?? null;
}
