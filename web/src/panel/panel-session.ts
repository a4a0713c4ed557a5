import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { isApiError } from '../api/problems';
import type { components } from '../api/schema';
import { onSessionProblems, setCsrfToken } from '../api/transport';
import { isLanguage, setLanguage } from '../i18n/language';
import { readSaved } from '../i18n/saved';
import { setOwnZone } from '../i18n/zone';

export type PanelSession = components['schemas']['PanelSession'];

/** Null: no one is logged in. */
export const panelSessionQuery = queryOptions({
  queryKey: ['panel', 'session'],
  queryFn: readSession,
  staleTime: 60_000,
});

async function readSession(): Promise<PanelSession | null> {
  try {
    return begun(await unwrap(api.GET('/v1/panel/session')));
  } catch (error) {
    if (isApiError(error) && error.status === 401) return null;
    throw error;
  }
}

/** Times are shown in the client's zone, and texts in its language until someone chooses another. */
function begun(session: PanelSession): PanelSession {
  const { locale, timezone } = session.client;
  setCsrfToken(session.csrfToken);
  setOwnZone(timezone);
  const own = locale.slice(0, 2);
  if (readSaved('lowwater.language') === null && isLanguage(own)) setLanguage(own);
  return session;
}

export async function logIn(queries: QueryClient, login: string, password: string): Promise<void> {
  const session = await unwrap(api.POST('/v1/panel/session', { body: { login, password } }));
  queries.clear();
  queries.setQueryData(panelSessionQuery.queryKey, begun(session));
}

export async function logOut(queries: QueryClient): Promise<void> {
  await unwrap(api.DELETE('/v1/panel/session'));
  ended(queries);
}

function ended(queries: QueryClient): void {
  setCsrfToken(null);
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[1] !== 'session' });
  queries.setQueryData(panelSessionQuery.queryKey, null);
}

/** A session that has ended leads to the login; another tab may have logged in again. */
export function observePanelSession(queries: QueryClient): void {
  onSessionProblems({
    lost: () => ended(queries),
    renew: async () => {
      const session = await readSession();
      queries.setQueryData(panelSessionQuery.queryKey, session);
      return session?.csrfToken ?? null;
    },
  });
}
