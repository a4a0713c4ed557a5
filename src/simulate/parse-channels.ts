import { hasAddress, phonePattern, phoneRule } from '../domain/notifications/channels.js';
import type { ScenarioChannel, ScenarioRecipient } from './scenario-channels.js';
import type { ProfileFields, RecipientFields, ScenarioFields } from './scenario-schema.js';

/** Faults of the channels, of events about them, and of recipients that are expected to have failed. */
export function channelErrors({ channels, events, expect }: ScenarioFields): string[] {
  const repeated = channels.flatMap(({ name }, index) => {
    const first = channels.findIndex((other) => other.name.toLowerCase() === name.toLowerCase());
    return first < index ? [`channels[${index}].name: must differ from that of channels[${first}]`] : [];
  });
  const unknown = events.flatMap(({ channel }, index) =>
    channel === undefined || find(channels, channel.name)
      ? []
      : [`events[${index}].channel.name: ${namesText(channels)}`],
  );
  const unsent = expect.notifications.flatMap(({ to, failed = [] }, index) =>
    failed.flatMap((recipient, place) =>
      to.includes(recipient)
        ? []
        : [`expect.notifications[${index}].failed[${place}]: must be one of the recipients in to`],
    ),
  );
  return [...repeated, ...unknown, ...unsent];
}

/** Faults of the recipients of a profile, which is at `at` in the file. */
export function recipientErrors(profile: ProfileFields, channels: readonly ScenarioChannel[], at: string): string[] {
  const rules: readonly (readonly [string, readonly RecipientFields[]])[] = [
    ['userRule', profile.userRule.channels],
    ['clientRule', profile.clientRule.channels],
    ...profile.advancedRules.map((rule, index) => [`advancedRules[${index}]`, rule.channels] as const),
  ];
  return rules.flatMap(([rule, recipients]) =>
    recipients.flatMap((recipient, index) => {
      const fault = faultOf(recipient, channels);
      return fault === null ? [] : [`${at}.${rule}.channels[${index}].${fault}`];
    }),
  );
}

/** Recipients that have no faults. */
export function recipientsOf(
  fields: readonly RecipientFields[],
  channels: readonly ScenarioChannel[],
): ScenarioRecipient[] {
  return fields.flatMap(({ channel: name, address }) => {
    const channel = find(channels, name);
    return channel ? [{ channel, address }] : [];
  });
}

function faultOf({ channel: name, address }: RecipientFields, channels: readonly ScenarioChannel[]): string | null {
  const channel = find(channels, name);
  if (!channel) return `channel: ${namesText(channels)}`;
  if (!hasAddress(channel.format)) {
    return address === null ? null : `address: must be left out: the channel "${name}" is the address`;
  }
  if (address !== null && phonePattern.test(address)) return null;
  return `address: ${phoneRule}`;
}

function find(channels: readonly ScenarioChannel[], name: string): ScenarioChannel | undefined {
  return channels.find((channel) => channel.name === name);
}

function namesText(channels: readonly ScenarioChannel[]): string {
  if (channels.length === 0) return 'must be the name of a channel: add it to channels';
  return `must be the name of a channel: ${channels.map(({ name }) => name).join(', ')}`;
}
