import type { Actor } from '../../../src/domain/monitoring/state.js';
import type { Requester } from '../../../src/services/change.js';
import type { Sql } from '../../../src/storage/system/database.js';
import { operatorScope } from '../../../src/storage/system/scope.js';
import { operatorId } from './clients.js';

/** What a test puts in place through services, as the service itself: it sees and may change everything. */
export function testRequester(sql: Sql, resellerId: string): Requester {
  return { scope: operatorScope(sql, resellerId), actor: { id: 'system', source: 'system' }, now: Date.now() };
}

/** A person of the operator who asks for something at the instant `now`. */
export function requesterAt(
  sql: Sql,
  now: number = Date.now(),
  actor: Actor = { id: 'user:1', source: 'web' },
): Requester {
  return { scope: operatorScope(sql, operatorId), actor, now };
}
