import { sleep } from './wait.mjs';

const answerWithinMs = 20_000;
const maxPauseMs = 2_000;

/**
 * The public HTTP API as a careful program uses it: a request without a clear answer is repeated, with the same id and
 * Idempotency-Key, until there is one.
 */
export class Api {
  constructor(base, key) {
    this.base = base;
    this.key = key;
    /** requests that were answered 500: always a defect */
    this.internalErrors = [];
  }

  /** @returns `{ status, body, etag }`; status 0 where no answer came */
  async send({ method, path, body, key, ifMatch }) {
    try {
      const response = await fetch(`${this.base}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${this.key}`,
          'content-type': 'application/json',
          ...(key && { 'idempotency-key': key }),
          ...(ifMatch && { 'if-match': ifMatch }),
        },
        ...(body && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(answerWithinMs),
      });
      const text = await response.text();
      const answer = {
        status: response.status,
        body: text === '' ? null : JSON.parse(text),
        etag: response.headers.get('etag'),
        retryAfterMs: 1000 * Number(response.headers.get('retry-after') ?? 0),
      };
      if (answer.status === 500) this.internalErrors.push(`${method} ${path} (request ${answer.body?.requestId})`);
      return answer;
    } catch {
      return { status: 0, body: null, etag: null, retryAfterMs: 0 };
    }
  }

  /**
   * Sends a request until its outcome is known.
   *
   * @param limit `{ untilMs }`, by performance.now(); may be set while the request is on its way
   * @returns `codes`: what each attempt was answered; `outcome`: accepted (2xx); refused (4xx, and carried out by no earlier attempt); maybe (4xx, but an earlier
   * attempt without an answer may have been carried out); open (none until the limit)
   */
  async settle(request, limit) {
    const firstSentAt = Date.now();
    let mayBeDone = false;
    const codes = [];
    for (let attempts = 1; ; attempts++) {
      const answer = await this.send(request);
      const code = answer.body?.code;
      codes.push(`${answer.status}${code ? ` ${code}` : ''}`);
      const known = { attempts, codes, firstSentAt, answeredAt: Date.now(), answer };
      if (answer.status >= 200 && answer.status < 300) return { outcome: 'accepted', ...known };
      const isTurnedAway = answer.status === 429 || code === 'idempotency_in_flight';
      if (answer.status >= 400 && answer.status < 500 && !isTurnedAway) {
        return { outcome: mayBeDone ? 'maybe' : 'refused', ...known };
      }
      mayBeDone ||= !isTurnedAway || code === 'idempotency_in_flight';
      if (performance.now() > limit.untilMs) return { outcome: 'open', ...known };
      await sleep(Math.max(250, Math.min(answer.retryAfterMs, maxPauseMs)));
    }
  }

  /** Reads, also while something is down. @throws where it is not found, or the limit is over */
  async read(path, limit) {
    const { outcome, answer } = await this.settle({ method: 'GET', path }, limit);
    if (outcome === 'accepted') return answer.body;
    throw new Error(`GET ${path}: ${answer.status} ${answer.body?.detail ?? 'no answer'}`);
  }

  /** All rows of a list. */
  async readAll(path, limit) {
    const rows = [];
    let cursor = null;
    do {
      const page = new URLSearchParams({ limit: '200', ...(cursor && { cursor }) });
      const { data, nextCursor } = await this.read(`${path}${path.includes('?') ? '&' : '?'}${page}`, limit);
      rows.push(...data);
      cursor = nextCursor ?? null;
    } while (cursor !== null);
    return rows;
  }
}
