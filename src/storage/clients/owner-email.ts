import type { Fragment } from 'postgres';
import type { Queries } from '../system/database.js';

/**
 * The address of a client's owner: its own owner email, else its manager's, else its reseller's, else that of the nearest
 * reseller above which has one. Speaks of `clients c`, `resellers o` (the manager), and `resellers r`.
 */
export function ownerEmail(q: Queries): Fragment {
  return q`coalesce(c.owner_email, o.email, r.email, (select a.email from ${nearestWithEmail(q)} a))`;
}

/** The reseller for a client without an owner email and a manager's: one row, or none. Speaks of `resellers r`. */
export function nearestWithEmail(q: Queries): Fragment {
  return q`(
    select above.name, above.email from resellers above
    where above.id = any (r.path) and above.email is not null order by cardinality(above.path) desc limit 1)`;
}
