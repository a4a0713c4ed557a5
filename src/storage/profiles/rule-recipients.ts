import { nearestWithEmail } from '../clients/owner-email.js';
import type { ChannelFormat, ChannelRecipient } from '../../domain/notifications/channels.js';
import { namedChannels } from '../notifications/usable-channels.js';
import type { Queries } from '../system/database.js';

/** The contacts that the rules of a client refer to: each with its role, also where there is no address. */
export interface Contacts {
  /** used instead of the manager's or reseller's email; null: none is set */
  readonly ownerEmail: string | null;
  readonly managerName: string | null;
  readonly managerEmail: string | null;
  /** the client's reseller, or the nearest above that has an email */
  readonly resellerName: string;
  readonly resellerEmail: string | null;
  readonly billingEmail: string | null;
  readonly rules: readonly RuleContacts[];
}

interface RuleContacts {
  readonly key: string;
  readonly notifyRole: boolean;
  /** in their order; without an address: disabled, and not written to */
  readonly users: readonly { readonly id: string; readonly name: string; readonly email: string | null }[];
  readonly emails: readonly string[];
  readonly channels: readonly RuleChannel[];
}

/** A channel that a rule names; without a name and format: it was deleted. */
export interface RuleChannel extends ChannelRecipient {
  readonly name: string | null;
  readonly format: ChannelFormat | null;
  /** the rule may notify it now */
  readonly isUsable: boolean;
}

/** Null when the client does not exist. */
export async function readContacts(q: Queries, clientId: string): Promise<Contacts | null> {
  const [row] = await q<(Omit<Contacts, 'rules'> & { readonly rules: RuleContacts[] | null })[]>`
    select c.owner_email as "ownerEmail", o.name as "managerName", o.email as "managerEmail",
      coalesce(n.name, r.name) as "resellerName", n.email as "resellerEmail", c.billing_email as "billingEmail",
      (select json_agg(json_build_object('key', k.key, 'notifyRole', k.notify_role, 'emails', k.emails,
          'channels', ${namedChannels(q)},
          'users', (select coalesce(json_agg(json_build_object('id', u.id::text, 'name', u.name,
              'email', case when u.status = 'active' then u.email end)
              order by array_position(k.user_ids, u.id)), '[]') from users u where u.id = any (k.user_ids))
        ) order by k.position)
       from profile_rules k where k.profile_id = c.profile_id) as rules
    from clients c
    join resellers r on r.id = c.reseller_id
    left join resellers o on o.id = c.manager_id
    left join profiles p on p.id = c.profile_id
    left join lateral ${nearestWithEmail(q)} n on true
    where c.id = ${clientId}`;
  return row ? { ...row, rules: row.rules ?? [] } : null;
}
