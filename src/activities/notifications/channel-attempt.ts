import type { ChannelResult } from '../../webhooks/channels/send-channel-message.js';
import { sendChannelMessage } from '../../webhooks/channels/send-channel-message.js';
import type { ChannelConnection } from '../../webhooks/channels/message.js';
import type { GuardOptions } from '../../webhooks/address-guard.js';
import { isCompanySide } from '../../domain/companies/company-balances.js';
import { hasAddress } from '../../domain/notifications/channels.js';
import { openChannel } from '../../services/notifications/channels/channel-secrets.js';
import type { SecretCipher } from '../../storage/access/secret-encryption.js';
import { languageOf } from '../../mail/templates/index.js';
import type { SendHooks } from '../../mail/smtp/transport.js';
import { readSealedChannel } from '../../storage/notifications/channels.js';
import type { AttemptEnd, DeliveryRow } from '../../storage/notifications/deliveries.js';
import type { DeliveryChannel } from '../../storage/notifications/notifications.js';
import type { Queries } from '../../storage/system/database.js';

/** What sending to channels needs of the world. */
export interface ChannelAccess {
  /** opens their secrets */
  readonly cipher: SecretCipher;
  readonly guard: GuardOptions;
  readonly userAgent: string;
  /** default 15 s */
  readonly timeoutMs?: number;
}

interface ChannelAttempt {
  readonly delivery: DeliveryRow & { readonly channel: DeliveryChannel };
  readonly nextAttemptAtMs: number | null;
  /** the last moment at which nothing can have arrived; false: a later attempt has taken over */
  readonly beforeRequest: () => Promise<boolean>;
  /** `close`: the worker stops, and the response is no longer awaited */
  readonly signals: Pick<SendHooks, 'stop' | 'close'>;
}

const linkTexts = {
  client: { en: 'Open client', uk: 'Відкрити клієнта' },
  company: { en: 'Open company', uk: 'Відкрити компанію' },
} as const;

const usualTimeoutMs = 15_000;

/** How an attempt ends whose worker lives. */
export type SentEnd = AttemptEnd & { readonly outcome: Exclude<AttemptEnd['outcome'], 'interrupted'> };

/** One request to a channel for a claimed delivery. */
export async function attemptChannel(
  { sql, channels }: { readonly sql: Queries; readonly channels?: ChannelAccess | null },
  { delivery, nextAttemptAtMs, beforeRequest, signals }: ChannelAttempt,
): Promise<SentEnd> {
  const { channel, subject, text, link, messageId, resends, recipient } = delivery;
  const about = isCompanySide(delivery.rule) ? 'company' : 'client';
  if (!channels) return refusedForNow('SECRET_KEY is not set: set it and start again', nextAttemptAtMs);
  const stored = await readSealedChannel(sql, channel.id);
  if (!stored) return refusedForGood('the channel was deleted');
  if (!stored.enabled) return refusedForGood('the channel is disabled');
  let connection: ChannelConnection;
  try {
    connection = openChannel(channels.cipher, stored);
  } catch {
    return refusedForGood('the secrets of the channel were encrypted with another SECRET_KEY: enter them again');
  }
  if (signals.stop?.aborted) return refusedForNow('the delivery was canceled', nextAttemptAtMs);
  if (!(await beforeRequest())) return refusedForNow('a later attempt replaced this one', nextAttemptAtMs);
  const result = await sendChannelMessage(
    channel.format,
    connection,
    {
      // A receiver that knows the key must take what a person has resent.
      key: resends === 0 ? messageId : `${messageId}#${resends}`,
      title: subject,
      text,
      link: link === null ? null : { url: link, text: linkTexts[about][languageOf(delivery.locale)] },
      to: hasAddress(channel.format) ? recipient : null,
    },
    {
      ...channels.guard,
      timeoutMs: channels.timeoutMs ?? usualTimeoutMs,
      userAgent: channels.userAgent,
      ...(signals.close && { signal: signals.close }),
    },
  );
  return endOf(result, nextAttemptAtMs);
}

function endOf(result: ChannelResult, nextAttemptAtMs: number | null): SentEnd {
  const { status: code, reply } = result;
  if (result.outcome === 'accepted') return { outcome: 'accepted', code, reply };
  if (result.outcome === 'uncertain') {
    return { outcome: 'uncertain', code, reply, ...(result.repeatable && { repeat: true, nextAttemptAtMs }) };
  }
  if (result.permanent) return { outcome: 'refused_for_good', code, reply };
  const notBeforeMs = result.retryAfterMs === null ? null : Date.now() + result.retryAfterMs;
  const next = Math.max(nextAttemptAtMs ?? 0, notBeforeMs ?? 0);
  return { outcome: 'refused', code, reply, nextAttemptAtMs: next === 0 ? null : next, notBeforeMs };
}

function refusedForGood(reply: string): SentEnd {
  return { outcome: 'refused_for_good', code: null, reply };
}

function refusedForNow(reply: string, nextAttemptAtMs: number | null): SentEnd {
  return { outcome: 'refused', code: null, reply, nextAttemptAtMs };
}
