import { DomainError } from '../../domain/errors.js';
import { money } from './schemas.js';

/** A bound of a list: an amount in the currency that the filter `currency` names. */
export const amountFilter = money().openapi({ type: 'string', description: 'Requires `currency`', example: '-100.00' });

/**
 * An amount of no currency compares what cannot be compared.
 *
 * @throws DomainError `invalid` for the first of the filters that is given without a currency
 */
export function requireCurrency<Name extends string>(
  asked: Readonly<Record<Name | 'currency', unknown>>,
  amounts: readonly Name[],
): void {
  const given = amounts.find((name) => asked[name] !== null);
  if (given === undefined || asked.currency !== null) return;
  throw new DomainError('invalid', 'must be combined with `currency`', `/query/${given}`);
}
