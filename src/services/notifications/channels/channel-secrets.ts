import type { SecretCipher } from '../../../storage/access/secret-encryption.js';
import type { SealedChannel } from '../../../storage/notifications/channels.js';

/** What is secret of a channel. */
export interface ChannelSecrets {
  readonly url: string;
  /** empty: none */
  readonly token: string;
}

/** They open in the row of this channel only. */
export function sealChannel(cipher: SecretCipher, { url, token }: ChannelSecrets, secretPlace: string): Buffer {
  return cipher.encrypt(JSON.stringify({ url, token }), secretPlace);
}

/** What a channel is reached with. @throws Error where the secrets were encrypted with another key */
export function openChannel(
  cipher: SecretCipher,
  { account, sender, secrets, secretPlace }: SealedChannel,
): ChannelSecrets & Pick<SealedChannel, 'account' | 'sender'> {
  const { url, token } = JSON.parse(cipher.decrypt(secrets, secretPlace)) as ChannelSecrets;
  return { url, token, account, sender };
}
