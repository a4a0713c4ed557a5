import type { Fragment } from 'postgres';
import type { Queries } from '../system/database.js';

/**
 * The address of a client's owner: its own owner email, else its manager's, else its reseller's. Speaks of `clients c`,
 * `resellers o` (the manager), and `resellers r`.
 */
export function ownerEmail(q: Queries): Fragment {
  return q`coalesce(c.owner_email, o.email, r.email)`;
}
