import type { Requester } from '../services/change.js';
import type { Sql } from '../storage/system/database.js';
import { operatorScope } from '../storage/system/scope.js';

/** The command line asks as the service itself: write access to the database is the right to do everything. */
export function commandLine(sql: Sql, operatorId: string): Requester {
  return { scope: operatorScope(sql, operatorId), actor: { id: 'system', source: 'cli' }, now: Date.now() };
}
