/**
 * What can be wrong with a request, as one closed list. Every failure that a person or a program receives carries
 * one of these codes; the API maps each to a status in one place, a workflow carries it as its failure's `type`.
 */
export const failureCodes = [
  'invalid',
  'not_found',
  'conflict',
  'already_exists',
  'in_use',
  'manager_not_permitted',
  'reseller_cycle',
  'reseller_too_deep',
  'reseller_dangling',
  'rate_already_notified',
  'own_ledger',
  'client_deleted',
  'client_unlimited',
  'client_prepaid',
  'account_closed',
  'account_not_empty',
  'transfer_same_account',
  'transfer_not_allowed',
  'transfer_kind',
  'transfer_inactive',
  'transfer_other_client',
  'transfer_amount',
  'transfer_daily_limit',
  'transfer_undone',
  'insufficient_funds',
  'credit_exists',
  'credit_not_open',
  'credit_above_maximum',
  'credit_limit_not_positive',
  'credit_request_exists',
  'credit_request_closed',
  'self_approval',
  'not_own_request',
  'currency_mismatch',
  'no_rate',
  'monitor_unavailable',
  'unknown_rule',
  'invoice_state',
  'invoice_empty',
  'invoice_changed',
  'invoice_has_credit_notes',
  'invoice_not_latest',
  'credit_note_exceeds_invoice',
  'refund_exceeds_unallocated',
  'reversal_exceeds_payment',
  'last_invoiced_before_invoice',
  'login_not_allowed',
  'panel_not_allowed',
  'panel_stopped',
  'auto_payment_no_threshold',
  'auto_payment_no_card',
  'auto_payment_in_flight',
  'auto_payment_not_frozen',
  'card_expired',
  'card_not_entered',
  'no_gateway',
  'gateway_unavailable',
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
    /** what else is wrong with the same request */
    readonly others: readonly DomainError[] = [],
  ) {
    super(message);
  }
}

/**
 * Makes checks that do not depend on each other and do not write, so that a request learns all that is wrong with it at once.
 * One pointer is refused once, by the first check.
 *
 * @throws DomainError the first refusal, with the further ones
 */
export async function requireAll(checks: readonly (() => Promise<void> | void)[]): Promise<void> {
  const refusals: DomainError[] = [];
  for (const check of checks) {
    try {
      await check();
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      refusals.push(error, ...error.others);
    }
  }
  const [first, ...rest] = refusals.filter(
    ({ pointer }, index) => refusals.findIndex((other) => other.pointer === pointer) === index,
  );
  if (first) throw new DomainError(first.code, first.message, first.pointer, rest);
}

/** Makes the compiler prove that every case of a union was handled. */
export function assertNever(value: never): never {
  throw new TypeError(`unexpected value: ${String(value)}`);
}
