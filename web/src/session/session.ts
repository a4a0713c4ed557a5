import { queryOptions, useQuery, type QueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { keys } from '../api/keys';
import type { LoginChallenge, Me, Session } from '../api/types';
import { isApiError } from '../api/problems';
import { onSessionProblems, setCsrfToken } from '../api/transport';
import { forget, save } from '../i18n/saved';
import { logoutAddress } from './single-sign-on';

/**
 * The user who is logged in; null: none. Everything that depends on the user follows from this one entry of the cache.
 */
export const sessionQuery = queryOptions({
  queryKey: keys.session,
  queryFn: readSession,
  staleTime: Infinity,
  refetchOnWindowFocus: false,
});

async function readSession(): Promise<Session | null> {
  try {
    const session = await unwrap(api.GET('/v1/session'));
    noteSession(session);
    return session;
  } catch (error) {
    if (isApiError(error) && error.status === 401) {
      forget(begun);
      return null;
    }
    throw error;
  }
}

/** For the script of the document, which cannot see the cookie: what to ask for at once, and which shell to draw. */
const begun = 'lowwater.session';

function noteSession({ csrfToken }: Session): void {
  setCsrfToken(csrfToken);
  save(begun, 'begun');
}

/** Ends at the login when the server no longer knows the session; another tab may have begun a new one. */
export function observeSession(queries: QueryClient): void {
  onSessionProblems({
    lost: () => endSession(queries),
    async renew() {
      const session = await queries.fetchQuery({ ...sessionQuery, staleTime: 0 });
      return session?.csrfToken ?? null;
    },
  });
}

/** @returns what the second step of the login needs; null: logged in */
export async function logIn(queries: QueryClient, email: string, password: string): Promise<LoginChallenge | null> {
  const answer = await unwrap(api.POST('/v1/session', { body: { email, password } }));
  if ('challenge' in answer) return answer;
  beginSession(queries, answer);
  return null;
}

/** Continues as the user whose login is complete. */
export function beginSession(queries: QueryClient, session: Session): void {
  forgetData(queries);
  noteSession(session);
  queries.setQueryData(keys.session, session);
}

/** @returns where the browser goes next, to end the session at the OpenID Connect provider, too; null: to the login */
export async function logOut(queries: QueryClient): Promise<string | null> {
  const session = queries.getQueryData<Session | null>(keys.session);
  const address = session?.isSingleSignOn ? await logoutAddress() : null;
  await api.DELETE('/v1/session');
  endSession(queries);
  return address;
}

/** Whether the user ended it or it has expired: nothing that was read in it stays in the browser. */
function endSession(queries: QueryClient): void {
  setCsrfToken(null);
  forget(begun);
  // The guard leaves the pages before their data goes.
  queries.setQueryData(keys.session, null);
  forgetData(queries);
}

/**
 * Nothing that another user has seen stays. The entry of the session itself does: it has another value, and what is on
 * the page observes it.
 */
function forgetData(queries: QueryClient): void {
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== keys.session[0] });
  queries.getMutationCache().clear();
}

export function useSession(): Session | null {
  return useQuery(sessionQuery).data ?? null;
}

/** The user, on every page behind the login. */
export function useMe(): Me {
  const session = useSession();
  if (!session) throw new Error('useMe needs a session: pages are behind the guard');
  return session.user;
}

/** Puts what PATCH /v1/me answers in the place of the user. */
export function updateCachedMe(queries: QueryClient, user: Me): void {
  queries.setQueryData<Session | null>(keys.session, (session) => (session ? { ...session, user } : session));
}
