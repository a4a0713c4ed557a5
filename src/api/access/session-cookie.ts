import { cookieIn } from '../http/cookies.js';

/**
 * The cookies of sessions: of a user on every path, of a login at the OpenID Connect provider on the paths that complete it, and of
 * the client panel on the paths of its operations alone. None is looked for elsewhere.
 */
const user = { name: 'lowwater_session', path: '/' };
const openId = { name: 'lowwater_openid', path: '/v1/session/openid' };
const panel = { name: 'lowwater_panel_session', path: '/v1/panel' };

/** Of the `Cookie` header; null: there is none. */
export function sessionTokenOf(header: string | undefined): string | null {
  return cookieIn(header, user.name);
}

export function panelTokenOf(header: string | undefined): string | null {
  return cookieIn(header, panel.name);
}

export function openIdTokenOf(header: string | undefined): string | null {
  return cookieIn(header, openId.name);
}

/** Of a login that is under way at the provider. */
export function openIdCookie(token: string, maxAgeMs: number, secure: boolean): string {
  return cookie(openId, token, maxAgeMs, secure);
}

export function sessionCookie(token: string, maxAgeMs: number, secure: boolean): string {
  return cookie(user, token, maxAgeMs, secure);
}

export function endedSessionCookie(secure: boolean): string {
  return cookie(user, '', 0, secure);
}

export function panelCookie(token: string, maxAgeMs: number, secure: boolean): string {
  return cookie(panel, token, maxAgeMs, secure);
}

export function endedPanelCookie(secure: boolean): string {
  return cookie(panel, '', 0, secure);
}

/** Out of reach of scripts, and sent along only from our own pages and by links to them. */
function cookie({ name, path }: typeof user, token: string, maxAgeMs: number, secure: boolean): string {
  const age = `Max-Age=${Math.floor(maxAgeMs / 1000)}`;
  return [`${name}=${token}`, `Path=${path}`, age, 'HttpOnly', 'SameSite=Lax', ...(secure ? ['Secure'] : [])].join(
    '; ',
  );
}
