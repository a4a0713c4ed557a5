import { api, unwrap } from '../api/client';

/** Logging in and out at an OpenID Connect provider: the browser leaves the page, and comes back. */

const kept = 'lowwater.next';

/** @param next where to be after the login */
export async function leaveForLogin(next: string | null): Promise<void> {
  const { url } = await unwrap(api.POST('/v1/session/openid'));
  if (next !== null) sessionStorage.setItem(kept, next);
  location.assign(url);
}

export function takeNextPath(): string | null {
  const next = sessionStorage.getItem(kept);
  sessionStorage.removeItem(kept);
  return next;
}

/** Where the session there ends, too; null: nowhere, or the provider is down, which must not keep anyone from logging out. */
export async function logoutAddress(): Promise<string | null> {
  try {
    return (await unwrap(api.GET('/v1/session/openid/logout'))).url;
  } catch {
    return null;
  }
}
