/** The HTTP API of a component test: answers by method and path, and what was asked for. */

interface AskedRequest {
  readonly method: string;
  readonly url: URL;
  readonly body: unknown;
}

type Answer = (request: AskedRequest) => unknown;

export interface FakeApi {
  /** by method and path, `GET /v1/events` */
  readonly asked: (call: string) => readonly AskedRequest[];
}

/** Replaces `fetch` until the test file ends. A call without an answer gets 404, as without access. */
export function fakeApi(answers: Readonly<Record<string, Answer>>, permissions: readonly string[] = []): FakeApi {
  const requests: AskedRequest[] = [];
  const session = { user: { id: '1', role: 'admin', permissions } };
  const all: Readonly<Record<string, Answer>> = { 'GET /v1/session': () => session, ...answers };
  globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    const text = request.method === 'GET' ? '' : await request.text();
    const asked = { method: request.method, url, body: text === '' ? null : (JSON.parse(text) as unknown) };
    requests.push(asked);
    const answer = all[`${request.method} ${url.pathname}`];
    const body = answer ? answer(asked) : { status: 404, code: 'not_found', title: 'Not found' };
    return new Response(JSON.stringify(body), {
      status: answer ? 200 : 404,
      headers: { 'content-type': answer ? 'application/json' : 'application/problem+json' },
    });
  };
  return { asked: (call) => requests.filter(({ method, url }) => `${method} ${url.pathname}` === call) };
}

/** A page of a list that has no other. */
export function pageOf(data: readonly unknown[], more: object = {}): object {
  return {
    ...{ data, hasMore: false, nextCursor: null, prevCursor: null, serverTime: '2026-03-02T00:00:00Z' },
    ...{ total: data.length, rowFrom: data.length === 0 ? 0 : 1, rowTo: data.length },
    ...more,
  };
}
