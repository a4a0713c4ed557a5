import { cookieIn } from '../http/cookies.js';

/** The cookie of a user's session. */
const name = 'lowwater_session';

/** Of the `Cookie` header; null: there is none. */
export function sessionTokenOf(header: string | undefined): string | null {
  return cookieIn(header, name);
}

/** Out of reach of scripts, and sent along only from our own pages and by links to them. */
export function sessionCookie(token: string, maxAgeMs: number, secure: boolean): string {
  const age = `Max-Age=${Math.floor(maxAgeMs / 1000)}`;
  return [`${name}=${token}`, 'Path=/', age, 'HttpOnly', 'SameSite=Lax', ...(secure ? ['Secure'] : [])].join('; ');
}

export function endedSessionCookie(secure: boolean): string {
  return sessionCookie('', 0, secure);
}
