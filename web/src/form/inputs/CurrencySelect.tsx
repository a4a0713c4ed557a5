import { Select, type SelectProps } from '@mantine/core';
import { useMemo, type ReactNode } from 'react';
import { displayNames, supportedValues } from '../../i18n/intl';
import { intlLocale } from '../../i18n/language';
import { t } from '../../i18n/t';

interface CurrencySelectProps extends Omit<SelectProps, 'value' | 'onChange' | 'data'> {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** the codes to choose from; by default all of ISO 4217 */
  readonly currencies?: readonly string[];
}

const shownAtOnce = 50;

/** A currency by its code or its name. */
export function CurrencySelect({ value, onChange, currencies, ...rest }: CurrencySelectProps): ReactNode {
  const locale = intlLocale();
  const data = useMemo(() => {
    const names = displayNames(locale, { type: 'currency' });
    return (currencies ?? supportedValues('currency')).map((code) => ({
      value: code,
      label: `${code} · ${names.of(code)}`,
    }));
  }, [locale, currencies]);
  return (
    <Select
      label={t('form.currency')}
      {...rest}
      data={data}
      limit={shownAtOnce}
      searchable
      selectFirstOptionOnChange
      nothingFoundMessage={t('form.currency.none')}
      comboboxProps={{ withinPortal: false, ...rest.comboboxProps }}
      value={value === '' ? null : value}
      onChange={(code) => onChange(code ?? '')}
    />
  );
}
