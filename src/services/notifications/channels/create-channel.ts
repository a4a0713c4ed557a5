import { randomUUID } from 'node:crypto';
import type { ChannelFormat } from '../../../domain/notifications/channels.js';
import type { SecretCipher } from '../../../storage/access/secret-encryption.js';
import {
  findChannel,
  insertChannel,
  type ChannelFields,
  type ChannelRow,
} from '../../../storage/notifications/channels.js';
import { requireOwner } from '../../../storage/resellers/resellers.js';
import { change, recorded, type Requester } from '../../change.js';
import { channelEntry } from './channel-entry.js';
import { requireChannelFields } from './channel-fields.js';
import { sealChannel, type ChannelSecrets } from './channel-secrets.js';
import { existingChannel } from './existing-channel.js';

/**
 * Gives a reseller a notification channel, which profiles of the resellers below it may notify, too. Address and token are
 * encrypted.
 *
 * @throws DomainError `invalid`, `not_found` (reseller), `conflict` (a manager has none), `already_exists`
 */
export function createChannel(
  requester: Requester,
  cipher: SecretCipher,
  fields: ChannelFields & ChannelSecrets & { readonly resellerId: string; readonly format: ChannelFormat },
): Promise<ChannelRow> {
  const { resellerId } = requester.scope;
  const { url, token, format } = fields;
  requireChannelFields(format, fields);
  const secretPlace = `notification-channel:${randomUUID()}`;
  return change(requester, async (tx) => {
    await requireOwner(tx, resellerId, fields.resellerId, '/resellerId');
    const id = await insertChannel(tx, {
      ...fields,
      host: new URL(url).host,
      hasToken: token !== '',
      secrets: sealChannel(cipher, { url, token }, secretPlace),
      secretPlace,
    });
    const row = existingChannel(await findChannel(tx, resellerId, id), id);
    return recorded(row, channelEntry('notification_channel.create', null, row));
  });
}
