import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { GatewayRefusal, GatewayUnavailable } from '../domain/payments/gateway.js';
import {
  allowedAddresses,
  lookupOf,
  parseWebhookUrl,
  RefusedAddress,
  type GuardOptions,
} from '../webhooks/address-guard.js';

/** One request to a gateway and its JSON. What is wrong with it is said without the address, and without a secret. */

export interface GatewayHttp extends GuardOptions {
  /** for all of it; default 30 s */
  readonly timeoutMs?: number;
  readonly userAgent: string;
}

export interface JsonRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface JsonResponse {
  readonly status: number;
  /** null: there was no body */
  readonly body: unknown;
}

const usualTimeoutMs = 30_000;
const maxBodyBytes = 1_000_000;

/**
 * Redirects are not followed: they would lead past the check of the address.
 *
 * @throws GatewayUnavailable no answer in time, or one that is no JSON
 * @throws GatewayRefusal an address that must not be called
 */
export async function requestJson(asked: JsonRequest, options: GatewayHttp): Promise<JsonResponse> {
  const late = AbortSignal.timeout(options.timeoutMs ?? usualTimeoutMs);
  try {
    const url = parseWebhookUrl(asked.url, options);
    const addresses = await before(late, allowedAddresses(url, options));
    return await send(url, addresses, asked, options.userAgent, late);
  } catch (error) {
    if (error instanceof RefusedAddress) throw new GatewayRefusal(`the URL of the gateway ${error.message}`);
    if (error instanceof GatewayUnavailable) throw error;
    const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
    throw new GatewayUnavailable(
      late.aborted ? 'the gateway did not answer in time' : `not connected: ${code ?? 'closed'}`,
    );
  }
}

function send(
  url: URL,
  addresses: readonly string[],
  { method, headers, body }: JsonRequest,
  userAgent: string,
  signal: AbortSignal,
): Promise<JsonResponse> {
  const bytes = body === undefined ? null : Buffer.from(JSON.stringify(body), 'utf8');
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method,
        agent: false,
        lookup: lookupOf(addresses),
        signal,
        headers: {
          accept: 'application/json',
          'user-agent': userAgent,
          ...(bytes && { 'content-type': 'application/json', 'content-length': bytes.length }),
          ...headers,
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        let length = 0;
        response.on('data', (chunk: Buffer) => {
          length += chunk.length;
          if (length > maxBodyBytes) response.destroy(new GatewayUnavailable('the answer of the gateway is too long'));
          else chunks.push(chunk);
        });
        response.on('error', reject);
        response.on('end', () => {
          try {
            resolve({ status: response.statusCode ?? 0, body: parsed(Buffer.concat(chunks)) });
          } catch {
            reject(new GatewayUnavailable('the answer of the gateway is not JSON'));
          }
        });
      },
    );
    sent.on('error', reject);
    sent.end(bytes ?? undefined);
  });
}

/** Authorize.net begins its answers with a byte order mark. */
function parsed(bytes: Buffer): unknown {
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  return text.trim() === '' ? null : (JSON.parse(text) as unknown);
}

async function before<T>(late: AbortSignal, work: Promise<T>): Promise<T> {
  const end = new Promise<never>((_, reject) => {
    late.addEventListener('abort', () => reject(new Error('too late')), { once: true });
  });
  return Promise.race([work, end]);
}
