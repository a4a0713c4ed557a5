import { DomainError } from '../../../domain/errors.js';
import { hasAddress, phonePattern, phoneRule, type ChannelFormat } from '../../../domain/notifications/channels.js';
import type { SecretCipher } from '../../../storage/access/secret-encryption.js';
import { findChannel } from '../../../storage/notifications/channels.js';
import { change, recorded, type Requester } from '../../change.js';
import { openChannel } from './channel-secrets.js';
import { existingChannel } from './existing-channel.js';

type OpenChannel = ReturnType<typeof openChannel>;

interface ChannelTest<Result> {
  /** phone number; null: the channel is the address */
  readonly address: string | null;
  readonly send: (channel: OpenChannel & { readonly format: ChannelFormat; readonly name: string }) => Promise<Result>;
}

/**
 * Sends a message that tries a channel, also a disabled one, and waits for the answer. The audit row is written first:
 * what was sent cannot be called back.
 *
 * @throws DomainError `not_found`, `invalid` (address), `conflict` where the secrets do not open
 */
export async function testChannel<Result>(
  requester: Requester,
  cipher: SecretCipher,
  id: string,
  { address, send }: ChannelTest<Result>,
): Promise<Result> {
  const { scope } = requester;
  const row = existingChannel(await scope.read((q) => findChannel(q, scope.resellerId, id)), id);
  requireAddress(row.format, address);
  let connection: OpenChannel;
  try {
    connection = openChannel(cipher, row);
  } catch {
    throw new DomainError('conflict', 'the secrets were encrypted with another SECRET_KEY: enter them again');
  }
  await change(requester, () =>
    Promise.resolve(
      recorded(undefined, {
        action: 'notification_channel.test',
        subjectType: 'notification_channel',
        subjectId: id,
        resellerId: row.resellerId,
        before: null,
        after: { name: row.name, format: row.format, address },
      }),
    ),
  );
  return send({ ...connection, format: row.format, name: row.name });
}

function requireAddress(format: ChannelFormat, address: string | null): void {
  if (!hasAddress(format)) {
    if (address !== null) throw new DomainError('invalid', 'must be null: the channel is the address', '/address');
  } else if (address === null || !phonePattern.test(address)) {
    throw new DomainError('invalid', phoneRule, '/address');
  }
}
