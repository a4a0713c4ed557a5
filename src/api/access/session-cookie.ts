import { cookieIn } from '../http/cookies.js';

/**
 * The cookies of sessions: of a user on every path, and of the client panel on the paths of its operations alone. Neither is
 * looked for on the other side.
 */
const user = { name: 'lowwater_session', path: '/' };
const panel = { name: 'lowwater_panel_session', path: '/v1/panel' };

/** Of the `Cookie` header; null: there is none. */
export function sessionTokenOf(header: string | undefined): string | null {
  return cookieIn(header, user.name);
}

export function panelTokenOf(header: string | undefined): string | null {
  return cookieIn(header, panel.name);
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
