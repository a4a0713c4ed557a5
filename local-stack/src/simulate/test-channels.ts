import {
  channelFormatSpecs,
  type ChannelField,
  type ChannelRecipient,
} from '../../../src/domain/notifications/channels.js';
import type { Requester } from '../../../src/services/change.js';
import { createChannel } from '../../../src/services/notifications/channels/create-channel.js';
import type { ScenarioChannel } from '../../../src/simulate/scenario-channels.js';
import type { ScenarioRule } from '../../../src/simulate/scenario.js';
import type { SecretCipher } from '../../../src/storage/access/secret-encryption.js';
import type { Queries } from '../../../src/storage/system/database.js';
import { deleteChannels } from '../../../src/storage/system/simulation.js';

/** Where channels send to, and what seals their secrets. */
export interface ChannelPlace {
  readonly url: string;
  readonly cipher: SecretCipher;
}

/** Ids in the database by the names of the story. */
export type ChannelIds = ReadonlyMap<string, string>;

/** Gives the operator the channels of a story, in place of those of an earlier one. */
export async function createChannels(
  q: Queries,
  requester: Requester,
  { url, cipher }: ChannelPlace,
  channels: readonly ScenarioChannel[],
): Promise<ChannelIds> {
  await deleteChannels(q);
  const ids = new Map<string, string>();
  for (const { name, format } of channels) {
    const field = (of: ChannelField): string =>
      channelFormatSpecs[format].fields[of] === 'required' ? 'simulated' : '';
    const { id } = await createChannel(requester, cipher, {
      ...{ resellerId: requester.scope.resellerId, name, format, enabled: true },
      ...{ url: `${url}/${encodeURIComponent(name)}`, account: field('account') },
      ...{ token: field('token'), sender: field('sender') },
    });
    ids.set(name, id);
  }
  return ids;
}

/** The recipients of a rule, in the database. */
export function ruleChannels({ channels }: Pick<ScenarioRule, 'channels'>, ids: ChannelIds): ChannelRecipient[] {
  return channels.map(({ channel, address }) => {
    const channelId = ids.get(channel.name);
    if (channelId === undefined) throw new Error(`the scenario has no channel ${channel.name}`);
    return { channelId, address };
  });
}
