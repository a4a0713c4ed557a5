import type { Contacts } from '../../../storage/profiles/rule-recipients.js';
import { idText } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';

/** Where the recipients of a rule come from, including those without an address. */
export const recipientSchema = z
  .strictObject({
    role: z.enum(['owner', 'manager', 'reseller', 'billing', 'user', 'extra']).openapi({
      description:
        'The client’s owner is its `ownerEmail`, else its manager, else its reseller; `billing` is its billing email; ' +
        '`extra` an address of the rule',
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

/** In the order in which they are notified: role, users, extra addresses. */
export function recipientsOf(key: string, contacts: Contacts): RecipientJson[] {
  if (key.startsWith('warning:')) return withRepeats([billing(contacts)]);
  const rule = contacts.rules.find((candidate) => candidate.key === key);
  if (!rule) return [];
  return withRepeats([
    ...(rule.notifyRole ? [key === 'user' ? owner(contacts) : billing(contacts)] : []),
    ...rule.users.map(({ id, name, email }) => ({ role: 'user' as const, name, userId: id, email })),
    ...rule.emails.map((email) => ({ role: 'extra' as const, name: null, userId: null, email })),
  ]);
}

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

/** Addresses are compared without case. */
function withRepeats(recipients: readonly Unmarked[]): RecipientJson[] {
  const seen = new Set<string>();
  return recipients.map((recipient) => {
    const address = recipient.email?.toLowerCase() ?? '';
    const repeated = seen.has(address);
    if (address !== '') seen.add(address);
    return { ...recipient, repeated };
  });
}
