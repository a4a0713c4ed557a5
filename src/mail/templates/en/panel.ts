import type { PanelEmailKind } from '../../../domain/notifications/mail-kinds.js';
import type { Conditional, Fact, MailCopy } from '../layout.js';
import { nextTitle } from './phrases.js';

const footer: readonly Conditional[] = [
  { text: 'Automated message from Lowwater on behalf of {{ reseller.name }}.', when: 'reseller.name' },
];
const login: Fact = { label: 'Login', value: '{{ account.login }}', when: 'account.login' };
const validUntil: Fact = { label: 'Link valid until', value: '{{ account.valid_until }}', when: 'account.valid_until' };
const sender = '{% if reseller.name %}{{ reseller.name }}{% else %}Lowwater{% endif %}';

const about = { tone: 'calm', sender, footer } as const;

const invitation: MailCopy = {
  ...about,
  subject: 'Set your password for the client panel{% if reseller.name %} of {{ reseller.name }}{% endif %}',
  preview: 'You have been invited to the client panel.',
  eyebrow: 'Invitation',
  headline: 'Welcome to the client panel',
  lead: 'In the client panel you see the balance, the payments, and the invoices of {{ account.name }}. Set your password first.',
  facts: [login, validUntil],
  nextTitle,
  next: [
    { text: 'Open the link and choose a password. The link works once.' },
    { text: 'If the link has expired, request a new one on the login page of the client panel.' },
  ],
  button: { when: 'links.account', href: 'links.account', text: 'Set password' },
};

const reset: MailCopy = {
  ...about,
  subject: 'Reset your password for the client panel',
  preview: 'A new password was requested for your login.',
  eyebrow: 'Forgotten password',
  headline: 'Reset your password',
  lead: 'Someone requested a new password for the client panel of {{ account.name }}. The current password works until you set a new one.',
  facts: [login, validUntil],
  nextTitle,
  next: [
    { text: 'Open the link and choose a new password. The link works once.' },
    { text: 'If you did not request this, ignore this email.' },
  ],
  button: { when: 'links.account', href: 'links.account', text: 'Reset password' },
};

const changed: MailCopy = {
  ...about,
  tone: 'warning',
  subject: 'Your password for the client panel was changed',
  preview: 'The password was changed, and other sessions ended.',
  eyebrow: 'Security notice',
  headline: 'Password changed',
  lead: 'The password for the client panel of {{ account.name }} was changed. Other sessions have ended.',
  facts: [login, { label: 'Changed', value: '{{ account.changed_at }}', when: 'account.changed_at' }],
  nextTitle: 'Was it you?',
  next: [
    { text: 'If you or a coworker made this change, no action is needed.' },
    {
      text: 'If not, reset the password on the login page{% if reseller.name %} and inform {{ reseller.name }}{% endif %}.',
    },
  ],
};

const emailConfirmation: MailCopy = {
  ...about,
  subject: 'Confirm the new billing email of {{ account.name }}',
  preview: 'The change counts once the old and the new address have confirmed it.',
  eyebrow: 'Billing email',
  headline: 'Confirm the change',
  lead: 'A new billing email was requested for {{ account.name }}. It counts once both addresses have confirmed it.',
  facts: [
    { label: 'Current address', value: '{{ email_change.old }}', when: 'email_change.old' },
    { label: 'New address', value: '{{ email_change.new }}', when: 'email_change.new' },
    validUntil,
  ],
  nextTitle,
  next: [
    { text: 'Open the link and confirm the change.' },
    { text: 'If you did not expect this, do not confirm it. Nothing is changed then.' },
  ],
  button: { when: 'links.account', href: 'links.account', text: 'Confirm billing email' },
};

export const panelMails: Readonly<Record<PanelEmailKind, MailCopy>> = {
  panel_invitation: invitation,
  panel_password_reset: reset,
  panel_password_changed: changed,
  panel_email_confirmation: emailConfirmation,
};
