import type { ChannelRow } from '../../../storage/notifications/channels.js';
import type { ChangeEntry } from '../../change.js';

/**
 * The audit row of a change of a channel; never with a secret.
 *
 * @param renewed its address or token was replaced
 */
export function channelEntry(
  action: string,
  before: ChannelRow | null,
  after: ChannelRow | null,
  renewed = false,
): ChangeEntry {
  const subject = after ?? before;
  if (!subject) throw new TypeError('a change has a channel before it or after it');
  return {
    action,
    subjectType: 'notification_channel',
    subjectId: subject.id,
    resellerId: subject.resellerId,
    before: before && fieldsOf(before),
    after: after && { ...fieldsOf(after), ...(renewed && { secretsRenewed: true }) },
  };
}

function fieldsOf({
  name,
  resellerId,
  format,
  enabled,
  host,
  account,
  sender,
  hasToken,
}: ChannelRow): Record<string, unknown> {
  return { name, resellerId, format, enabled, host, account, sender, hasToken };
}
