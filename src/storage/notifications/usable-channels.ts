import type { Fragment } from 'postgres';
import type { Queries } from '../system/database.js';

/** Channels that a column names, such as that of `profile_rules k` of `profiles p`, in their order. */

/** JSON of the recipients that may be notified now, with what they are shown with; null: none. */
export function usableChannels(q: Queries, named: Fragment = q`k.channels`, resellerId = q`p.reseller_id`): Fragment {
  return q`(select json_agg(json_build_object('channelId', h.id::text, 'address', x.named ->> 'address', 'name', h.name,
      'format', h.format) order by x.n)
    from jsonb_array_elements(${named}) with ordinality as x (named, n)
    join notification_channels h on h.id = (x.named ->> 'channelId')::bigint
    where ${isUsable(q, resellerId)})`;
}

/** The same of all that it names, which may be disabled or deleted since. */
export function namedChannels(q: Queries): Fragment {
  return q`(select coalesce(json_agg(json_build_object('channelId', x.named ->> 'channelId',
      'address', x.named ->> 'address', 'name', h.name, 'format', h.format,
      'isUsable', coalesce(${isUsable(q, q`p.reseller_id`)}, false)) order by x.n), '[]')
    from jsonb_array_elements(k.channels) with ordinality as x (named, n)
    left join notification_channels h on h.id = (x.named ->> 'channelId')::bigint)`;
}

/** Whether `notification_channels h` is on, and of the reseller or of one above it, also after a move. */
function isUsable(q: Queries, resellerId: Fragment): Fragment {
  return q`(h.enabled and h.reseller_id = any (select unnest(s.path) from resellers s where s.id = ${resellerId}))`;
}
