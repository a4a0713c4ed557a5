import { DomainError } from '../../../domain/errors.js';
import { readCompaniesNotifying, readProfilesNotifying } from '../../../storage/notifications/channel-references.js';
import { deleteChannelRow, lockChannel, type ChannelRow } from '../../../storage/notifications/channels.js';
import { change, recorded, type Precondition, type Requester } from '../../change.js';
import { channelEntry } from './channel-entry.js';
import { existingChannel } from './existing-channel.js';

/** So many of each are named. */
const named = 3;

/**
 * Deletes a channel that no profile and no company notifies. The deliveries that went through it stay.
 *
 * @throws DomainError `not_found`, `in_use` naming profiles and companies that notify it
 */
export function deleteChannel(requester: Requester, id: string, precondition: Precondition<ChannelRow>): Promise<void> {
  return change(requester, async (tx) => {
    const row = existingChannel(await lockChannel(tx, requester.scope.resellerId, id), id);
    precondition(row);
    const users = [
      usersText('profiles', await readProfilesNotifying(tx, id, named), row.profiles),
      usersText('companies', await readCompaniesNotifying(tx, id, named), row.companies),
    ].filter((text) => text !== '');
    if (users.length > 0) {
      const detail = `${users.join(', and ')} notify this channel. Remove it from them first, or disable it`;
      throw new DomainError('in_use', detail, '/path/id');
    }
    await deleteChannelRow(tx, id);
    return recorded(undefined, channelEntry('notification_channel.delete', row, null));
  });
}

/** `profiles "A", "B" and 2 more`; empty: there are none. */
function usersText(noun: string, first: readonly { readonly name: string }[], total: number): string {
  if (first.length === 0) return '';
  const more = total > first.length ? ` and ${total - first.length} more` : '';
  return `${noun} ${first.map(({ name }) => `"${name}"`).join(', ')}${more}`;
}
