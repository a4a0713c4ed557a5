import { randomUUID } from 'node:crypto';

/** What most answers have; tests that need more say so. */
export interface Made {
  readonly id: string;
  readonly name: string;
}

interface Listed<T> {
  readonly data: readonly T[];
}

/** The HTTP API, as a program of the operator's would call it: what a journey finds in place is made by this. */
export class ApiCaller {
  constructor(
    readonly base: string,
    readonly key: string,
  ) {}

  async get<T>(path: string): Promise<T> {
    return (await (await this.send('GET', path)).json()) as T;
  }

  async list<T = Made>(path: string): Promise<readonly T[]> {
    return (await this.get<Listed<T>>(path)).data;
  }

  async post<T = Made>(path: string, body: unknown): Promise<T> {
    const answer = await this.send('POST', path, body, { 'Idempotency-Key': randomUUID() });
    return (answer.status === 204 ? undefined : await answer.json()) as T;
  }

  /** Sends a file. */
  async upload<T = Made>(path: string, type: string, text: string): Promise<T> {
    const headers = { authorization: `Bearer ${this.key}`, 'content-type': type };
    const answer = await fetch(`${this.base}${path}`, { method: 'POST', headers, body: text });
    return (await answer.json()) as T;
  }

  /** Changes what is there now, whatever its version. */
  async patch<T = Made>(path: string, body: unknown): Promise<T> {
    const etag = (await this.send('GET', path)).headers.get('etag') ?? '';
    return (await (await this.send('PATCH', path, body, { 'If-Match': etag })).json()) as T;
  }

  /** The status only: for what is expected to be refused. */
  async statusOf(path: string, key: string): Promise<number> {
    return (await fetch(`${this.base}${path}`, { headers: { authorization: `Bearer ${key}` } })).status;
  }

  /** The status of a request that is expected to be refused. */
  async postedStatus(path: string, body: unknown): Promise<number> {
    const headers = { authorization: `Bearer ${this.key}`, 'content-type': 'application/json' };
    const answer = await fetch(`${this.base}${path}`, {
      ...{ method: 'POST', headers: { ...headers, 'Idempotency-Key': randomUUID() } },
      body: JSON.stringify(body),
    });
    return answer.status;
  }

  private async send(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const answer = await fetch(`${this.base}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.key}`, 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  }
}
