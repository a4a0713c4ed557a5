import type { Scope } from './scopes.js';

export const userRoles = [
  'viewer',
  'operator',
  'reseller_manager',
  'credit_controller',
  'integrator',
  'sre',
  'admin',
] as const;
export type UserRole = (typeof userRoles)[number];

/** What a role is for, and the scopes that it gives. From this table every right of a user follows (docs/roles.md). */
interface RoleSpec {
  /** one line, shown where the role is assigned */
  readonly text: string;
  readonly scopes: readonly Scope[];
}

/** What every employee may see: the business, not the secrets of programs. */
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
  'jobs:read',
] as const satisfies readonly Scope[];

export const roles: Readonly<Record<UserRole, RoleSpec>> = {
  viewer: {
    text: 'Reads clients, balances, credit, notifications, profiles, and the audit log',
    scopes: reading,
  },
  operator: {
    text: 'Manages clients, profiles, payments, checks, silences, and notifications',
    scopes: [
      ...reading,
      'clients:write',
      'profiles:write',
      'payments:write',
      'monitor:write',
      'notifications:write',
      'events:write',
      'jobs:write',
    ],
  },
  reseller_manager: {
    text: 'Billing operator permissions, plus sub-resellers and email templates',
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
      'jobs:write',
    ],
  },
  credit_controller: {
    text: 'Grants temporary credit up to their maximum, sets credit limits, records payments and exchange rates',
    scopes: [
      ...reading,
      'credit:write',
      'payments:write',
      'monitor:write',
      'rates:write',
      'events:write',
      'jobs:write',
    ],
  },
  integrator: {
    text: 'Connects other systems: API keys, webhooks, clients, and payments',
    scopes: [
      ...reading,
      'requests:read',
      'keys:read',
      'keys:write',
      'webhooks:read',
      'webhooks:write',
      'clients:write',
      'payments:write',
      'jobs:write',
    ],
  },
  sre: {
    text: 'Keeps the service running: starts, pauses, and restarts monitors, resends notifications, reads keys and webhooks',
    scopes: [
      ...reading,
      'monitor:write',
      'notifications:write',
      'events:write',
      'keys:read',
      'webhooks:read',
      'requests:read',
      'jobs:write',
    ],
  },
  admin: { text: 'Full access, including users and roles', scopes: ['*'] },
};
