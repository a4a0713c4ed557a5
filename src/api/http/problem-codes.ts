import type { FailureCode } from '../../domain/errors.js';
import { accountProblems } from './account-problems.js';
import { invoicingProblems } from './invoicing-problems.js';
import { openIdProblems } from './openid-problems.js';
import { paymentProblems } from './payment-problems.js';
import { resellerProblems } from './reseller-problems.js';

interface ProblemSpec {
  readonly status: number;
  readonly title: string;
  /** what the caller can do */
  readonly remedy: string;
}

/**
 * What can be wrong with a request: the failures of the domain, then what the HTTP surface itself can find. Statuses,
 * titles, the page of problems, and the OpenAPI document derive from this record.
 */
export const problemSpecs = {
  invalid: {
    status: 400,
    title: 'Request not valid',
    remedy: 'Correct the fields listed in `errors` and send the request again.',
  },
  not_found: {
    status: 404,
    title: 'Not found',
    remedy: 'Check the id and the path. Objects of other resellers are not found either.',
  },
  conflict: {
    status: 409,
    title: 'Conflicts with the current data',
    remedy: 'Read the resource again. An id always refers to its first use.',
  },
  already_exists: { status: 409, title: 'Already exists', remedy: 'Choose another name, or change the existing one.' },
  in_use: { status: 409, title: 'Still in use', remedy: 'Reassign what uses it; the detail says how many.' },
  client_deleted: {
    status: 409,
    title: 'Client deleted',
    remedy: 'Restore the client, or use another one. A deleted client accepts no changes and no ledger entries.',
  },
  client_unlimited: {
    status: 409,
    title: 'Client has unlimited credit',
    remedy: 'Change the balance model of the client first. Unlimited credit can’t be increased.',
  },
  client_prepaid: {
    status: 409,
    title: 'Client is prepaid',
    remedy:
      'Send an amount instead of a percentage. With the setting `temporaryCredit: postpaid_only`, only postpaid clients get temporary credit.',
  },
  ...resellerProblems,
  ...accountProblems,
  insufficient_funds: {
    status: 409,
    title: 'Insufficient funds',
    remedy: 'Reduce the amount to what the detail says is available, or record a payment to the account first.',
  },
  credit_exists: {
    status: 409,
    title: 'Temporary credit already exists',
    remedy: 'Change or cancel the scheduled or active temporary credit.',
  },
  credit_not_open: {
    status: 409,
    title: 'Temporary credit has ended',
    remedy: 'Grant a new one. Only scheduled or active temporary credit can be changed or canceled.',
  },
  credit_above_maximum: {
    status: 422,
    title: 'Above the maximum possible increase',
    remedy: 'Reduce the amount or the days, or ask for approval: POST /v1/clients/{id}/credit-requests.',
  },
  credit_limit_not_positive: {
    status: 422,
    title: 'Credit limit not positive',
    remedy: 'Send an amount. A percentage requires a positive permanent credit limit.',
  },
  credit_request_exists: {
    status: 409,
    title: 'Credit request already exists',
    remedy: 'Wait for its decision, or withdraw it. A client has one open request of each kind.',
  },
  credit_request_closed: {
    status: 409,
    title: 'Credit request was decided',
    remedy: 'Read the credit request again. Make another one, if credit is still needed.',
  },
  self_approval: {
    status: 403,
    title: 'Own credit request',
    remedy: 'Let another user with a sufficient maximum approve it.',
  },
  not_own_request: {
    status: 403,
    title: 'Credit request of another user',
    remedy: 'Refuse it instead. Only the user who made a request can withdraw it.',
  },
  currency_mismatch: { status: 422, title: 'Wrong currency', remedy: 'Send the amount in the client’s currency.' },
  rate_already_notified: {
    status: 409,
    title: 'Clients were notified of this rate',
    remedy:
      'Send `confirmNotified: true` to change it anyway, then a correction: POST /v1/rate-notifications with `kind: "correction"`.',
  },
  no_rate: { status: 422, title: 'Exchange rate missing', remedy: 'Post the rate to /v1/exchange-rates, then retry.' },
  monitor_unavailable: {
    status: 503,
    title: 'Monitor not responding',
    remedy: 'Retry after `Retry-After`. Nothing was changed.',
  },
  unknown_rule: {
    status: 404,
    title: 'Rule not found',
    remedy: 'GET /v1/clients/{id}/rules lists the keys of the client’s rules.',
  },
  ...invoicingProblems,
  panel_not_allowed: {
    status: 403,
    title: 'Not allowed in the client panel',
    remedy: 'Ask your provider. The operator decides what clients may change themselves.',
  },
  panel_stopped: {
    status: 403,
    title: 'Client stopped',
    remedy: 'Pay, or ask your provider. Until the client is active again, the client panel only shows data.',
  },
  ...paymentProblems,
  malformed_request: {
    status: 400,
    title: 'Request is not HTTP',
    remedy: 'Send an HTTP/1.1 request with a valid request line, valid headers, and one `Host` header.',
  },
  headers_too_large: {
    status: 431,
    title: 'Headers too large',
    remedy: 'Send an address and headers of up to 16 KiB together. Large values belong in the body.',
  },
  request_timeout: {
    status: 408,
    title: 'Request incomplete',
    remedy: 'Send the whole request without pauses, then retry.',
  },
  malformed_json: { status: 400, title: 'Body is not JSON', remedy: 'Send one JSON object in UTF-8.' },
  body_too_large: { status: 413, title: 'Body too large', remedy: 'Send up to 1 MiB, or a file of up to 32 MiB.' },
  unsupported_media_type: {
    status: 415,
    title: 'Unsupported content type',
    remedy: 'Send `Content-Type: application/json`.',
  },
  key_missing: { status: 401, title: 'API key missing', remedy: 'Send `Authorization: Bearer <API key>`.' },
  key_invalid: {
    status: 401,
    title: 'API key not valid',
    remedy: 'Check that the key is complete, or create a new one.',
  },
  key_revoked: { status: 401, title: 'API key revoked', remedy: 'Use another key.' },
  key_expired: { status: 401, title: 'API key expired', remedy: 'Create a new key.' },
  key_suspended: {
    status: 401,
    title: 'Key owner disabled',
    remedy: 'Use another key, or ask an administrator to enable the user.',
  },
  session_missing: { status: 401, title: 'Login required', remedy: 'Log in with POST /v1/session.' },
  login_failed: {
    status: 401,
    title: 'Login failed',
    remedy: 'Check email and password. POST /v1/password-resets sends a link for a new password.',
  },
  ...openIdProblems,
  login_throttled: {
    status: 429,
    title: 'Too many failed logins',
    remedy: 'Retry after `Retry-After`, or ask an administrator to set a new password.',
  },
  login_expired: {
    status: 401,
    title: 'Login expired',
    remedy: 'Log in again with POST /v1/session. The second step must follow within 10 minutes.',
  },
  code_wrong: {
    status: 401,
    title: 'Wrong code',
    remedy: 'Enter the current code of the authenticator app. Each code works once. A recovery code works too.',
  },
  link_unknown: {
    status: 404,
    title: 'Link not valid',
    remedy: 'Open the link of the newest email, complete. Older links stop working when a new one is sent.',
  },
  link_used: {
    status: 410,
    title: 'Link already used',
    remedy: 'Log in with the password that was set, or request a new link with POST /v1/password-resets.',
  },
  link_expired: {
    status: 410,
    title: 'Link expired',
    remedy: 'Request a new link with POST /v1/password-resets, or ask an administrator to resend the invitation.',
  },
  csrf_invalid: {
    status: 403,
    title: 'CSRF token missing or not valid',
    remedy: 'Send the `csrfToken` of GET /v1/session as `X-CSRF-Token`. Programs use an API key instead of a cookie.',
  },
  signature_invalid: {
    status: 401,
    title: 'Signature mismatch',
    remedy: 'Sign `<webhook-id>.<webhook-timestamp>.<body>` with the current secret, and send it within 5 minutes.',
  },
  scope_missing: {
    status: 403,
    title: 'Permission missing',
    remedy: 'Use a key or role with the scope in the detail (docs/roles.md).',
  },
  operator_only: { status: 403, title: 'Reserved for the operator', remedy: 'Use a key or user of the operator.' },
  method_not_allowed: { status: 405, title: 'Method not allowed', remedy: 'Use a method of the `Allow` header.' },
  not_acceptable: {
    status: 406,
    title: 'Unsupported Accept header',
    remedy: 'Send the `Accept` header in the detail.',
  },
  precondition_required: {
    status: 428,
    title: 'If-Match missing',
    remedy: 'Read the resource and send its `ETag` as `If-Match`, so that you don’t overwrite other changes.',
  },
  version_stale: {
    status: 412,
    title: 'Changed by someone else',
    remedy: 'Apply your change to `current` and send its ETag.',
  },
  idempotency_mismatch: {
    status: 422,
    title: 'Idempotency-Key used for another request',
    remedy: 'Use a new key for a new request.',
  },
  idempotency_in_flight: {
    status: 409,
    title: 'Request in progress',
    remedy: 'Retry after `Retry-After` with the same key.',
  },
  idempotency_spent: {
    status: 409,
    title: 'Request already completed',
    remedy: 'The response held a secret, which is shown once. Create a new one with a new key.',
  },
  confirmation_required: {
    status: 409,
    title: 'Confirmation required',
    remedy: 'Check `preview`, then repeat the request with `confirmNotifications` set to its `newlyNotified.count`.',
  },
  rate_limited: { status: 429, title: 'Too many requests', remedy: 'Retry after `Retry-After`.' },
  not_configured: {
    status: 503,
    title: 'Setting missing',
    remedy: 'Set it as described in docs/operations.md, "Settings".',
  },
  outcome_pending: {
    status: 503,
    title: 'No answer yet',
    remedy: 'The change may still take effect. Repeat the request with the same Idempotency-Key.',
  },
  temporal_unavailable: {
    status: 503,
    title: 'Monitor unreachable',
    remedy: 'Retry after `Retry-After`. Payments and charges are still accepted.',
  },
  database_unavailable: { status: 503, title: 'Database unreachable', remedy: 'Retry after `Retry-After`.' },
  internal: {
    status: 500,
    title: 'Internal error',
    remedy: 'Retry. If it persists, send the operator the `requestId`.',
  },
} as const satisfies Readonly<Record<FailureCode, ProblemSpec>> & Readonly<Record<string, ProblemSpec>>;

export type ProblemCode = keyof typeof problemSpecs;
export const problemCodes = Object.keys(problemSpecs) as readonly ProblemCode[];
