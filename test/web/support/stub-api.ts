/** Replaces the service: answers what a test gives, and keeps what was asked. */

interface Asked {
  readonly method: string;
  /** with its query */
  readonly path: string;
  readonly body: unknown;
}

export interface StubbedApi {
  readonly asked: Asked[];
  /** another answer from now on */
  readonly set: (route: string, answer: unknown) => void;
}

/** A refusal instead of an answer. */
export class Refusal {
  constructor(
    readonly status: number,
    readonly code: string,
  ) {}
}

/**
 * @param answers by method and path without its query: `GET /v1/clients/7`; what is not there is not found
 * @param may the operations that the user may call
 */
export function stubApi(answers: Readonly<Record<string, unknown>>, may: readonly string[] = []): StubbedApi {
  const session = { user: { role: 'admin', permissions: may, preferences: null }, csrfToken: 'token' };
  const routes = new Map<string, unknown>(Object.entries({ 'GET /v1/session': session, ...answers }));
  const asked: Asked[] = [];
  globalThis.fetch = async (input: RequestInfo | URL): Promise<Response> => {
    const request = input as Request;
    const { pathname, search } = new URL(request.url);
    const text = await request.text();
    asked.push({ method: request.method, path: `${pathname}${search}`, body: text === '' ? null : JSON.parse(text) });
    const answer = routes.get(`${request.method} ${pathname}`) ?? new Refusal(404, 'not_found');
    const isRefused = answer instanceof Refusal;
    return new Response(JSON.stringify(isRefused ? { code: answer.code, status: answer.status } : answer), {
      status: isRefused ? answer.status : 200,
      headers: { 'content-type': isRefused ? 'application/problem+json' : 'application/json', etag: '"1"' },
    });
  };
  return { asked, set: (route, answer) => routes.set(route, answer) };
}
