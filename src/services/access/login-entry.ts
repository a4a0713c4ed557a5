import type { ChangeEntry } from '../change.js';

type LoginEvent = 'session.login' | 'session.login_failed' | 'session.login_throttled' | 'session.logout';

/** A user as far as the record of logins names one. */
export interface LoginUser {
  readonly id: string;
  readonly resellerId: string;
}

/**
 * The audit row of a login, of a try, or of a log-out. An unknown address leaves no trace of what was typed: it is the
 * operator's to see that somebody tries, and from where.
 */
export function loginEntry(action: LoginEvent, user: LoginUser | null, address: string): ChangeEntry {
  return {
    action,
    subjectType: 'user',
    subjectId: user?.id ?? 'unknown',
    resellerId: user?.resellerId ?? null,
    before: null,
    after: { address },
  };
}
