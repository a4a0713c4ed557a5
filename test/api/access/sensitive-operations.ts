import { roles } from '../../../src/api/access/roles.js';
import type { Scope } from '../../../src/api/access/scopes.js';
import type { UserRole } from '../../../src/storage/access/users.js';

/**
 * Who may do what hurts most when the wrong person does it. Written by hand from what each role is for
 * (docs/roles.md), never from the code: a right that moves must be moved here too, on purpose.
 */
export interface SensitiveOperation {
  readonly call: string;
  /** the one scope that a key needs for it */
  readonly scope: Scope;
  /** every role that may; the first one is tried */
  readonly may: readonly [UserRole, ...UserRole[]];
  /** a role that comes close and may not; it is tried */
  readonly mayNot: UserRole;
  /** in place of the example in the API's documents; `turn` differs with each call */
  readonly body?: (turn: number) => object;
  /** the scopes that the new object has: nobody gives more than they have */
  readonly gives?: readonly Scope[];
  /** the reply to a caller who may, where nothing has the id 999999: default 404 */
  readonly reply?: number;
}

const bookers = ['operator', 'reseller_manager', 'credit_controller', 'integrator', 'admin'] as const;
const lenders = ['credit_controller', 'admin'] as const;
const caretakers = ['operator', 'reseller_manager', 'integrator', 'admin'] as const;
const watchers = ['sre', 'operator', 'reseller_manager', 'credit_controller', 'admin'] as const;
const connectors = ['integrator', 'admin'] as const;
const designers = ['reseller_manager', 'admin'] as const;

