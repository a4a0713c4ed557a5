import { z } from 'zod';
import { matchAnswers, referencesOf, type RawAnswer } from './answers.js';
import { guardedRead, verifySource } from './guarded-read.js';
import { SourceDown, type BalanceRequest, type BalanceSource, type ReadResult, type SourceObserver } from './source.js';

interface HttpSourceOptions {
  readonly url: string;
  /** sent as `Authorization: Bearer ...` */
  readonly token?: string | undefined;
  /** longest time of one read, the answer's body included, in ms */
  readonly timeoutMs: number;
}

/**
 * A JSON number is none, also a whole one: its sender writes the next amount as a fraction, which a float does not hold
 * exactly, so that the client would be unknown only now and then.
 */
const numberError = 'the balance source sent a JSON number: send a string, such as "12.50"';

/** More than 200 balances need; a larger answer is not read to its end. */
const maxAnswerBytes = 1024 * 1024;

const answerForm = z.object({ balances: z.array(z.unknown()) });
const entryForm = z.object({ clientId: z.unknown(), live: z.unknown(), currency: z.unknown() }).partial();

/**
 * Reads balances from an endpoint of the operator's billing:
 * `POST <url> {"clientIds": ["7"], "at": "2026-01-31T10:00:00.000Z"}` must be answered with 200 and
 * `{"balances": [{"clientId": "7", "live": "12.50", "currency": "EUR"}]}`. A client that is left out is unknown.
 * Redirects are not followed: the token would go wherever they lead.
 */
export function createHttpSource(options: HttpSourceOptions, observer: SourceObserver = {}): BalanceSource {
  const closing = new AbortController();

  const run = async (clientIds: readonly string[], atMs: number): Promise<RawAnswer[]> => {
    const late = AbortSignal.timeout(options.timeoutMs);
    try {
      const response = await fetch(options.url, {
        method: 'POST',
        redirect: 'manual',
        signal: AbortSignal.any([late, closing.signal]),
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          ...(options.token ? { authorization: `Bearer ${options.token}` } : {}),
        },
        body: JSON.stringify({ clientIds, at: new Date(atMs).toISOString() }),
      });
      return await readAnswer(response);
    } catch (error) {
      if (closing.signal.aborted) throw new SourceDown('it was closed');
      if (late.aborted) throw new SourceDown(`no answer within ${options.timeoutMs} ms`);
      throw error;
    }
  };

  const ask = async (clients: readonly BalanceRequest[], atMs: number): Promise<ReadResult> =>
    matchAnswers(clients, await run(referencesOf(clients), atMs));

  return {
    kind: 'http',
    read: guardedRead('http', ask, observer),
    check: verifySource(() => run([], Date.now())),
    close: () => {
      closing.abort();
      return Promise.resolve();
    },
  };
}

async function readAnswer(response: Response): Promise<RawAnswer[]> {
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new SourceDown(
      response.status >= 300 && response.status < 400
        ? `it answered with a redirect (HTTP ${response.status}), which is not followed`
        : `it answered HTTP ${response.status}`,
    );
  }
  const parsed = answerForm.safeParse(parseJson(await readBounded(response)));
  if (!parsed.success) throw new SourceDown('its answer is not {"balances": [...]}');
  return parsed.data.balances.flatMap((entry) => {
    const fields = entryForm.safeParse(entry);
    if (!fields.success) return [];
    const { clientId: reference, live, currency } = fields.data;
    return [{ reference, live, currency, ...(typeof live === 'number' && { fault: numberError }) }];
  });
}

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > maxAnswerBytes) throw new SourceDown(`its answer is larger than ${maxAnswerBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new SourceDown('its answer is not JSON');
  }
}
