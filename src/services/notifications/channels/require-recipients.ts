import { DomainError } from '../../../domain/errors.js';
import {
  hasAddress,
  phonePattern,
  phoneRule,
  recipientKey,
  type ChannelRecipient,
} from '../../../domain/notifications/channels.js';
import { lockUsableChannels } from '../../../storage/notifications/channels.js';
import type { Queries } from '../../../storage/system/database.js';

/** A recipient, with the pointer of it within the body. */
export interface PointedRecipient {
  readonly recipient: ChannelRecipient;
  readonly at: string;
}

/**
 * Refuses recipients whose channels a reseller cannot use, or addresses that these do not have. What was named before stays
 * allowed.
 *
 * @param noun what names them: `this profile`
 * @throws DomainError `not_found`, `invalid`
 */
export async function requireRecipients(
  q: Queries,
  { withinId, resellerId, noun }: { readonly withinId: string; readonly resellerId: string; readonly noun: string },
  recipients: readonly PointedRecipient[],
  known: readonly ChannelRecipient[],
): Promise<void> {
  const knownKeys = new Set(known.map(recipientKey));
  const asked = recipients.filter(({ recipient }) => !knownKeys.has(recipientKey(recipient)));
  if (asked.length === 0) return;
  const ids = recipients.map(({ recipient }) => recipient.channelId);
  const usable = await lockUsableChannels(q, withinId, resellerId, ids);
  for (const { recipient, at } of asked) {
    const channel = usable.get(recipient.channelId);
    if (!channel) {
      const detail = `there is no channel ${recipient.channelId} that ${noun} can use`;
      throw new DomainError('not_found', detail, `${at}/channelId`);
    }
    if (hasAddress(channel.format)) requirePhone(recipient, at);
    else if (recipient.address !== null) {
      throw new DomainError('invalid', `must be null: the channel "${channel.name}" is the address`, `${at}/address`);
    }
  }
}

function requirePhone({ address }: ChannelRecipient, at: string): void {
  if (address !== null && phonePattern.test(address)) return;
  throw new DomainError('invalid', phoneRule, `${at}/address`);
}
