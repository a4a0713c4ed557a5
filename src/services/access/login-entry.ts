import type { ChangeEntry } from '../change.js';

type LoginEvent =
  | 'session.login'
  | 'session.login_failed'
  | 'session.second_step_failed'
  | 'session.login_throttled'
  | 'session.password_forgotten'
  | 'session.logout'
  | 'session.end';

/** A user as far as the record of logins names one. */
export interface LoginUser {
  readonly id: string;
  readonly resellerId: string;
}

/**
 * The audit row of a login, of a try, of a log-out, or of the end of another session. An unknown address leaves no trace
 * of what was typed: only the operator sees the try, and from where.
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
