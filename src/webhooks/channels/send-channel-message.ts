import { channelFormatSpecs, type ChannelFormat } from '../../domain/notifications/channels.js';
import { guardedPost, type PostOptions, type PostResponse } from '../guarded-post.js';
import type { ChannelConnection, ChannelMessage } from './message.js';
import { writers } from './writers.js';

/** Sends one message to a channel, once. */

/** How a call ended. `reply` is what the receiver answered, or why there is no answer; it holds no secret. */
export type ChannelResult =
  | { readonly outcome: 'accepted'; readonly status: number; readonly reply: string }
  | {
      readonly outcome: 'refused';
      /** a repeated call would be refused, too */
      readonly permanent: boolean;
      /** null: there was no answer */
      readonly status: number | null;
      readonly reply: string;
      /** how long the receiver asked to wait; null: it did not */
      readonly retryAfterMs: number | null;
    }
  /** it may have arrived; `repeatable`: the receiver knows a repeated call, which does not send it twice */
  | {
      readonly outcome: 'uncertain';
      readonly repeatable: boolean;
      readonly status: number | null;
      readonly reply: string;
    };

/** Never throws. */
export async function sendChannelMessage(
  format: ChannelFormat,
  connection: ChannelConnection,
  message: ChannelMessage,
  options: PostOptions,
): Promise<ChannelResult> {
  const response = await guardedPost(writers[format](message, connection), options);
  const reply = withoutSecrets(replyOf(response), connection);
  const { status, error, connected } = response;
  if (error === null && status !== null) return { outcome: 'accepted', status, reply };
  const isUnclear = status === null ? connected : status === 504;
  if (isUnclear) return { outcome: 'uncertain', repeatable: channelFormatSpecs[format].isIdempotent, status, reply };
  const permanent = status === null ? isRefusedAddress(response) : !isForNow(status);
  return { outcome: 'refused', permanent, status, reply, retryAfterMs: retryAfterMs(response) };
}

/** The receiver is busy, or out of order. */
function isForNow(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || status >= 500;
}

/** An address that is not allowed stays so; one that does not resolve may resolve later. */
function isRefusedAddress({ error }: PostResponse): boolean {
  return error !== null && error.startsWith('the URL must') && !error.includes('resolves');
}

const maxRetryAfterMs = 60 * 60_000;

/** Seconds, or a date (RFC 9110). */
function retryAfterMs({ retryAfter }: PostResponse): number | null {
  if (retryAfter === null) return null;
  const ms = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - Date.now();
  return Number.isNaN(ms) || ms <= 0 ? null : Math.min(ms, maxRetryAfterMs);
}

function replyOf({ status, body, error }: PostResponse): string {
  if (status === null) return error ?? '';
  const text = (body ?? '').replace(/\s+/g, ' ').trim();
  return [error ?? `status ${status}`, text].filter((part) => part !== '').join(': ');
}

/** A receiver may repeat what it was sent. */
function withoutSecrets(text: string, { url, token, account }: ChannelConnection): string {
  const credentials = Buffer.from(`${account}:${token}`, 'utf8').toString('base64');
  return [...partsOf(url), ...(token === '' ? [] : [credentials, token])].reduce(
    (safe, secret) => safe.replaceAll(secret, '***'),
    text,
  );
}

/** The address, its path, and what in them is long enough to be a secret, the longest first. */
function partsOf(url: string): string[] {
  if (!URL.canParse(url)) return [url];
  const { pathname, search, searchParams } = new URL(url);
  const long = [...pathname.split('/'), ...searchParams.values()].filter((part) => part.length >= leastSecret);
  return [url, ...(pathname.length >= leastSecret ? [`${pathname}${search}`, pathname] : []), ...long];
}

const leastSecret = 12;
