import { DomainError } from '../../domain/errors.js';
import { hasAddress, phonePattern, recipientKey, type ChannelRecipient } from '../../domain/notifications/channels.js';
import { clientRule, identifyRule, userRule } from '../../domain/monitoring/rule-identity.js';
import { channelIdsOf, type ProfileFields } from '../../domain/profiles/profile.js';
import { lockUsableChannels } from '../../storage/notifications/channels.js';
import type { Queries } from '../../storage/system/database.js';

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
  const known = new Set(
    stored?.resellerId === fields.resellerId ? stored.rules.flatMap(({ channels }) => channels.map(recipientKey)) : [],
  );
  const asked = recipientsOf(fields, pointer).filter(({ recipient }) => !known.has(recipientKey(recipient)));
  if (asked.length === 0) return;
  const usable = await lockUsableChannels(q, withinId, fields.resellerId, channelIdsOf(fields));
  for (const { recipient, at } of asked) {
    const channel = usable.get(recipient.channelId);
    if (!channel) {
      throw new DomainError(
        'not_found',
        `there is no channel ${recipient.channelId} that this profile can use`,
        `${at}/channelId`,
      );
    }
    if (hasAddress(channel.format)) requirePhone(recipient, at);
    else if (recipient.address !== null) {
      throw new DomainError('invalid', `must be null: the channel "${channel.name}" is the address`, `${at}/address`);
    }
  }
}

function requirePhone({ address }: ChannelRecipient, at: string): void {
  if (address !== null && phonePattern.test(address)) return;
  throw new DomainError(
    'invalid',
    'must be a phone number with its country code, such as "+380501234567"',
    `${at}/address`,
  );
}

interface PointedRecipient {
  readonly recipient: ChannelRecipient;
  /** pointer of it within the body */
  readonly at: string;
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
