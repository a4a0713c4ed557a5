import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { allowedAddresses, lookupOf, parseWebhookUrl, RefusedAddress, type GuardOptions } from './address-guard.js';

/** One POST to an address of others, which is checked first. */

export interface PostRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface PostOptions extends GuardOptions {
  /** for all of it, from the name's resolution to the end of the response */
  readonly timeoutMs: number;
  readonly userAgent: string;
  /** ends it before */
  readonly signal?: AbortSignal;
}

export interface PostResponse {
  /** null: there was none */
  readonly status: number | null;
  /** the beginning of the body */
  readonly body: string | null;
  /** the header `Retry-After` */
  readonly retryAfter: string | null;
  /** what went wrong; null: the receiver has accepted the request (2xx) */
  readonly error: string | null;
  /** the receiver was connected: without a response, it may have the request all the same */
  readonly connected: boolean;
}

const maxBodyBytes = 1024;

/** Never throws: what went wrong is part of the response. Redirects are not followed: they would lead past the check. */
export async function guardedPost(asked: PostRequest, options: PostOptions): Promise<PostResponse> {
  const late = AbortSignal.timeout(options.timeoutMs);
  const end = options.signal ? AbortSignal.any([late, options.signal]) : late;
  const connection = { isOpen: false };
  const failed = (error: string): PostResponse => ({
    ...{ status: null, body: null, retryAfter: null, error },
    connected: connection.isOpen,
  });
  try {
    const url = parseWebhookUrl(asked.url, options);
    const addresses = await before(end, allowedAddresses(url, options));
    const response = await send(url, addresses, asked, options.userAgent, end, connection);
    return { ...response, error: errorOf(response.status), connected: true };
  } catch (error) {
    if (error instanceof RefusedAddress) return failed(`the URL ${error.message}`);
    if (late.aborted) return failed(`no response within ${options.timeoutMs / 1000} s`);
    return failed(end.aborted ? 'ended before the response' : networkError(error));
  }
}

function errorOf(status: number): string | null {
  if (status >= 200 && status < 300) return null;
  if (status >= 300 && status < 400) return `status ${status}: redirects are not followed`;
  return `status ${status}`;
}

function send(
  url: URL,
  addresses: readonly string[],
  { headers, body }: PostRequest,
  userAgent: string,
  signal: AbortSignal,
  connection: { isOpen: boolean },
): Promise<{ status: number; body: string; retryAfter: string | null }> {
  const bytes = Buffer.from(body, 'utf8');
  const isSecure = url.protocol === 'https:';
  return new Promise((resolve, reject) => {
    const sent = (isSecure ? httpsRequest : httpRequest)(
      url,
      {
        method: 'POST',
        agent: false,
        lookup: lookupOf(addresses),
        signal,
        headers: {
          'content-type': 'application/json',
          ...headers,
          'content-length': bytes.length,
          'user-agent': userAgent,
        },
      },
      (response) => {
        const { statusCode: status = 0, headers: given } = response;
        void beginningOf(response).then((text) =>
          resolve({ status, body: text, retryAfter: given['retry-after'] ?? null }),
        );
      },
    );
    sent.on('socket', (socket: Socket) => {
      socket.once(isSecure ? 'secureConnect' : 'connect', () => (connection.isOpen = true));
    });
    sent.on('error', reject);
    sent.end(bytes);
  });
}

/** The rest of a long body is not read, and a body that breaks off does not change what the status says. */
async function beginningOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= maxBodyBytes) break;
    }
  } catch {
    // What has arrived is enough.
  }
  response.destroy();
  return Buffer.concat(chunks).subarray(0, maxBodyBytes).toString('utf8').replaceAll('\0', '');
}

/** The code of a connection's fault: its message would say the address. */
function networkError(error: unknown): string {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return `not connected: ${code ?? 'the connection was closed'}`;
}

async function before<T>(end: AbortSignal, work: Promise<T>): Promise<T> {
  const ended = new Promise<never>((_, reject) => {
    const stop = (): void => reject(new Error('too late'));
    if (end.aborted) stop();
    else end.addEventListener('abort', stop, { once: true });
  });
  return Promise.race([work, ended]);
}