export const sensitiveOperations: readonly SensitiveOperation[] = [
  // Whoever lends money answers for it: neither who looks after the client nor who books payments.
  { call: 'PUT /v1/clients/{id}/credit-limit', scope: 'credit:write', may: lenders, mayNot: 'operator' },
  { call: 'POST /v1/clients/{id}/temporary-credits', scope: 'credit:write', may: lenders, mayNot: 'operator' },
  { call: 'PATCH /v1/temporary-credits/{id}', scope: 'credit:write', may: lenders, mayNot: 'reseller_manager' },
  { call: 'POST /v1/temporary-credits/{id}/cancel', scope: 'credit:write', may: lenders, mayNot: 'integrator' },

  // Money of clients: who keeps the service running never touches it.
  { call: 'POST /v1/payments', scope: 'payments:write', may: bookers, mayNot: 'sre' },
  { call: 'POST /v1/payments/batch', scope: 'payments:write', may: bookers, mayNot: 'viewer', reply: 200 },
  { call: 'POST /v1/clients/{id}/charges', scope: 'payments:write', may: bookers, mayNot: 'sre' },
  { call: 'POST /v1/clients/{id}/adjustments', scope: 'payments:write', may: bookers, mayNot: 'sre' },
  { call: 'POST /v1/adjustments/batch', scope: 'payments:write', may: bookers, mayNot: 'sre', reply: 200 },
  { call: 'POST /v1/transfers', scope: 'payments:write', may: bookers, mayNot: 'viewer' },
  {
    call: 'POST /v1/exchange-rates',
    scope: 'rates:write',
    may: lenders,
    mayNot: 'reseller_manager',
    body: (turn) => ({ from: 'EUR', to: 'USD', rate: '1.08', at: `2026-01-0${turn}T00:00:00Z` }),
    reply: 201,
  },

  // Clients and their profiles.
  { call: 'PATCH /v1/clients/{id}', scope: 'clients:write', may: caretakers, mayNot: 'credit_controller' },
  { call: 'DELETE /v1/clients/{id}', scope: 'clients:write', may: caretakers, mayNot: 'credit_controller' },
  { call: 'POST /v1/profiles/{id}/assign', scope: 'clients:write', may: caretakers, mayNot: 'sre' },
  {
    call: 'PUT /v1/profiles/{id}',
    scope: 'profiles:write',
    may: ['operator', 'reseller_manager', 'admin'],
    mayNot: 'integrator',
  },
  {
    call: 'DELETE /v1/profiles/{id}',
    scope: 'profiles:write',
    may: ['operator', 'reseller_manager', 'admin'],
    mayNot: 'credit_controller',
  },

  // Monitors: what mutes or repeats notifications.
  { call: 'POST /v1/clients/{id}/monitor/pause', scope: 'monitor:write', may: watchers, mayNot: 'integrator' },
  { call: 'POST /v1/clients/{id}/monitor/silence', scope: 'monitor:write', may: watchers, mayNot: 'viewer' },
  { call: 'POST /v1/clients/{id}/monitor/restart', scope: 'monitor:write', may: watchers, mayNot: 'integrator' },
  { call: 'POST /v1/clients/{id}/rules/{key}/reset', scope: 'monitor:write', may: watchers, mayNot: 'viewer' },
  {
    call: 'POST /v1/deliveries/{id}/resend',
    scope: 'notifications:write',
    may: ['sre', 'operator', 'reseller_manager', 'admin'],
    mayNot: 'credit_controller',
  },

  // What clients read in the reseller's name.
  { call: 'PUT /v1/mail-templates/{id}', scope: 'templates:write', may: designers, mayNot: 'operator' },
  { call: 'DELETE /v1/mail-templates/{id}', scope: 'templates:write', may: designers, mayNot: 'integrator' },

  // The organization and its people.
  { call: 'PATCH /v1/resellers/{id}', scope: 'resellers:write', may: designers, mayNot: 'operator' },
  {
    call: 'POST /v1/users',
    scope: 'users:write',
    may: ['admin'],
    mayNot: 'reseller_manager',
    body: (turn) => ({ name: 'New', email: `new-${turn}@people.example`, role: 'viewer' }),
    gives: roles.viewer.scopes,
    reply: 201,
  },
  { call: 'PATCH /v1/users/{id}', scope: 'users:write', may: ['admin'], mayNot: 'reseller_manager' },
  { call: 'POST /v1/users/{id}/password', scope: 'users:write', may: ['admin'], mayNot: 'sre' },
  { call: 'DELETE /v1/users/{id}', scope: 'users:write', may: ['admin'], mayNot: 'integrator' },

  // Secrets of programs: seen by who runs the service, made and ended by who connects systems.
  {
    call: 'POST /v1/api-keys',
    scope: 'keys:write',
    may: connectors,
    mayNot: 'sre',
    body: () => ({ name: 'billing', scopes: ['keys:write'] }),
    reply: 201,
  },
  { call: 'DELETE /v1/api-keys/{id}', scope: 'keys:write', may: connectors, mayNot: 'sre' },
  { call: 'POST /v1/webhook-sources/{id}/rotate-secret', scope: 'webhooks:write', may: connectors, mayNot: 'sre' },
  { call: 'DELETE /v1/webhook-sources/{id}', scope: 'webhooks:write', may: connectors, mayNot: 'reseller_manager' },
  {
    call: 'GET /v1/request-log',
    scope: 'requests:read',
    may: ['sre', 'integrator', 'admin'],
    mayNot: 'reseller_manager',
    reply: 200,
  },
  {
    call: 'GET /v1/exports/api-keys.csv',
    scope: 'keys:read',
    may: ['sre', 'integrator', 'admin'],
    mayNot: 'operator',
    reply: 200,
  },
];

/** Only the operator's own people and keys, whatever their role: it holds for all resellers. */
export const operatorOnly: readonly string[] = ['POST /v1/exchange-rates'];

/** Only a person who is logged in: no key, not even one with every scope. */
export const sessionOnly: readonly string[] = [
  'PATCH /v1/me',
  'POST /v1/me/password',
  'GET /v1/me/sessions',
  'DELETE /v1/me/sessions/{id}',
  'GET /v1/session',
  'DELETE /v1/session',
];
