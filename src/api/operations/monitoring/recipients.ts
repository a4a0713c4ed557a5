import { channelKinds, kindOf, recipientKey } from '../../../domain/notifications/channels.js';
import { repeatedAddresses, ruleContacts } from '../../../domain/monitoring/recipients.js';
import { ruleSourceSpecs, type RuleIdentity } from '../../../domain/monitoring/rule-identity.js';
import type { Contacts, RuleChannel } from '../../../storage/profiles/rule-recipients.js';
import { idText, orNull } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';

const recipientChannel = z
  .strictObject({
    id: idText,
    kind: z.enum(channelKinds).nullable().openapi({ description: 'null: the channel was deleted' }),
    address: z.string().nullable().openapi({ description: 'Phone number; null: the channel is the address' }),
    usable: z.boolean().openapi({
      description: 'false: it is disabled, deleted, or of a reseller that is no longer above; it gets no notification',
    }),
  })
  .openapi('RecipientChannel');

/** Where the recipients of a rule come from, including those without an address. */
export const recipientSchema = z
  .strictObject({
    role: z.enum(['owner', 'manager', 'reseller', 'billing', 'user', 'extra', 'channel']).openapi({
      description:
        'The client’s owner is its `ownerEmail`, else its manager, else its reseller, else the nearest reseller above that ' +
        'has an email; `billing` is its billing email; `extra` an address of the rule; ' +
        '`channel` a notification channel',
    }),
    name: z.string().nullable().openapi({ description: 'Of the manager, reseller, user, or channel' }),
    userId: idText.nullable(),
    email: z.string().nullable().openapi({
      description: 'null: missing, a user who is disabled, or no email; then only a channel gets a notification',
    }),
    channel: orNull(recipientChannel).openapi({ description: 'null: an email address' }),
    repeated: z.boolean().openapi({ description: 'The address is listed before; it gets one message' }),
  })
  .openapi('RuleRecipient');

type RecipientJson = z.input<typeof recipientSchema>;

/** In the order in which they are notified. */
export function recipientsOf(identity: RuleIdentity, contacts: Contacts): RecipientJson[] {
  const isRoleOnly = ruleSourceSpecs[identity.source].recipients === 'role';
  const rule = isRoleOnly ? roleOnly : contacts.rules.find(({ key }) => key === identity.key);
  if (!rule) return [];
  return withRepeats(
    ruleContacts<Unmarked>(identity, {
      notifyRole: rule.notifyRole,
      owner: owner(contacts),
      billing: billing(contacts),
      users: rule.users.map(({ id, name, email }) => ({ role: 'user', name, userId: id, email, channel: null })),
      emails: rule.emails.map((email) => ({ ...noOne, role: 'extra', email })),
      channels: rule.channels.map(channelOf),
    }),
  );
}

const roleOnly = { notifyRole: true, users: [], emails: [], channels: [] };
const noOne = { name: null, userId: null, email: null, channel: null };

type Unmarked = Omit<RecipientJson, 'repeated'>;

function billing({ billingEmail }: Contacts): Unmarked {
  return { ...noOne, role: 'billing', email: billingEmail };
}

function owner(contacts: Contacts): Unmarked {
  const { ownerEmail, managerName, managerEmail, resellerName, resellerEmail } = contacts;
  if (ownerEmail !== null) return { ...noOne, role: 'owner', email: ownerEmail };
  if (managerEmail !== null) return { ...noOne, role: 'manager', name: managerName, email: managerEmail };
  return { ...noOne, role: 'reseller', name: resellerName, email: resellerEmail };
}

function channelOf({ channelId, address, name, format, isUsable }: RuleChannel): Unmarked {
  const kind = format && kindOf(format);
  return { ...noOne, role: 'channel', name, channel: { id: channelId, kind, address, usable: isUsable } };
}

function withRepeats(recipients: readonly Unmarked[]): RecipientJson[] {
  const repeated = repeatedAddresses(
    recipients.map(({ email, channel }) =>
      channel ? recipientKey({ channelId: channel.id, address: channel.address }) : email,
    ),
  );
  return recipients.map((recipient, index) => ({ ...recipient, repeated: repeated[index] ?? false }));
}
