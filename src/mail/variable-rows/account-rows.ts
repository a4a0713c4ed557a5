import type { Row } from './variable-row.js';

export const accountRows: readonly Row[] = [
  ['account.name', 'text', "The user's name", 'Anna Example'],
  ['account.email', 'text', 'The address that the user logs in with', 'anna@company.example'],
];

export const panelAccountRows: readonly Row[] = [
  ['account.name', 'text', 'Name of the client', 'Customer A'],
  ['account.login', 'text', 'The name that the client logs in to the client panel with', 'customer-a'],
];

export const emailChangeRows: readonly Row[] = [
  ['email_change.old', 'text', 'The billing email so far; empty if there is none', 'billing@customer.example'],
  ['email_change.new', 'text', 'The billing email that must be confirmed', 'finance@customer.example'],
];

export const accountLinkRows: readonly Row[] = [
  [
    'links.account',
    'url',
    'The page that sets the password or confirms the change, once',
    'https://lowwater.example/set-password#token',
  ],
  ['account.valid_until', 'time', "Until when the link works, in the reader's time zone", '2026-05-12T12:05:00Z'],
];

export const accountChangeRows: readonly Row[] = [
  [
    'account.change',
    'text',
    'password, enabled, replaced, disabled, reset, recovery_codes, or recovery_code_used',
    'password',
  ],
  ['account.changed_at', 'time', "When it was changed, in the reader's time zone", '2026-05-12T11:05:00Z'],
];
