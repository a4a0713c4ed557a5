import type { Fragment } from 'postgres';
import type { Queries } from '../system/database.js';

/** Channels of `profile_rules k` of `profiles p`, in their order. */

/** JSON of the recipients that the rule may notify now, with what they are shown with; null: none. */
export function usableChannels(q: Queries): Fragment {
  return q`(select json_agg(json_build_object('channelId', h.id::text, 'address', x.named ->> 'address', 'name', h.name,
      'format', h.format) order by x.n)
    from jsonb_array_elements(k.channels) with ordinality as x (named, n)
    join notification_channels h on h.id = (x.named ->> 'channelId')::bigint
    where ${isUsable(q)})`;
}

/** The same of all that it names, which may be disabled or deleted since. */
export function namedChannels(q: Queries): Fragment {
  return q`(select coalesce(json_agg(json_build_object('channelId', x.named ->> 'channelId',
      'address', x.named ->> 'address', 'name', h.name, 'format', h.format,
      'isUsable', coalesce(${isUsable(q)}, false)) order by x.n), '[]')
    from jsonb_array_elements(k.channels) with ordinality as x (named, n)
    left join notification_channels h on h.id = (x.named ->> 'channelId')::bigint)`;
}

/** Whether `notification_channels h` is on, and of the reseller of the profile or of one above it, also after a move. */
function isUsable(q: Queries): Fragment {
  return q`(h.enabled and h.reseller_id = any (select unnest(s.path) from resellers s where s.id = p.reseller_id))`;
}
