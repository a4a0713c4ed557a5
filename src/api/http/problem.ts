import { failureCodes, type FailureCode } from '../../domain/errors.js';

/** What the HTTP surface itself can find wrong, beside the failures of the domain. */
const requestCodes = [
  'malformed_json',
  'body_too_large',
  'unsupported_media_type',
  'key_missing',
  'key_invalid',
  'key_revoked',
  'key_expired',
  'key_suspended',
  'session_missing',
  'login_failed',
  'login_throttled',
  'csrf_invalid',
  'signature_invalid',
  'scope_missing',
  'operator_only',
  'method_not_allowed',
  'not_acceptable',
  'precondition_required',
  'version_stale',
  'idempotency_mismatch',
  'idempotency_in_flight',
  'idempotency_spent',
  'confirmation_required',
  'rate_limited',
  'not_configured',
  'outcome_pending',
  'temporal_unavailable',
  'database_unavailable',
  'internal',
] as const;

export type ProblemCode = FailureCode | (typeof requestCodes)[number];
export const problemCodes: readonly ProblemCode[] = [...failureCodes, ...requestCodes];

/** The HTTP status of each code; the only place that decides it. */
export function statusOf(code: ProblemCode): number {
  switch (code) {
    case 'invalid':
    case 'malformed_json':
      return 400;
    case 'key_missing':
    case 'key_invalid':
    case 'key_revoked':
    case 'key_expired':
    case 'key_suspended':
    case 'session_missing':
    case 'login_failed':
    case 'signature_invalid':
      return 401;
    case 'scope_missing':
    case 'operator_only':
    case 'csrf_invalid':
      return 403;
    case 'not_found':
    case 'unknown_rule':
      return 404;
    case 'method_not_allowed':
      return 405;
    case 'not_acceptable':
      return 406;
    case 'conflict':
    case 'already_exists':
    case 'in_use':
    case 'client_deleted':
    case 'client_unlimited':
    case 'credit_exists':
    case 'credit_not_open':
    case 'idempotency_in_flight':
    case 'idempotency_spent':
    case 'confirmation_required':
      return 409;
    case 'version_stale':
      return 412;
    case 'body_too_large':
      return 413;
    case 'unsupported_media_type':
      return 415;
    case 'credit_above_maximum':
    case 'credit_limit_not_positive':
    case 'currency_mismatch':
    case 'no_rate':
    case 'idempotency_mismatch':
      return 422;
    case 'precondition_required':
      return 428;
    case 'rate_limited':
    case 'login_throttled':
      return 429;
    case 'internal':
      return 500;
    case 'monitor_unavailable':
    case 'outcome_pending':
    case 'temporal_unavailable':
    case 'database_unavailable':
    case 'not_configured':
      return 503;
  }
}

/** One fault within a request. */
export interface FieldFault {
  /** `#/rules/1/threshold` in the body, `#/query/limit`, `#/path/id`, `#/headers/if-match` elsewhere */
  readonly pointer: string;
  /** a word for programs: `required`, `unknown_field`, `wrong_type`, ... or the problem's own code */
  readonly code: string;
  /** the reason and the remedy, for people */
  readonly detail: string;
}

interface ProblemOptions {
  readonly errors?: readonly FieldFault[];
  readonly retryAfterSeconds?: number;
  /** the resource as it is now, where a version was stale */
  readonly current?: unknown;
  /** what the request would do, where that has to be confirmed */
  readonly preview?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A refusal by the API itself; answered as `application/problem+json`. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  constructor(
    readonly code: ProblemCode,
    /** plain words for the caller: no internals, no secrets */
    message: string,
    readonly options: ProblemOptions = {},
  ) {
    super(message);
  }
}

/** A refusal that points at one place of the request. */
export function problemAt(
  code: ProblemCode,
  pointer: string,
  detail: string,
  options: ProblemOptions = {},
): ApiProblem {
  return new ApiProblem(code, detail, { ...options, errors: [{ pointer, code, detail }] });
}

