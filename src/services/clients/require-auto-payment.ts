import type { ClientFields } from '../../domain/clients/client-fields.js';
import { DomainError } from '../../domain/errors.js';
import { moneyOf } from '../../domain/money.js';
import { maxCardPayment, minCardPayment, inFlightStatuses } from '../../domain/payments/card-payments.js';
import { findOpenPayment } from '../../storage/payments/card-payments.js';
import { readClientThreshold } from '../../storage/payments/auto-payment-state.js';
import { findPayer } from '../../storage/payments/auto-payments.js';
import type { Queries, Transaction } from '../../storage/system/database.js';

export type AutoPaymentFields = Pick<
  ClientFields,
  | 'autoPayment'
  | 'autoPaymentExtraAmount'
  | 'autoPaymentThreshold'
  | 'lowBalanceThreshold'
  | 'balanceModel'
  | 'profileId'
>;

/**
 * Refuses automatic payments that could charge nothing. A new client has no card yet: it is charged once one is registered.
 *
 * @throws DomainError `invalid` (amount), `client_unlimited`, `auto_payment_no_threshold`
 */
export async function requireAutoPaymentTerms(q: Queries, fields: AutoPaymentFields): Promise<void> {
  const { autoPayment, autoPaymentExtraAmount: extra, balanceModel } = fields;
  if (extra !== null && (moneyOf(extra) < minCardPayment || moneyOf(extra) > maxCardPayment)) {
    throw new DomainError('invalid', 'must be 1.00 to 100,000.00', '/autoPaymentExtraAmount');
  }
  if (!autoPayment) return;
  if (extra === null) {
    throw new DomainError(
      'invalid',
      'is required with autoPayment: set the amount to charge',
      '/autoPaymentExtraAmount',
    );
  }
  if (balanceModel === 'unlimited') {
    throw new DomainError(
      'client_unlimited',
      'a client with unlimited credit is never low: turn auto payment off',
      '/autoPayment',
    );
  }
  if (fields.autoPaymentThreshold !== null || fields.lowBalanceThreshold !== null) return;
  const ofProfile = fields.profileId === null ? null : await readClientThreshold(q, fields.profileId);
  if (ofProfile !== null) return;
  throw new DomainError(
    'auto_payment_no_threshold',
    'no threshold says when to charge: set autoPaymentThreshold, lowBalanceThreshold, or the client threshold of the profile',
    '/autoPaymentThreshold',
  );
}

/**
 * The same where a change concerns them: what is edited elsewhere, as a profile that loses its threshold, is no reason to
 * refuse another field.
 *
 * @throws DomainError those of `requireAutoPaymentTerms`
 */
export async function requireChangedTerms(
  q: Queries,
  fields: AutoPaymentFields,
  before: AutoPaymentFields,
): Promise<void> {
  const names = ['autoPayment', 'autoPaymentExtraAmount', 'autoPaymentThreshold', 'lowBalanceThreshold'] as const;
  if (names.some((name) => fields[name] !== before[name])) await requireAutoPaymentTerms(q, fields);
}

/**
 * What a change of the switch needs besides: a card to turn it on, and no charge whose outcome is not known to turn it off.
 *
 * @throws DomainError `auto_payment_no_card`, `auto_payment_in_flight`, and those of `requireAutoPaymentTerms`
 */
export async function requireAutoPaymentChange(
  tx: Transaction,
  clientId: string,
  { withinId, now }: { readonly withinId: string; readonly now: number },
  fields: AutoPaymentFields,
  before: AutoPaymentFields,
): Promise<void> {
  await requireChangedTerms(tx, fields, before);
  if (fields.autoPayment && !before.autoPayment) {
    const payer = await findPayer(tx, withinId, clientId, now);
    if (!payer?.card) {
      throw new DomainError('auto_payment_no_card', 'the client has no card: register one first', '/autoPayment');
    }
  }
  if (!fields.autoPayment && before.autoPayment) await refuseCharging(tx, clientId);
}

/** @throws DomainError `auto_payment_in_flight` */
export async function refuseCharging(tx: Transaction, clientId: string): Promise<void> {
  const open = await findOpenPayment(tx, clientId, { statuses: inFlightStatuses });
  if (!open) return;
  throw new DomainError(
    'auto_payment_in_flight',
    `card payment ${open.id} is not over: wait for its outcome`,
    '/autoPayment',
  );
}
