import { roles } from '../../../src/domain/access/roles.js';
import type { Scope } from '../../../src/domain/access/scopes.js';
import type { UserRole } from '../../../src/domain/access/roles.js';

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
  /** the scopes that the new object has: a caller can't grant scopes that it lacks */
  readonly gives?: readonly Scope[];
  /** the reply to a caller who may, where nothing has the id 999999: default 404 */
  readonly reply?: number;
}

const bookers = ['operator', 'reseller_manager', 'credit_controller', 'integrator', 'admin'] as const;
const creditGranters = ['credit_controller', 'admin'] as const;
const caretakers = ['operator', 'reseller_manager', 'integrator', 'admin'] as const;
const setters = ['operator', 'reseller_manager', 'admin'] as const;
const monitorReaders = ['sre', 'operator', 'reseller_manager', 'credit_controller', 'admin'] as const;
const connectors = ['integrator', 'admin'] as const;
const designers = ['reseller_manager', 'admin'] as const;

export const sensitiveOperations: readonly SensitiveOperation[] = [
  // Credit is granted by roles that answer for it. Managing clients or recording payments is not enough.
  { call: 'PUT /v1/clients/{id}/credit-limit', scope: 'credit:write', may: creditGranters, mayNot: 'operator' },
  { call: 'POST /v1/clients/{id}/temporary-credits', scope: 'credit:write', may: creditGranters, mayNot: 'operator' },
  { call: 'PATCH /v1/temporary-credits/{id}', scope: 'credit:write', may: creditGranters, mayNot: 'reseller_manager' },
  { call: 'POST /v1/temporary-credits/{id}/cancel', scope: 'credit:write', may: creditGranters, mayNot: 'integrator' },

  { call: 'POST /v1/clients/{id}/credit-requests', scope: 'credit:write', may: creditGranters, mayNot: 'operator' },
  { call: 'POST /v1/credit-requests/{id}/approve', scope: 'credit:write', may: creditGranters, mayNot: 'operator' },
  { call: 'POST /v1/credit-requests/{id}/refuse', scope: 'credit:write', may: creditGranters, mayNot: 'sre' },
  { call: 'POST /v1/credit-requests/{id}/withdraw', scope: 'credit:write', may: creditGranters, mayNot: 'integrator' },

  // Money of clients: who keeps the service running never touches it.
  { call: 'POST /v1/payments', scope: 'payments:write', may: bookers, mayNot: 'sre' },
  { call: 'POST /v1/payments/batch', scope: 'payments:write', may: bookers, mayNot: 'viewer', reply: 200 },
  { call: 'POST /v1/clients/{id}/charges', scope: 'payments:write', may: bookers, mayNot: 'sre' },
  { call: 'POST /v1/clients/{id}/adjustments', scope: 'payments:write', may: bookers, mayNot: 'sre' },
  { call: 'POST /v1/adjustments/batch', scope: 'payments:write', may: bookers, mayNot: 'sre', reply: 200 },
  { call: 'POST /v1/clients/{id}/invoices', scope: 'payments:write', may: bookers, mayNot: 'sre' },
  { call: 'PATCH /v1/invoices/{id}', scope: 'payments:write', may: bookers, mayNot: 'viewer' },
  { call: 'DELETE /v1/invoices/{id}', scope: 'payments:write', may: bookers, mayNot: 'sre' },
  { call: 'POST /v1/invoices/{id}/issue', scope: 'payments:write', may: bookers, mayNot: 'sre' },
  { call: 'POST /v1/invoices/{id}/void', scope: 'payments:write', may: bookers, mayNot: 'viewer' },
  { call: 'POST /v1/invoices/{id}/credit-notes', scope: 'payments:write', may: bookers, mayNot: 'sre' },
  { call: 'POST /v1/clients/{id}/refunds', scope: 'payments:write', may: bookers, mayNot: 'sre' },
  { call: 'POST /v1/payments/{id}/reversals', scope: 'payments:write', may: bookers, mayNot: 'viewer' },
  { call: 'POST /v1/clients/{id}/last-invoiced', scope: 'payments:write', may: bookers, mayNot: 'sre' },
  {
    call: 'PUT /v1/resellers/{id}/invoice-numbers/{type}',
    scope: 'resellers:write',
    may: designers,
    mayNot: 'operator',
  },
  { call: 'POST /v1/transfers', scope: 'payments:write', may: bookers, mayNot: 'viewer' },
  { call: 'POST /v1/transfers/{id}/undo', scope: 'payments:write', may: bookers, mayNot: 'sre' },
  {
    call: 'POST /v1/exchange-rates',
    scope: 'rates:write',
    may: creditGranters,
    mayNot: 'reseller_manager',
    body: (turn) => ({ from: 'EUR', to: 'USD', rate: '1.08', at: `2026-01-0${turn}T00:00:00Z` }),
    reply: 201,
  },

  // Cards, and what charges them.
  { call: 'POST /v1/clients/{id}/card-payments', scope: 'payments:write', may: bookers, mayNot: 'viewer' },
  { call: 'POST /v1/clients/{id}/card-registrations', scope: 'payments:write', may: bookers, mayNot: 'sre' },
  { call: 'DELETE /v1/clients/{id}/card', scope: 'payments:write', may: bookers, mayNot: 'viewer' },
  { call: 'POST /v1/clients/{id}/auto-payment/unfreeze', scope: 'payments:write', may: bookers, mayNot: 'sre' },
  // A channel holds credentials, and sends what clients are.
  { call: 'POST /v1/notification-channels/{id}/test', scope: 'webhooks:write', may: connectors, mayNot: 'operator' },
  {
    call: 'PATCH /v1/notification-channels/{id}',
    scope: 'webhooks:write',
    may: connectors,
    mayNot: 'reseller_manager',
  },
  { call: 'DELETE /v1/notification-channels/{id}', scope: 'webhooks:write', may: connectors, mayNot: 'sre' },
  { call: 'PATCH /v1/payment-gateways/{id}', scope: 'webhooks:write', may: connectors, mayNot: 'reseller_manager' },
  { call: 'DELETE /v1/payment-gateways/{id}', scope: 'webhooks:write', may: connectors, mayNot: 'operator' },

  // Clients and their profiles.
  { call: 'PATCH /v1/clients/{id}', scope: 'clients:write', may: caretakers, mayNot: 'credit_controller' },
  { call: 'DELETE /v1/clients/{id}', scope: 'clients:write', may: caretakers, mayNot: 'credit_controller' },
  { call: 'POST /v1/clients/{id}/restore', scope: 'clients:write', may: caretakers, mayNot: 'credit_controller' },
  // Who sets the password of a client panel can read and pay as the client.
  { call: 'POST /v1/clients/{id}/panel/password', scope: 'clients:write', may: caretakers, mayNot: 'viewer' },
  {
    call: 'POST /v1/clients/{id}/panel/invitation',
    scope: 'clients:write',
    may: caretakers,
    mayNot: 'credit_controller',
  },
  // It can't be undone: administrators alone.
  { call: 'POST /v1/clients/{id}/full-delete', scope: 'clients:delete', may: ['admin'], mayNot: 'reseller_manager' },
  { call: 'POST /v1/imports/{id}/start', scope: 'clients:write', may: caretakers, mayNot: 'credit_controller' },
  { call: 'POST /v1/clients/{id}/accounts', scope: 'clients:write', may: caretakers, mayNot: 'credit_controller' },
  { call: 'PATCH /v1/accounts/{id}', scope: 'clients:write', may: caretakers, mayNot: 'credit_controller' },
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

  // What all clients that use it are invoiced by, and may do.
  { call: 'PATCH /v1/payment-terms/{id}', scope: 'profiles:write', may: setters, mayNot: 'integrator' },
  { call: 'DELETE /v1/payment-terms/{id}', scope: 'profiles:write', may: setters, mayNot: 'credit_controller' },
  { call: 'PATCH /v1/tax-profiles/{id}', scope: 'profiles:write', may: setters, mayNot: 'integrator' },
  { call: 'PATCH /v1/invoice-templates/{id}', scope: 'profiles:write', may: setters, mayNot: 'integrator' },
  { call: 'DELETE /v1/invoice-templates/{id}', scope: 'profiles:write', may: setters, mayNot: 'credit_controller' },
  { call: 'PATCH /v1/client-templates/{id}', scope: 'profiles:write', may: setters, mayNot: 'sre' },
  { call: 'POST /v1/client-templates/{id}/detach', scope: 'profiles:write', may: setters, mayNot: 'sre' },
  { call: 'PATCH /v1/customer-classes/{id}', scope: 'profiles:write', may: setters, mayNot: 'sre' },
  { call: 'DELETE /v1/rate-tables/{id}', scope: 'profiles:write', may: setters, mayNot: 'sre' },
  { call: 'PATCH /v1/table-rates/{id}', scope: 'profiles:write', may: setters, mayNot: 'integrator' },

  // Monitors: what mutes or repeats notifications.
  { call: 'POST /v1/clients/{id}/monitor/pause', scope: 'monitor:write', may: monitorReaders, mayNot: 'integrator' },
  { call: 'POST /v1/clients/{id}/monitor/silence', scope: 'monitor:write', may: monitorReaders, mayNot: 'viewer' },
  {
    call: 'POST /v1/bounced-addresses/{id}/clear',
    scope: 'notifications:write',
    may: ['sre', 'operator', 'reseller_manager', 'admin'],
    mayNot: 'credit_controller',
  },
  { call: 'POST /v1/silences/{id}/expire', scope: 'monitor:write', may: monitorReaders, mayNot: 'integrator' },
  { call: 'PATCH /v1/silences/{id}', scope: 'monitor:write', may: monitorReaders, mayNot: 'viewer' },
  { call: 'POST /v1/clients/{id}/monitor/restart', scope: 'monitor:write', may: monitorReaders, mayNot: 'integrator' },
  { call: 'POST /v1/clients/{id}/rules/{key}/reset', scope: 'monitor:write', may: monitorReaders, mayNot: 'viewer' },
  {
    call: 'POST /v1/deliveries/{id}/resend',
    scope: 'notifications:write',
    may: ['sre', 'operator', 'reseller_manager', 'admin'],
    mayNot: 'credit_controller',
  },

  // What clients read in the reseller's name.
  { call: 'PUT /v1/mail-templates/{id}', scope: 'templates:write', may: designers, mayNot: 'operator' },
  { call: 'DELETE /v1/mail-templates/{id}', scope: 'templates:write', may: designers, mayNot: 'integrator' },
  { call: 'POST /v1/mail-templates/{id}/publish', scope: 'templates:write', may: designers, mayNot: 'operator' },

  // The organization and its people.
  { call: 'PATCH /v1/resellers/{id}', scope: 'resellers:write', may: designers, mayNot: 'operator' },
  { call: 'DELETE /v1/resellers/{id}', scope: 'resellers:write', may: designers, mayNot: 'operator' },
  { call: 'POST /v1/resellers/{id}/move', scope: 'resellers:write', may: designers, mayNot: 'integrator' },
  { call: 'POST /v1/resellers/{id}/payments', scope: 'payments:write', may: bookers, mayNot: 'sre' },
  { call: 'POST /v1/resellers/{id}/adjustments', scope: 'payments:write', may: bookers, mayNot: 'viewer' },
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
  { call: 'POST /v1/users/{id}/invite', scope: 'users:write', may: ['admin'], mayNot: 'reseller_manager' },
  { call: 'POST /v1/users/{id}/second-factor/reset', scope: 'users:write', may: ['admin'], mayNot: 'sre' },
  { call: 'PUT /v1/login-settings', scope: 'users:write', may: ['admin'], mayNot: 'reseller_manager', reply: 200 },
  {
    call: 'PATCH /v1/settings',
    scope: 'users:write',
    may: ['admin'],
    mayNot: 'credit_controller',
    body: () => ({ creditRequestHours: 96 }),
    reply: 200,
  },
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
  // Events with clients' data leave for these addresses.
  {
    call: 'POST /v1/webhook-endpoints',
    scope: 'webhooks:write',
    may: connectors,
    mayNot: 'operator',
    body: (turn) => ({ name: `Switch ${turn}`, url: 'https://switch.example/hooks' }),
    reply: 201,
  },
  { call: 'PATCH /v1/webhook-endpoints/{id}', scope: 'webhooks:write', may: connectors, mayNot: 'sre' },
  { call: 'DELETE /v1/webhook-endpoints/{id}', scope: 'webhooks:write', may: connectors, mayNot: 'reseller_manager' },
  { call: 'POST /v1/webhook-endpoints/{id}/rotate-secret', scope: 'webhooks:write', may: connectors, mayNot: 'sre' },
  { call: 'POST /v1/webhook-endpoints/{id}/replay', scope: 'webhooks:write', may: connectors, mayNot: 'operator' },
  { call: 'POST /v1/webhook-deliveries/{id}/retry', scope: 'webhooks:write', may: connectors, mayNot: 'sre' },
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

  // Companies: balances are moved by who records payments.
  { call: 'POST /v1/companies/{id}/entries', scope: 'payments:write', may: bookers, mayNot: 'sre' },
  { call: 'POST /v1/companies/{id}/balances', scope: 'payments:write', may: bookers, mayNot: 'viewer' },
];

/** Only the operator's own people and keys, whatever their role: it holds for all resellers. */
export const operatorOnly: readonly string[] = [
  'PATCH /v1/settings',
  'GET /v1/tasks',
  'POST /v1/tasks/{task}/change',
  'POST /v1/tasks/{task}/run',
  'POST /v1/exchange-rates',
  'PUT /v1/login-settings',
];

/** Only a person who is logged in: no key, not even one with every scope. */
export const sessionOnly: readonly string[] = [
  'PATCH /v1/me',
  'POST /v1/me/password',
  'GET /v1/me/sessions',
  'DELETE /v1/me/sessions/{id}',
  'GET /v1/me/second-factor',
  'POST /v1/me/second-factor/enrollment',
  'POST /v1/me/second-factor/confirm',
  'POST /v1/me/second-factor/disable',
  'POST /v1/me/second-factor/recovery-codes',
  'GET /v1/session',
  'DELETE /v1/session',
];
