import type { AccountEmailKind } from '../../../domain/notifications/mail-kinds.js';
import { digestMail } from './digest.js';
import { changeText } from '../expressions.js';
import type { Conditional, Fact, MailCopy } from '../layout.js';
import { panelMails } from './panel.js';
import { nextTitle } from './phrases.js';

const footer: readonly Conditional[] = [
  { text: 'Automated message from Lowwater for {{ account.email }}.', when: 'account.email' },
];
const account: Fact = { label: 'Login', value: '{{ account.email }}', when: 'account.email' };
const changed: Fact = { label: 'Changed', value: '{{ account.changed_at }}', when: 'account.changed_at' };
const validUntil: Fact = { label: 'Link valid until', value: '{{ account.valid_until }}', when: 'account.valid_until' };

const about = { tone: 'calm', sender: 'Lowwater', footer } as const;

const invitation: MailCopy = {
  ...about,
  subject: 'Set your password for Lowwater{% if reseller.name %} at {{ reseller.name }}{% endif %}',
  preview: 'You have been invited to Lowwater.',
  eyebrow: 'Invitation',
  headline: 'Welcome to Lowwater',
  lead: 'You can now log in to Lowwater{% if reseller.name %} for {{ reseller.name }}{% endif %}. Set your password first.',
  facts: [account, validUntil],
  nextTitle,
  next: [
    { text: 'Open the link and choose a password. The link works once.' },
    { text: 'If the link has expired, ask your administrator to resend the invitation.' },
  ],
  button: { when: 'links.account', href: 'links.account', text: 'Set password' },
};

const reset: MailCopy = {
  ...about,
  subject: 'Reset your Lowwater password',
  preview: 'A new password was requested for your login.',
  eyebrow: 'Forgotten password',
  headline: 'Reset your password',
  lead: 'Someone requested a new password for your login. Your current password works until you set a new one.',
  facts: [account, validUntil],
  nextTitle,
  next: [
    { text: 'Open the link and choose a new password. The link works once.' },
    { text: 'If you did not request this, ignore this email.' },
  ],
  button: { when: 'links.account', href: 'links.account', text: 'Reset password' },
};

const notMe: readonly Conditional[] = [
  { text: 'If you made this change, no action is needed.' },
  { text: 'If not, reset your password on the login page and inform your administrator.' },
];

const passwordChanged: MailCopy = {
  ...about,
  tone: 'warning',
  subject: 'Your Lowwater password was changed',
  preview: 'Your password was changed, and your other sessions ended.',
  eyebrow: 'Security notice',
  headline: 'Password changed',
  lead: 'The password of your login was changed. Your other sessions have ended.',
  facts: [account, changed],
  nextTitle: 'Was it you?',
  next: notMe,
};

const title = changeText({
  enabled: 'Two-step login turned on',
  replaced: 'Authenticator app replaced',
  disabled: 'Two-step login turned off',
  reset: 'Two-step login reset by an administrator',
  recovery_codes: 'Recovery codes replaced',
  recovery_code_used: 'Recovery code used',
  other: 'Two-step login changed',
});

const secondFactorChanged: MailCopy = {
  ...about,
  tone: 'warning',
  subject: `Lowwater: ${title}`,
  preview: `${title}.`,
  eyebrow: 'Security notice',
  headline: title,
  lead: changeText({
    enabled: 'Your login now also asks for a code from your authenticator app.',
    replaced: 'Codes from your previous authenticator app no longer work. Your recovery codes were replaced.',
    disabled: 'Your login now only asks for your password.',
    reset: 'Your authenticator app and recovery codes no longer work. You have been logged out everywhere.',
    recovery_codes: 'Your previous recovery codes no longer work.',
    recovery_code_used:
      'Someone logged in or confirmed a change with one of your recovery codes. It does not work again.',
    other: 'The second step of your login was changed.',
  }),
  facts: [account, changed],
  nextTitle: 'Was it you?',
  next: notMe,
};

export const accountMails: Readonly<Record<AccountEmailKind, MailCopy>> = {
  user_invitation: invitation,
  password_reset: reset,
  password_changed: passwordChanged,
  second_factor_changed: secondFactorChanged,
  daily_digest: digestMail,
  ...panelMails,
};
