/**
 * What can be wrong with a request, as one closed list. Every failure that a person or a program is told of carries
 * one of these codes; the API maps each to a status in one place, a workflow carries it as its failure's `type`.
 */
export const failureCodes = [
  'invalid',
  'not_found',
  'conflict',
  'already_exists',
  'in_use',
  'client_deleted',
  'client_unlimited',
  'credit_exists',
  'credit_not_open',
  'credit_above_maximum',
  'credit_limit_not_positive',
  'currency_mismatch',
  'no_rate',
  'monitor_unavailable',
  'unknown_rule',
] as const;

export type FailureCode = (typeof failureCodes)[number];

export function isFailureCode(text: string): text is FailureCode {
  return (failureCodes as readonly string[]).includes(text);
}

/**
 * A refusal with its reason and remedy in plain words.
 *
 * `pointer` is the JSON pointer of the field at fault (`/rules/1/threshold`), or '' where no single field is.
 * The message never holds a secret, an address or another reseller's data.
 */
export class DomainError extends Error {
  override readonly name = 'DomainError';

  constructor(
    readonly code: FailureCode,
    message: string,
    readonly pointer: string = '',
  ) {
    super(message);
  }
}

/** Makes the compiler prove that every case of a union was handled. */
export function assertNever(value: never): never {
  throw new TypeError(`unexpected value: ${String(value)}`);
}
