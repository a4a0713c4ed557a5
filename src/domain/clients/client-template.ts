import { creditLimitDigits } from '../credit/limit-digits.js';
import { DomainError } from '../errors.js';
import { digitsError, exceedsDigits, moneyOf } from '../money.js';
import { parseWarningThresholds } from '../monitoring/rules.js';
import { clientFieldSpecs, type ClientFields, type InheritableField } from './client-fields.js';
import { inheritableFields, type TemplateValues } from './client-inheritance.js';
import { requireLowBalance } from './low-balance.js';
import { requireNoLimitBeside } from './relations.js';

/** A client template (docs/concepts.md#client-templates). */
export interface ClientTemplateFields {
  readonly resellerId: string;
  readonly name: string;
  /** of its amounts; null: it has none */
  readonly currency: string | null;
  readonly tags: readonly string[];
  readonly values: TemplateValues;
}

/** @throws DomainError `invalid`: amounts without a currency, or values that no client could have together */
export function requireTemplate({ currency, values }: Pick<ClientTemplateFields, 'currency' | 'values'>): void {
  const amount = inheritableFields.find(
    (name) => clientFieldSpecs[name].type === 'money' && (values[name] ?? null) !== null,
  );
  if (currency === null && amount !== undefined) {
    throw new DomainError(
      'invalid',
      `is required with ${amount}: set a currency, or leave ${amount} empty`,
      '/currency',
    );
  }
  if (values.creditLimit !== undefined && exceedsDigits(moneyOf(values.creditLimit), creditLimitDigits)) {
    throw new DomainError('invalid', digitsError(creditLimitDigits), '/values/creditLimit');
  }
  within(() => {
    const { balanceModel, creditLimit, originationCapacity = null } = values;
    if (balanceModel !== undefined && creditLimit !== undefined) requireNoLimitBeside({ balanceModel, creditLimit });
    // A client may have the other half itself.
    if (values.lowBalanceThreshold === undefined || values.lowBalanceThreshold === null) return;
    requireLowBalance(
      {
        notifyClient: values.notifyClient ?? false,
        notifyAdmin: values.notifyAdmin ?? false,
        lowBalanceThreshold: values.lowBalanceThreshold,
        lowBalanceCapacity: values.lowBalanceCapacity ?? null,
        lowBalanceRestoreAt: (values.lowBalanceCapacity ?? null) === null ? null : (values.lowBalanceRestoreAt ?? null),
      },
      originationCapacity,
    );
  });
}

/** What is wrong with a value is wrong with it in the template. */
function within(check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw new DomainError(error.code, error.message, `/values${error.pointer}`);
  }
}

/** A client must be able to have its own values and those of the template together. */
export type FittingFields = Pick<ClientFields, InheritableField | 'currency' | 'warningThresholds'>;

/**
 * @throws DomainError `invalid`, `client_unlimited`, `currency_mismatch`
 */
export function requireFitting(fields: FittingFields, templateCurrency: string | null): void {
  requireTemplateCurrency(fields.currency, templateCurrency);
  requireNoLimitBeside(fields);
  parseWarningThresholds(fields.warningThresholds, fields, '/warningThresholds');
  // Where a template changes later, the lower one of both capacities holds, so that none is refused.
  requireLowBalance(fields, null);
}

/** @throws DomainError `currency_mismatch` */
export function requireTemplateCurrency(currency: string, templateCurrency: string | null): void {
  if (templateCurrency === null || templateCurrency === currency) return;
  throw new DomainError(
    'currency_mismatch',
    `the template has amounts in ${templateCurrency}, the client is billed in ${currency}: choose a template in ${currency}`,
    '/clientTemplateId',
  );
}
