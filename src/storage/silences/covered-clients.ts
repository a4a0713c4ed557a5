import type { Fragment } from 'postgres';
import type { Queries } from '../system/database.js';

/**
 * A condition on `silences s`, `clients c`, and `resellers r`, the client's reseller: the silence covers the client. A
 * client that gets the tag, the profile, or the reseller later is covered from then on.
 */
export function coversClient(q: Queries): Fragment {
  return q`(
    (s.reseller_id = any (r.path) or s.reseller_id = c.manager_id)
    and (s.tag is null or lower_texts(c.tags) @> array[lower(s.tag)])
    and (s.profile_id is null or s.profile_id = c.profile_id))`;
}

/** Of a client `c` of reseller `r`: the windows of the silences that have not ended, as JSON; null: none. */
export function silenceWindows(q: Queries): Fragment {
  return q`(select json_agg(json_build_object(
      'from', floor(extract(epoch from s.starts_at) * 1000)::float8,
      'until', floor(extract(epoch from s.ends_at) * 1000)::float8) order by s.id)
    from silences s where s.ends_at > now() and ${coversClient(q)})`;
}

/** Of a client `c` of reseller `r`: changes with the silences that cover it at an instant; null: none does. */
export function silencesVersion(q: Queries, at: Fragment): Fragment {
  return q`(select string_agg('s' || s.id || '-' || s.version, '.' order by s.id)
    from silences s where s.ends_at > ${at} and ${coversClient(q)})`;
}
