import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { Webhook } from 'standardwebhooks';
import { allowedAddresses, lookupOf, parseWebhookUrl, RefusedAddress, type GuardOptions } from './address-guard.js';

/** Sends one message of Standard Webhooks. */

export interface WebhookRequest {
  readonly url: string;
  /** the header `webhook-id` */
  readonly messageId: string;
  /** JSON */
  readonly body: string;
  /** signs with each of them, newest first */
  readonly secrets: readonly string[];
  readonly sentAt: Date;
}

export interface PostOptions extends GuardOptions {
  /** for all of it, from the name's resolution to the end of the response */
  readonly timeoutMs: number;
  readonly userAgent: string;
}

export interface WebhookResponse {
  /** null: there was none */
  readonly status: number | null;
  /** the beginning of the body */
  readonly body: string | null;
  /** what went wrong; null: the receiver has accepted the message (2xx) */
  readonly error: string | null;
}

const maxBodyBytes = 1024;

/** Never throws: what went wrong is part of the response. Redirects are not followed: they would lead past the check. */
export async function postWebhook(message: WebhookRequest, options: PostOptions): Promise<WebhookResponse> {
  const late = AbortSignal.timeout(options.timeoutMs);
  try {
    const url = parseWebhookUrl(message.url, options);
    const addresses = await before(late, allowedAddresses(url, options));
    const { status, body } = await send(url, addresses, message, options.userAgent, late);
    return { status, body, error: errorOf(status) };
  } catch (error) {
    if (error instanceof RefusedAddress) return failed(`the URL ${error.message}`);
    return failed(late.aborted ? `no response within ${options.timeoutMs / 1000} s` : networkError(error));
  }
}

function failed(error: string): WebhookResponse {
  return { status: null, body: null, error };
}

function errorOf(status: number): string | null {
  if (status >= 200 && status < 300) return null;
  if (status >= 300 && status < 400) return `status ${status}: redirects are not followed`;
  return `status ${status}`;
}

function send(
  url: URL,
  addresses: readonly string[],
  { messageId, body, secrets, sentAt }: WebhookRequest,
  userAgent: string,
  signal: AbortSignal,
): Promise<{ status: number; body: string }> {
  const bytes = Buffer.from(body, 'utf8');
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method: 'POST',
        agent: false,
        lookup: lookupOf(addresses),
        signal,
        headers: {
          'content-type': 'application/json',
          'content-length': bytes.length,
          'user-agent': userAgent,
          'webhook-id': messageId,
          'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
          'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(messageId, sentAt, body)).join(' '),
        },
      },
      (response) => {
        void beginningOf(response).then((text) => resolve({ status: response.statusCode ?? 0, body: text }));
      },
    );
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

async function before<T>(late: AbortSignal, work: Promise<T>): Promise<T> {
  const end = new Promise<never>((_, reject) => {
    late.addEventListener('abort', () => reject(new Error('too late')), { once: true });
  });
  return Promise.race([work, end]);
}
