import type { Actor } from '../domain/monitoring/state.js';
import type { Requester } from '../services/change.js';
import { findOperatorId } from '../storage/resellers/operator.js';
import type { Sql } from '../storage/system/database.js';
import { operatorScope, type Scope } from '../storage/system/scope.js';

/** The operator never changes: one statement per process. */
const operatorIds = new WeakMap<Sql, string>();

/**
 * The requester of a service that an activity calls for an actor. Its scope is everything: the API has checked what the
 * actor may reach before it asked the monitor.
 *
 * @param now the monitor's clock, ms since 1970
 */
export async function requesterFor(sql: Sql, actor: Actor, now: number): Promise<Requester> {
  return { scope: await serviceScope(sql), actor, now };
}

/** The scope of everything, for work of the service itself. */
export async function serviceScope(sql: Sql): Promise<Scope> {
  const operatorId = operatorIds.get(sql) ?? (await findOperatorId(sql));
  operatorIds.set(sql, operatorId);
  return operatorScope(sql, operatorId);
}
