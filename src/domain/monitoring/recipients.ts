import { ruleAudienceSpecs, type RuleIdentity } from './rule-identity.js';

/** What a rule may notify, before addresses are compared. `Contact` is a recipient, or one with its origin. */
interface RuleContacts<Contact> {
  /** whether the owner or the billing contact is notified */
  readonly notifyRole: boolean;
  readonly owner: Contact;
  readonly billing: Contact;
  /** users of the rule */
  readonly users: readonly Contact[];
  /** further addresses of the rule */
  readonly emails: readonly Contact[];
  /** recipients of notification channels */
  readonly channels: readonly Contact[];
}

/**
 * Returns the contacts of a rule in the order role, users, extra addresses, channels.
 */
export function ruleContacts<Contact>(
  { audience }: Pick<RuleIdentity, 'audience'>,
  { notifyRole, owner, billing, users, emails, channels }: RuleContacts<Contact>,
): Contact[] {
  const role = ruleAudienceSpecs[audience].role === 'owner' ? owner : billing;
  return [...(notifyRole ? [role] : []), ...users, ...emails, ...channels];
}

/** Returns the addresses and recipients of channels that a rule notifies; null: a contact without one. */
export function ruleRecipients(rule: Pick<RuleIdentity, 'audience'>, contacts: RuleContacts<string | null>): string[] {
  return dedupeAddresses(ruleContacts(rule, contacts));
}

/** Returns the addresses that a client's warning thresholds notify. */
export function billingRecipients(billing: string | null): string[] {
  return dedupeAddresses([billing]);
}

/** True for each address that an earlier one repeats; addresses are compared without case. */
export function repeatedAddresses(addresses: readonly (string | null)[]): boolean[] {
  const seen = new Set<string>();
  return addresses.map((address) => {
    const compared = address?.toLowerCase() ?? '';
    const repeated = seen.has(compared);
    if (compared !== '') seen.add(compared);
    return repeated;
  });
}

/** Addresses and recipients of channels in their order, each once; null: none. */
export function dedupeAddresses(addresses: readonly (string | null)[]): string[] {
  const repeated = repeatedAddresses(addresses);
  return addresses.filter((address, index): address is string => Boolean(address) && repeated[index] === false);
}
