import { dayMs, hourMs } from '../durations.js';
import type { AccountEmailKind } from '../notifications/mail-kinds.js';
import { withoutEndSlash } from '../urls.js';

/** Links in emails that let a user set a password, once. */

export const accountLinkKinds = ['user_invitation', 'password_reset'] as const satisfies readonly AccountEmailKind[];
export type AccountLinkKind = (typeof accountLinkKinds)[number];

/** How long a link works after its email was sent. */
export const linkLifetimeMs: Readonly<Record<AccountLinkKind, number>> = {
  user_invitation: 7 * dayMs,
  password_reset: hourMs,
};

/** What was changed about the login of a user, as the email about it says. */
export type AccountChange =
  'password' | 'enabled' | 'replaced' | 'disabled' | 'reset' | 'recovery_codes' | 'recovery_code_used';

export function isAccountLinkKind(kind: AccountEmailKind): kind is AccountLinkKind {
  return accountLinkKinds.some((known) => known === kind);
}

/** The page of a link. The token follows `#`, which browsers send to no server and write into no log. */
export function accountLinkOf(publicUrl: string, token: string): string {
  return `${withoutEndSlash(publicUrl)}/set-password#${token}`;
}