/** The title of each code, and what the caller can do. */
export const problemTexts: Readonly<Record<ProblemCode, { readonly title: string; readonly remedy: string }>> = {
  invalid: { title: 'Request not valid', remedy: 'Correct the fields listed in `errors` and send the request again.' },
  not_found: {
    title: 'Not found',
    remedy: 'Check the id and the path. Objects of other resellers are not found either.',
  },
  conflict: {
    title: 'Conflicts with the current data',
    remedy: 'Read the resource again. An id always refers to its first use.',
  },
  already_exists: { title: 'Already exists', remedy: 'Choose another name, or change the existing one.' },
  in_use: { title: 'Still in use', remedy: 'Reassign what uses it; the detail says how many.' },
  client_deleted: {
    title: 'Client deleted',
    remedy: 'Use another client. A deleted client accepts no changes and no ledger entries.',
  },
  client_unlimited: {
    title: 'Client has unlimited credit',
    remedy: 'Change the balance model of the client first. Unlimited credit can’t be increased.',
  },
  credit_exists: {
    title: 'Temporary credit already exists',
    remedy: 'Change or cancel the scheduled or active temporary credit.',
  },
  credit_not_open: {
    title: 'Temporary credit has ended',
    remedy: 'Grant a new one. Only scheduled or active temporary credit can be changed or canceled.',
  },
  credit_above_maximum: {
    title: 'Above the maximum possible increase',
    remedy: 'Reduce the amount or the days, or use a key or user with a higher maximum.',
  },
  credit_limit_not_positive: {
    title: 'Credit limit not positive',
    remedy: 'Send an amount. A percentage requires a positive permanent credit limit.',
  },
  currency_mismatch: { title: 'Wrong currency', remedy: 'Send the amount in the client’s currency.' },
  no_rate: { title: 'Exchange rate missing', remedy: 'Post the rate to /v1/exchange-rates, then retry.' },
  monitor_unavailable: { title: 'Monitor not responding', remedy: 'Retry after `Retry-After`. Nothing was changed.' },
  unknown_rule: { title: 'Rule not found', remedy: 'GET /v1/clients/{id}/rules lists the keys of the client’s rules.' },
  malformed_json: { title: 'Body is not JSON', remedy: 'Send one JSON object in UTF-8.' },
  body_too_large: { title: 'Body too large', remedy: 'Send up to 1 MiB. Split a large batch.' },
  unsupported_media_type: { title: 'Unsupported content type', remedy: 'Send `Content-Type: application/json`.' },
  key_missing: { title: 'API key missing', remedy: 'Send `Authorization: Bearer <API key>`.' },
  key_invalid: { title: 'API key not valid', remedy: 'Check that the key is complete, or create a new one.' },
  key_revoked: { title: 'API key revoked', remedy: 'Use another key.' },
  key_expired: { title: 'API key expired', remedy: 'Create a new key.' },
  key_suspended: {
    title: 'Key owner disabled',
    remedy: 'Use another key, or ask an administrator to enable the user.',
  },
  session_missing: { title: 'Login required', remedy: 'Log in with POST /v1/session.' },
  login_failed: {
    title: 'Login failed',
    remedy: 'Check email and password. An administrator can set a new password.',
  },
  login_throttled: {
    title: 'Too many failed logins',
    remedy: 'Retry after `Retry-After`, or ask an administrator to set a new password.',
  },
  csrf_invalid: {
    title: 'CSRF token missing or not valid',
    remedy: 'Send the `csrfToken` of GET /v1/session as `X-CSRF-Token`. Programs use an API key instead of a cookie.',
  },
  signature_invalid: {
    title: 'Signature mismatch',
    remedy: 'Sign `<webhook-id>.<webhook-timestamp>.<body>` with the current secret, and send it within 5 minutes.',
  },
  scope_missing: {
    title: 'Permission missing',
    remedy: 'Use a key or role with the scope in the detail (docs/roles.md).',
  },
  operator_only: { title: 'Reserved for the operator', remedy: 'Use a key or user of the operator.' },
  method_not_allowed: { title: 'Method not allowed', remedy: 'Use a method of the `Allow` header.' },
  not_acceptable: { title: 'Unsupported Accept header', remedy: 'Send the `Accept` header in the detail.' },
  precondition_required: {
    title: 'If-Match missing',
    remedy: 'Read the resource and send its `ETag` as `If-Match`, so that you don’t overwrite other changes.',
  },
  version_stale: {
    title: 'Changed by someone else',
    remedy: 'Apply your change to `current` and send its ETag.',
  },
  idempotency_mismatch: {
    title: 'Idempotency-Key used for another request',
    remedy: 'Use a new key for a new request.',
  },
  idempotency_in_flight: { title: 'Request in progress', remedy: 'Retry after `Retry-After` with the same key.' },
  idempotency_spent: {
    title: 'Request already completed',
    remedy: 'The response held a secret, which is shown once. Create a new one with a new key.',
  },
  confirmation_required: {
    title: 'Confirmation required',
    remedy: 'Check `preview`, then repeat the request with `confirmNotifications` set to its `newlyNotified.count`.',
  },
  rate_limited: { title: 'Too many requests', remedy: 'Retry after `Retry-After`.' },
  not_configured: { title: 'Setting missing', remedy: 'Set it as described in docs/operations.md, "Settings".' },
  outcome_pending: {
    title: 'No answer yet',
    remedy: 'The change may still take effect. Repeat the request with the same Idempotency-Key.',
  },
  temporal_unavailable: {
    title: 'Monitor unreachable',
    remedy: 'Retry after `Retry-After`. Payments and charges are still accepted.',
  },
  database_unavailable: { title: 'Database unreachable', remedy: 'Retry after `Retry-After`.' },
  internal: { title: 'Internal error', remedy: 'Retry. If it persists, send the operator the `requestId`.' },
};
