import type { ChannelFormat, ChannelRecipient } from '../../../src/domain/notifications/channels.js';
import { createChannel } from '../../../src/services/notifications/channels/create-channel.js';
import { sealChannel } from '../../../src/services/notifications/channels/channel-secrets.js';
import type { Requester } from '../../../src/services/change.js';
import { createSecretCipher } from '../../../src/storage/access/secret-encryption.js';
import type { Sql } from '../../../src/storage/system/database.js';
import { moveChannel } from '../../../src/storage/system/demo-history.js';
import type { DemoGateway } from './cards.js';

/** Channels that the profiles of the demo notify. The sandbox of this start receives them: no message leaves the machine. */
const channels = {
  noc: { name: 'NOC', format: 'slack_webhook', path: '/channels/slack/demo', sender: '' },
  onCall: { name: 'On-call phones', format: 'sms_json', path: '/channels/sms', sender: 'Lowwater' },
} as const satisfies Readonly<Record<string, { name: string; format: ChannelFormat; path: string; sender: string }>>;

type DemoChannel = keyof typeof channels;
export type ChannelIds = Readonly<Partial<Record<DemoChannel, string>>>;

/** A channel in a rule of the demo. */
export interface DemoRecipient {
  readonly channel: DemoChannel;
  /** a phone number, for the gateway of SMS */
  readonly address?: string;
}

/** Creates them before the profiles that name them. */
export async function addChannels(requester: Requester, secretKey: string, gateway: DemoGateway): Promise<ChannelIds> {
  const cipher = createSecretCipher(secretKey);
  const add = async (key: DemoChannel): Promise<string> => {
    const { name, format, sender } = channels[key];
    const common = { name, format, sender, enabled: true, account: '' };
    const { resellerId } = requester.scope;
    const { id } = await createChannel(requester, cipher, { ...common, resellerId, ...secretsOf(key, gateway) });
    return id;
  };
  return { noc: await add('noc'), onCall: await add('onCall') };
}

/** What a rule of the demo names. Without channels, it notifies its other recipients only. */
export function channelsOf(ids: ChannelIds, named: readonly DemoRecipient[]): ChannelRecipient[] {
  return named.flatMap(({ channel, address = null }) => {
    const channelId = ids[channel];
    return channelId === undefined ? [] : [{ channelId, address }];
  });
}

/** The sandbox of this start may have another address than the one before. A channel that leads elsewhere by now stays. */
export async function followChannels(sql: Sql, secretKey: string, gateway: DemoGateway): Promise<void> {
  const cipher = createSecretCipher(secretKey);
  for (const key of Object.keys(channels) as DemoChannel[]) {
    const secrets = secretsOf(key, gateway);
    await moveChannel(sql, channels[key].name, new URL(secrets.url).host, (place) =>
      sealChannel(cipher, secrets, place),
    );
  }
}

function secretsOf(key: DemoChannel, { url, apiKey }: DemoGateway): { readonly url: string; readonly token: string } {
  return {
    url: new URL(channels[key].path, url).href,
    token: channels[key].format === 'sms_json' ? apiKey : '',
  };
}
