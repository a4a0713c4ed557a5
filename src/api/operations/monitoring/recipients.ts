import { repeatedAddresses, ruleContacts } from '../../../domain/monitoring/recipients.js';
import { ruleSourceSpecs, type RuleIdentity } from '../../../domain/monitoring/rule-identity.js';
import type { Contacts } from '../../../storage/profiles/rule-recipients.js';
import { idText } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';

/** Where the recipients of a rule come from, including those without an address. */
export const recipientSchema = z
  .strictObject({
    role: z.enum(['owner', 'manager', 'reseller', 'billing', 'user', 'extra']).openapi({
      description:
        'The client’s owner is its `ownerEmail`, else its manager, else its reseller, else the nearest reseller above that ' +
        'has an email; `billing` is its billing email; `extra` an address of the rule',
    }),
    name: z.string().nullable(),
    userId: idText.nullable(),
    email: z
      .string()
      .nullable()
      .openapi({ description: 'null: missing, or a user who is disabled; no notification goes out for this entry' }),
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
      users: rule.users.map(({ id, name, email }) => ({ role: 'user', name, userId: id, email })),
      emails: rule.emails.map((email) => ({ role: 'extra', name: null, userId: null, email })),
    }),
  );
}

const roleOnly = { notifyRole: true, users: [], emails: [] };

type Unmarked = Omit<RecipientJson, 'repeated'>;

function billing({ billingEmail }: Contacts): Unmarked {
  return { role: 'billing', name: null, userId: null, email: billingEmail };
}

function owner(contacts: Contacts): Unmarked {
  const { ownerEmail, managerName, managerEmail, resellerName, resellerEmail } = contacts;
  if (ownerEmail !== null) return { role: 'owner', name: null, userId: null, email: ownerEmail };
  if (managerEmail !== null) return { role: 'manager', name: managerName, userId: null, email: managerEmail };
  return { role: 'reseller', name: resellerName, userId: null, email: resellerEmail };
}

function withRepeats(recipients: readonly Unmarked[]): RecipientJson[] {
  const repeated = repeatedAddresses(recipients.map(({ email }) => email));
  return recipients.map((recipient, index) => ({ ...recipient, repeated: repeated[index] ?? false }));
}
