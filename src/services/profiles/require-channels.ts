import { clientRule, identifyRule, userRule } from '../../domain/monitoring/rule-identity.js';
import type { ProfileFields } from '../../domain/profiles/profile.js';
import type { Queries } from '../../storage/system/database.js';
import { requireRecipients, type PointedRecipient } from '../notifications/channels/require-recipients.js';

/**
 * Refuses a profile whose rules name channels that it cannot use, or addresses that these do not have. What the profile
 * named before stays allowed while its reseller is the same.
 *
 * @throws DomainError `not_found`, `invalid`
 */
export async function requireChannels(
  q: Queries,
  withinId: string,
  fields: ProfileFields,
  stored: ProfileFields | null,
  pointer: string,
): Promise<void> {
  const { resellerId } = fields;
  const known = stored?.resellerId === resellerId ? stored.rules.flatMap(({ channels }) => channels) : [];
  await requireRecipients(q, { withinId, resellerId, noun: 'this profile' }, recipientsOf(fields, pointer), known);
}

function recipientsOf(fields: ProfileFields, pointer: string): PointedRecipient[] {
  const advanced = fields.rules.filter(({ key }) => identifyRule(key).audience === 'advanced');
  return fields.rules.flatMap((rule) => {
    const place =
      rule.key === userRule.key
        ? 'userRule'
        : rule.key === clientRule.key
          ? 'clientRule'
          : `advancedRules/${advanced.indexOf(rule)}`;
    return rule.channels.map((recipient, index) => ({ recipient, at: `${pointer}/${place}/channels/${index}` }));
  });
}
