import { DomainError } from '../../../domain/errors.js';
import {
  deleteChannelRow,
  lockChannel,
  readProfilesNotifying,
  type ChannelRow,
} from '../../../storage/notifications/channels.js';
import { change, recorded, type Precondition, type Requester } from '../../change.js';
import { channelEntry } from './channel-entry.js';
import { existingChannel } from './existing-channel.js';

const namedProfiles = 3;

/**
 * Deletes a channel that no profile notifies. The deliveries that went through it stay.
 *
 * @throws DomainError `not_found`, `in_use` naming profiles that notify it
 */
export function deleteChannel(requester: Requester, id: string, precondition: Precondition<ChannelRow>): Promise<void> {
  return change(requester, async (tx) => {
    const row = existingChannel(await lockChannel(tx, requester.scope.resellerId, id), id);
    precondition(row);
    const profiles = await readProfilesNotifying(tx, id, namedProfiles);
    if (profiles.length > 0) {
      const names = profiles.map(({ name }) => `"${name}"`).join(', ');
      const more = row.profiles > profiles.length ? ` and ${row.profiles - profiles.length} more` : '';
      throw new DomainError(
        'in_use',
        `profiles notify this channel: ${names}${more}. Remove it from them first, or disable it`,
        '/path/id',
      );
    }
    await deleteChannelRow(tx, id);
    return recorded(undefined, channelEntry('notification_channel.delete', row, null));
  });
}
