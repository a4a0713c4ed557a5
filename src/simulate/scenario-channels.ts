import { kindOf, type ChannelFormat } from '../domain/notifications/channels.js';

/** A notification channel of the operator that rules of a scenario may notify. */
export interface ScenarioChannel {
  /** without `:` and `@`, so that its recipients differ from addresses */
  readonly name: string;
  readonly format: ChannelFormat;
}

/** A recipient of a rule that is no email address. */
export interface ScenarioRecipient {
  readonly channel: ScenarioChannel;
  /** phone number; null: the channel is the address */
  readonly address: string | null;
}

export const receiverStates = ['up', 'down', 'gone'] as const;
/** How the receiver of a channel answers: it takes messages, refuses them for now (503), or for good (410). */
export type ReceiverState = (typeof receiverStates)[number];

/** As it is written among email addresses: `slack:NOC`, `sms:Gateway:+380441234567`. */
export function recipientText({ channel: { name, format }, address }: ScenarioRecipient): string {
  const text = `${kindOf(format)}:${name}`;
  return address === null ? text : `${text}:${address}`;
}

/** The name of the channel of a recipient that `recipientText` wrote; null: an email address. */
export function channelNameOf(recipient: string): string | null {
  return recipient.includes('@') ? null : (recipient.split(':')[1] ?? null);
}
