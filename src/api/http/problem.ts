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

/** What every problem of a code says about itself: its title, and what to do. */
export const problemTexts: Readonly<Record<ProblemCode, { readonly title: string; readonly remedy: string }>> = {
  invalid: { title: 'The request is not valid', remedy: 'Correct the fields listed under `errors` and send it again.' },
  not_found: {
    title: 'There is no such thing here',
    remedy: 'Check the id and the path. What belongs to another reseller is not found either.',
  },
  conflict: {
    title: 'The request contradicts what is there',
    remedy: 'Read the resource again; an id that was used before stands for what it was first used for.',
  },
  already_exists: { title: 'It exists already', remedy: 'Choose another name, or change the one that is there.' },
  in_use: {
    title: 'It is still in use',
    remedy: 'Move what uses it elsewhere first; the detail says how many there are.',
  },
  client_deleted: { title: 'The client is deleted', remedy: 'A deleted client takes no changes and no entries.' },
  client_unlimited: { title: 'The client has no limit', remedy: 'A client with "No Limit" needs and takes no credit.' },
  credit_exists: {
    title: 'There is a temporary credit already',
    remedy: 'Change or cancel the one that is scheduled or active.',
  },
  credit_not_open: {
    title: 'The temporary credit has ended',
    remedy: 'Only a scheduled or active temporary credit can be changed or cancelled.',
  },
  credit_above_maximum: {
    title: 'Above the maximum possible increase',
    remedy: 'Ask for less, or let somebody with a higher maximum grant it.',
  },
  credit_limit_not_positive: {
    title: 'The credit limit is not positive',
    remedy: 'A percentage needs a positive permanent credit limit; give an amount instead.',
  },
  currency_mismatch: { title: 'The currency is not the client’s', remedy: 'Send the amount in the client’s currency.' },
  no_rate: { title: 'An exchange rate is missing', remedy: 'Post the rate to /v1/exchange-rates and try again.' },
  monitor_unavailable: {
    title: 'The monitor does not answer',
    remedy: 'Try again after `Retry-After`; nothing was changed.',
  },
  unknown_rule: { title: 'The client has no such rule', remedy: 'GET /v1/clients/{id}/rules lists the keys.' },
  malformed_json: { title: 'The body is not JSON', remedy: 'Send one JSON object in UTF-8.' },
  body_too_large: { title: 'The body is too large', remedy: 'Send at most 1 MiB; split a batch.' },
  unsupported_media_type: { title: 'The body has the wrong type', remedy: 'Send `Content-Type: application/json`.' },
  key_missing: { title: 'No API key was given', remedy: 'Send `Authorization: Bearer <API key>`.' },
  key_invalid: { title: 'The API key is not valid', remedy: 'Check that the key is complete, or make a new one.' },
  key_revoked: { title: 'The API key was revoked', remedy: 'Use another key.' },
  key_expired: { title: 'The API key has expired', remedy: 'Make a new key.' },
  key_suspended: {
    title: 'The API key’s owner is disabled',
    remedy: 'Use another key, or have the user enabled again.',
  },
  session_missing: {
    title: 'Nobody is logged in',
    remedy: 'Log in with POST /v1/session; sessions end after a while.',
  },
  login_failed: {
    title: 'The login failed',
    remedy: 'Check e-mail and password. An administrator can set a new password.',
  },
  login_throttled: {
    title: 'Too many failed logins',
    remedy: 'Try again after `Retry-After`, or have an administrator set a new password.',
  },
  csrf_invalid: {
    title: 'The request does not come from our own page',
    remedy: 'Send the `csrfToken` of GET /v1/session as `X-CSRF-Token`. Programs use an API key instead of a cookie.',
  },
  signature_invalid: {
    title: 'The signature does not fit',
    remedy: 'Sign `<webhook-id>.<webhook-timestamp>.<body>` with the current secret, within five minutes.',
  },
  scope_missing: {
    title: 'You may not do this',
    remedy: 'It takes a key or a role with the scope that the detail names (docs/roles.md).',
  },
  operator_only: { title: 'Only the operator may do this', remedy: 'Use a key or a user of the operator.' },
  method_not_allowed: { title: 'The method is not known here', remedy: 'The `Allow` header lists the methods.' },
  not_acceptable: { title: 'The answer has another form', remedy: 'Send the `Accept` header that the detail names.' },
  precondition_required: {
    title: 'If-Match is missing',
    remedy: 'Read the resource, then send its `ETag` as `If-Match`, so that nobody’s change is lost.',
  },
  version_stale: {
    title: 'Somebody else changed it meanwhile',
    remedy: '`current` holds the resource as it is now; apply your change to it and send its ETag.',
  },
  idempotency_mismatch: {
    title: 'The Idempotency-Key was used for another request',
    remedy: 'Use a new key for a new request.',
  },
  idempotency_in_flight: {
    title: 'The same request is still being worked on',
    remedy: 'Try again after `Retry-After` with the same key.',
  },
  idempotency_spent: {
    title: 'The request was already carried out',
    remedy: 'Its answer held a secret, which is shown once and not kept. Make a new one with a new key.',
  },
  confirmation_required: {
    title: 'Confirmation required',
    remedy: 'Check `preview`, then repeat the request with `confirmNotifications` set to its `newlyNotified.count`.',
  },
  rate_limited: { title: 'Too many requests', remedy: 'Try again after `Retry-After`.' },
  not_configured: { title: 'This needs a setting that is not there', remedy: 'See docs/operations.md, "Settings".' },
  outcome_pending: {
    title: 'No answer yet',
    remedy: 'The change may still take effect. Repeat the request with the same Idempotency-Key.',
  },
  temporal_unavailable: {
    title: 'The monitor cannot be reached now',
    remedy: 'Try again after `Retry-After`. Payments and charges are taken meanwhile.',
  },
  database_unavailable: { title: 'The database cannot be reached now', remedy: 'Try again after `Retry-After`.' },
  internal: {
    title: 'Something went wrong here',
    remedy: 'Try again; if it stays, tell the operator the `requestId`, under which the cause is logged.',
  },
};
