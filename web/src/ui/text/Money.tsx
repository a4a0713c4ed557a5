import type { ReactNode } from 'react';
import { intlLocale } from '../../i18n/language';
import { t } from '../../i18n/t';
import classes from './Money.module.css';
import { amountText, isNegative, isZero } from './money-text';

/** Money as the API writes it; null is a balance that is not known. */
type MoneyValue =
  { readonly amount: string; readonly currency: string } | { readonly unlimited: true; readonly currency: string };

interface MoneyProps {
  readonly value: MoneyValue | null | undefined;
}

/** An amount with its currency. Unlimited, unknown and zero look different. */
export function Money({ value }: MoneyProps): ReactNode {
  if (!value) return <span className={classes['label']}>{t('ui.money.unknown')}</span>;
  if ('unlimited' in value) return <span className={classes['label']}>{t('ui.money.unlimited')}</span>;
  return (
    <span className={classes['money']} data-negative={isNegative(value.amount) || undefined}>
      {amountText(value.amount, value.currency, intlLocale())}
      <span className={classes['currency']}>&nbsp;{value.currency}</span>
    </span>
  );
}

interface SignedMoneyProps {
  readonly amount: string;
  readonly currency: string;
}

/** A change of money: `+50.00 USD`, `−3.20 USD`. */
export function SignedMoney({ amount, currency }: SignedMoneyProps): ReactNode {
  const raised = !isNegative(amount) && !isZero(amount);
  return (
    <span
      className={classes['money']}
      data-negative={isNegative(amount) || undefined}
      data-raised={raised || undefined}
    >
      {amountText(amount, currency, intlLocale(), { signed: true })}
      <span className={classes['currency']}>&nbsp;{currency}</span>
    </span>
  );
}
