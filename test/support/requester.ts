import type { Requester } from '../../src/services/change.js';
import type { Sql } from '../../src/storage/system/database.js';
import { operatorScope } from '../../src/storage/system/scope.js';

/** What a test puts in place through services, as the service itself: it sees and may change everything. */
export function testRequester(sql: Sql, operatorId: string): Requester {
  return { scope: operatorScope(sql, operatorId), actor: { id: 'system', source: 'system' }, now: Date.now() };
}
