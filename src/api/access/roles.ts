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
    ],
  },
  credit_controller: {
    text: 'Grants temporary credit up to their maximum, sets credit limits, records payments and exchange rates',
    scopes: [...reading, 'credit:write', 'payments:write', 'monitor:write', 'rates:write', 'events:write'],
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
    ],
  },
  admin: { text: 'Full access, including users and roles', scopes: ['*'] },
};
