import { dayMs, hourMs } from '../durations.js';
import type { AccountEmailKind, PanelEmailKind, UserEmailKind } from '../notifications/mail-kinds.js';
import { withoutEndSlash } from '../urls.js';

/** Links in emails that let a user set a password, once. */

export const accountLinkKinds = ['user_invitation', 'password_reset'] as const satisfies readonly UserEmailKind[];
export type AccountLinkKind = (typeof accountLinkKinds)[number];

/** Links in emails about the client panel: the first two set its password, the last confirms a new billing email. */
export const panelLinkKinds = [
  'panel_invitation',
  'panel_password_reset',
  'panel_email_confirmation',
] as const satisfies readonly PanelEmailKind[];
export type PanelLinkKind = (typeof panelLinkKinds)[number];

type LinkKind = AccountLinkKind | PanelLinkKind;
const linkKinds: readonly string[] = [...accountLinkKinds, ...panelLinkKinds];

/** How long a link works after its email was sent. */
export const linkLifetimeMs: Readonly<Record<LinkKind, number>> = {
  user_invitation: 7 * dayMs,
  password_reset: hourMs,
  panel_invitation: 7 * dayMs,
  panel_password_reset: hourMs,
  panel_email_confirmation: 7 * dayMs,
};

/** What was changed about the login of a user, as the email about it says. */
export type AccountChange =
  'password' | 'enabled' | 'replaced' | 'disabled' | 'reset' | 'recovery_codes' | 'recovery_code_used';

export function isAccountLinkKind(kind: AccountEmailKind): kind is LinkKind {
  return linkKinds.includes(kind);
}

const linkPages: Readonly<Record<LinkKind, string>> = {
  user_invitation: '/set-password',
  password_reset: '/set-password',
  panel_invitation: '/panel/set-password',
  panel_password_reset: '/panel/set-password',
  panel_email_confirmation: '/panel/confirm-email',
};

/** The page of a link. The token follows `#`, which browsers send to no server and write into no log. */
export function accountLinkOf(publicUrl: string, kind: LinkKind, token: string): string {
  return `${withoutEndSlash(publicUrl)}${linkPages[kind]}#${token}`;
}
