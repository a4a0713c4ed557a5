import { queryOptions, useQuery, type QueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { keys } from '../api/keys';
import type { Me, Session } from '../api/types';
import { isApiError } from '../api/problems';
import { onSessionProblems, setCsrfToken } from '../api/transport';

/** Who is logged in; null: nobody. Everything that depends on the user follows from this one entry of the cache. */
export const sessionQuery = queryOptions({
  queryKey: keys.session,
  queryFn: readSession,
  staleTime: Infinity,
  refetchOnWindowFocus: false,
});

async function readSession(): Promise<Session | null> {
  try {
    const session = await unwrap(api.GET('/v1/session'));
    setCsrfToken(session.csrfToken);
    return session;
  } catch (error) {
    if (isApiError(error) && error.status === 401) return null;
    throw error;
  }
}

/** Ends at the login when the server no longer knows the session; another tab may have begun a new one. */
export function observeSession(queries: QueryClient): void {
  onSessionProblems({
    lost: () => queries.setQueryData(keys.session, null),
    async renew() {
      const session = await queries.fetchQuery({ ...sessionQuery, staleTime: 0 });
      return session?.csrfToken ?? null;
    },
  });
}

export async function logIn(queries: QueryClient, email: string, password: string): Promise<void> {
  const session = await unwrap(api.POST('/v1/session', { body: { email, password } }));
  // Nothing that somebody else has seen stays.
  queries.clear();
  setCsrfToken(session.csrfToken);
  queries.setQueryData(keys.session, session);
}

export async function logOut(queries: QueryClient): Promise<void> {
  await api.DELETE('/v1/session');
  setCsrfToken(null);
  queries.clear();
  queries.setQueryData(keys.session, null);
}

export function useSession(): Session | null {
  return useQuery(sessionQuery).data ?? null;
}

/** The user, on every page behind the login. */
export function useMe(): Me {
  const session = useSession();
  if (!session) throw new Error('useMe needs a session: pages stand behind the guard');
  return session.user;
}

/** Puts what PATCH /v1/me answers in the place of the user. */
export function updateCachedMe(queries: QueryClient, user: Me): void {
  queries.setQueryData<Session | null>(keys.session, (session) => (session ? { ...session, user } : session));
}
