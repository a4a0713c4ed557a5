/**
 * Notification channels: Slack, Microsoft Teams, and SMS gateways that rules notify besides email addresses. What each
 * format needs is listed here; how it is written, in `formats`.
 */

export const channelKinds = ['slack', 'teams', 'sms'] as const;
export type ChannelKind = (typeof channelKinds)[number];

export const channelFormats = ['slack_webhook', 'teams_workflow', 'sms_json', 'sms_twilio'] as const;
export type ChannelFormat = (typeof channelFormats)[number];

/** A field of a channel that only some formats have. */
export type ChannelField = 'account' | 'token' | 'sender';

interface ChannelFormatSpec {
  readonly kind: ChannelKind;
  readonly fields: Readonly<Record<ChannelField, 'required' | 'optional' | 'none'>>;
  /** where a provider has one address for all; null: each channel has its own */
  readonly usualUrl: string | null;
  /** The receiver knows a repeated message by its key, so a call without an answer may be repeated. */
  readonly isIdempotent: boolean;
}

const noFields = { account: 'none', token: 'none', sender: 'none' } as const;

export const channelFormatSpecs: Readonly<Record<ChannelFormat, ChannelFormatSpec>> = {
  slack_webhook: { kind: 'slack', fields: noFields, usualUrl: null, isIdempotent: false },
  teams_workflow: { kind: 'teams', fields: noFields, usualUrl: null, isIdempotent: false },
  sms_json: {
    kind: 'sms',
    fields: { account: 'none', token: 'optional', sender: 'optional' },
    usualUrl: null,
    isIdempotent: true,
  },
  sms_twilio: {
    kind: 'sms',
    fields: { account: 'required', token: 'required', sender: 'required' },
    usualUrl: 'https://api.twilio.com',
    isIdempotent: false,
  },
};

const channelKindNames: Readonly<Record<ChannelKind, string>> = {
  slack: 'Slack',
  teams: 'Microsoft Teams',
  sms: 'SMS',
};

export function kindOf(format: ChannelFormat): ChannelKind {
  return channelFormatSpecs[format].kind;
}

/** Whether each recipient has a separate address: a phone number. */
export function hasAddress(format: ChannelFormat): boolean {
  return kindOf(format) === 'sms';
}

/** Of a phone number in an address, with the remedy for one that is none. */
export const phoneRule = 'must be a phone number with its country code, such as "+380501234567"';
/** E.164 */
export const phonePattern = /^\+[1-9]\d{6,14}$/;

/** A recipient of a rule that is no email address. */
export interface ChannelRecipient {
  readonly channelId: string;
  /** phone number; null: the channel is the address */
  readonly address: string | null;
}

/** What recipients are shown with. */
export interface ChannelName {
  readonly name: string;
  readonly format: ChannelFormat;
}

/** Recipients by the id of their channel, which the rules may notify now. */
export type UsableChannels = ReadonlyMap<string, ChannelName>;

const prefix = 'channel:';

/** The recipient among email addresses: no address begins like this. */
export function recipientKey({ channelId, address }: ChannelRecipient): string {
  return address === null ? `${prefix}${channelId}` : `${prefix}${channelId}:${address}`;
}

/** Null: an email address. */
export function channelRecipientOf(recipient: string): ChannelRecipient | null {
  if (!recipient.startsWith(prefix)) return null;
  const [channelId = '', address = null] = recipient.slice(prefix.length).split(':');
  return { channelId, address };
}

/** As people read it: the address, `NOC (Slack)`, or `Gateway (SMS): +380501234567`. */
export function recipientText(recipient: string, channels: UsableChannels): string {
  const of = channelRecipientOf(recipient);
  if (!of) return recipient;
  const channel = channels.get(of.channelId);
  return channel ? channelText(channel, of.address) : recipient;
}

export function channelText({ name, format }: ChannelName, address: string | null): string {
  const text = `${name} (${channelKindNames[kindOf(format)]})`;
  return address === null ? text : `${text}: ${address}`;
}
