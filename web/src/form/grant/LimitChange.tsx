import { t } from '../../i18n/t';
import { Money } from '../../ui/text/Money';
import { addAmounts } from '../../ui/text/money-text';

interface LimitChangeProps {
  readonly creditLimit: string;
  readonly amount: string;
  readonly currency: string;
}

/** The permanent limit, and what it is with the credit. */
export function LimitChange({ creditLimit, amount, currency }: LimitChangeProps) {
  return (
    <>
      <Money value={{ amount: creditLimit, currency }} />
      <span aria-label={t('credit.becomes')}> → </span>
      <Money value={{ amount: addAmounts(creditLimit, amount), currency }} />
    </>
  );
}
