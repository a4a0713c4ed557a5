import type { Fragment } from 'postgres';
import type { Queries } from '../system/database.js';

/**
 * A condition on `clients c`: the client is the reseller's own, not that of a sub-reseller; of a manager: a client of the manager.
 */
export function ownClient(q: Queries, resellerId: string): Fragment {
  return q`coalesce(${resellerId}::bigint in (c.reseller_id, c.manager_id), false)`;
}
