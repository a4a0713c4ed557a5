import type { UserRole } from '../../storage/access/users.js';
import type { Scope } from './scopes.js';

/** What a role is for, and the scopes that it gives. From this table every right of a user follows (docs/roles.md). */
interface RoleSpec {
  /** one line, for whoever gives it */
  readonly text: string;
  readonly scopes: readonly Scope[];
}

/** What everybody who works here may see: the business, not the secrets of programs. */
const reading = [
  'clients:read',
  'profiles:read',
  'payments:read',
  'credit:read',
  'monitor:read',
  'notifications:read',
  'templates:read',
  'rates:read',
  'resellers:read',
  'users:read',
  'audit:read',
  'events:read',
] as const satisfies readonly Scope[];

export const roles: Readonly<Record<UserRole, RoleSpec>> = {
  viewer: {
    text: 'Sees clients, balances, credit, mails, profiles and the audit; changes nothing',
    scopes: reading,
  },
  operator: {
    text: 'Looks after clients day by day: clients, profiles, payments, checks, silences, mails sent again',
    scopes: [
      ...reading,
      'clients:write',
      'profiles:write',
      'payments:write',
      'monitor:write',
      'notifications:write',
      'events:write',
    ],
  },
  reseller_manager: {
    text: 'Runs a reseller and what is below it: as an operator, and its resellers and mail templates',
    scopes: [
      ...reading,
      'clients:write',
      'profiles:write',
      'payments:write',
      'monitor:write',
      'notifications:write',
      'events:write',
      'templates:write',
      'resellers:write',
    ],
  },
  credit_controller: {
    text: 'Lends credit within the own maximum increase, sets limits, books payments and exchange rates',
    scopes: [...reading, 'credit:write', 'payments:write', 'monitor:write', 'rates:write', 'events:write'],
  },
  integrator: {
    text: 'Connects other systems: API keys, webhooks, clients and payments by program',
    scopes: [
      ...reading,
      'requests:read',
      'keys:read',
      'keys:write',
      'webhooks:read',
      'webhooks:write',
      'clients:write',
      'payments:write',
    ],
  },
  sre: {
    text: 'Keeps the service running: monitors started, paused and restarted, mails sent again, keys and webhooks seen',
    scopes: [
      ...reading,
      'monitor:write',
      'notifications:write',
      'events:write',
      'keys:read',
      'webhooks:read',
      'requests:read',
    ],
  },
  admin: { text: 'May do everything, users and their roles included', scopes: ['*'] },
};
