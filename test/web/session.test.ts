import { QueryClient } from '@tanstack/react-query';
import { keys } from '../../web/src/api/keys';
import { send, setCsrfToken } from '../../web/src/api/transport';
import { beginSession, logOut, observeSession } from '../../web/src/session/session';
import type { Session } from '../../web/src/api/types';

/** What a session leaves behind. */

// Of a session, only what is asked for here.
const session = { csrfToken: 'token-1', user: { id: '1', name: 'Anna' } } as unknown as Session;
const saved = new Map<string, string>();
let answers: Record<string, () => Response>;
let asked: Request[];

function usedCache(): QueryClient {
  const queries = new QueryClient();
  beginSession(queries, session);
  queries.setQueryData(keys.one('clients', '7'), { name: 'Customer B' });
  queries.setQueryData(keys.list('clients', {}), { data: [{ name: 'Customer B' }] });
  queries.setQueryData(keys.search('cust'), { clients: [] });
  return queries;
}

const keptOf = (queries: QueryClient): unknown[] =>
  queries
    .getQueryCache()
    .getAll()
    .map(({ queryKey, state }) => [queryKey, state.data]);

beforeEach(() => {
  saved.clear();
  asked = [];
  answers = {};
  Object.assign(globalThis, {
    localStorage: {
      getItem: (key: string) => saved.get(key) ?? null,
      setItem: (key: string, value: string) => void saved.set(key, value),
      removeItem: (key: string) => void saved.delete(key),
    },
    fetch: async (request: Request) => {
      asked.push(request);
      const { pathname } = new URL(request.url);
      const answer = answers[`${request.method} ${pathname}`];
      if (!answer) throw new TypeError(`no answer for ${request.method} ${pathname}`);
      return answer();
    },
  });
});
afterAll(() => setCsrfToken(null));

test('a login is noted for the next start of the page, without anything of the user', () => {
  usedCache();
  expect([...saved]).toEqual([['lowwater.session', 'begun']]);
});

test('after the logout nothing of what was read is left', async () => {
  const queries = usedCache();
  answers['DELETE /v1/session'] = () => new Response(null, { status: 204 });
  await logOut(queries);
  expect(keptOf(queries)).toEqual([[keys.session, null]]);
  expect(saved.size).toBe(0);
});

test('a logout that the service did not take leaves the user logged in', async () => {
  const queries = usedCache();
  answers['DELETE /v1/session'] = () =>
    Response.json({ code: 'database_unavailable', title: 'Database unavailable', errors: [] }, { status: 503 });
  await expect(logOut(queries)).rejects.toMatchObject({ status: 503 });
  expect(queries.getQueryData(keys.session)).toEqual(session);
});

test('a session that has expired leaves nothing either', async () => {
  const queries = usedCache();
  observeSession(queries);
  answers['GET /v1/clients'] = () =>
    Response.json({ code: 'session_missing', title: 'No session', errors: [] }, { status: 401 });
  await expect(send(new Request('http://localhost/v1/clients'))).rejects.toMatchObject({ status: 401 });
  expect(keptOf(queries)).toEqual([[keys.session, null]]);
  expect(saved.size).toBe(0);
});

test('an answer that the document has asked for already is taken once', async () => {
  const early = Response.json({ version: '0.1.0' });
  Object.assign(globalThis, { window: { lowwater: { reads: { '/v1/meta': Promise.resolve(early) } } } });
  answers['GET /v1/meta'] = () => Response.json({ version: '0.1.1' });
  const read = async (): Promise<unknown> => (await send(new Request('http://localhost/v1/meta'))).json();
  expect([await read(), await read()]).toEqual([{ version: '0.1.0' }, { version: '0.1.1' }]);
  expect(asked).toHaveLength(1);
  Reflect.deleteProperty(globalThis, 'window');
});
