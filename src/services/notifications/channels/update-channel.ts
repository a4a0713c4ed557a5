import { DomainError } from '../../../domain/errors.js';
import { applyPatch, type Patch } from '../../../domain/patch.js';
import type { SecretCipher } from '../../../storage/access/secret-encryption.js';
import {
  findChannel,
  lockChannel,
  signalChannelClients,
  updateChannelRow,
  type ChannelFields,
  type ChannelRow,
  type SealedChannel,
} from '../../../storage/notifications/channels.js';
import { change, recorded, type Precondition, type Requester } from '../../change.js';
import { channelEntry } from './channel-entry.js';
import { requireChannelFields } from './channel-fields.js';
import { openChannel, sealChannel, type ChannelSecrets } from './channel-secrets.js';
import { existingChannel } from './existing-channel.js';

/**
 * Changes a channel. Secrets that are not named stay. Rules stop notifying a channel that is disabled.
 *
 * @throws DomainError `not_found`, `invalid` (also another host without its token), `already_exists`
 */
export function updateChannel(
  requester: Requester,
  cipher: SecretCipher,
  id: string,
  { patch, secrets }: { readonly patch: Patch<ChannelFields>; readonly secrets: Partial<ChannelSecrets> },
  precondition: Precondition<ChannelRow>,
): Promise<ChannelRow> {
  const { resellerId } = requester.scope;
  return change(requester, async (tx) => {
    const before = existingChannel(await lockChannel(tx, resellerId, id), id);
    precondition(before);
    const { name, enabled, account, sender, format, secretPlace } = before;
    const fields = applyPatch({ name, enabled, account, sender }, patch);
    const renewed = secrets.url !== undefined || secrets.token !== undefined;
    const known = renewed ? knownSecrets(cipher, before, secrets) : null;
    const host = secrets.url === undefined ? before.host : new URL(secrets.url).host;
    if (host !== before.host && secrets.token === undefined && before.hasToken) {
      // A kept token would be sent to a host that its owner never entered it for.
      throw new DomainError('invalid', 'must be entered again with an address of another host', '/token');
    }
    const token = known?.token ?? (before.hasToken ? 'kept' : '');
    requireChannelFields(format, { account: fields.account, sender: fields.sender, token });
    await updateChannelRow(tx, id, {
      ...fields,
      host,
      hasToken: token !== '',
      secrets: known ? sealChannel(cipher, known, secretPlace) : before.secrets,
    });
    const after = existingChannel(await findChannel(tx, resellerId, id), id);
    if (after.enabled !== before.enabled) await signalChannelClients(tx, id);
    return recorded(after, channelEntry('notification_channel.update', before, after, renewed));
  });
}

/** With those that stay; these must open, or both are entered again. */
function knownSecrets(
  cipher: SecretCipher,
  before: SealedChannel,
  { url, token }: Partial<ChannelSecrets>,
): ChannelSecrets {
  if (url !== undefined && (token !== undefined || !before.hasToken)) return { url, token: token ?? '' };
  try {
    const kept = openChannel(cipher, before);
    return { url: url ?? kept.url, token: token ?? kept.token };
  } catch {
    throw new DomainError(
      'invalid',
      'must be entered again: it was encrypted with another SECRET_KEY',
      url === undefined ? '/url' : '/token',
    );
  }
}
