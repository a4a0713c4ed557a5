import { Text, TextInput, type TextInputProps } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { intlLocale } from '../../i18n/language';
import { t } from '../../i18n/t';
import { amountText, moneyText } from '../../ui/text/money-text';
import { parseMoney } from './parse-money';
import { useDraftText } from './use-draft-text';

interface MoneyInputProps extends Omit<TextInputProps, 'value' | 'defaultValue' | 'onChange'> {
  /** a decimal string; empty: no amount */
  readonly value: string;
  /** gets a decimal string, or the text as it is where that is no amount: `moneyError` says so */
  readonly onChange: (value: string) => void;
  readonly currency: string;
}

/** Money as people type it: `1,234.5`, `1 234,50`, `−5`, pasted with its currency. Shows how it is read. */
export function MoneyInput({ value, onChange, currency, onBlur, description, ...rest }: MoneyInputProps): ReactNode {
  const locale = intlLocale();
  // What is no amount stays as it is typed, next to what is wrong with it.
  const show = (text: string): string =>
    'amount' in parseMoney(text, 'en') ? amountText(text, currency, locale) : text;
  const typed = useDraftText(value, show);
  const read = typed.text.trim() === '' ? null : parseMoney(typed.text, locale);
  // Once shown, the reading stays: a line that goes when the field is left would move the button that is being clicked.
  const [isReadShown, setReadShown] = useState(false);
  const change = (text: string): void => {
    const parsed = text.trim() === '' ? { amount: '' } : parseMoney(text, locale);
    const next = 'amount' in parsed ? parsed.amount : text;
    typed.type(text, next);
    if ('amount' in parsed && amountText(parsed.amount, currency, locale) !== text) setReadShown(true);
    onChange(next);
  };
  return (
    <TextInput
      {...rest}
      inputMode="decimal"
      autoComplete="off"
      styles={{ input: { textAlign: 'right', fontVariantNumeric: 'tabular-nums' } }}
      value={typed.text}
      onChange={(event) => change(event.currentTarget.value)}
      onBlur={(event) => {
        typed.tidy();
        onBlur?.(event);
      }}
      rightSection={
        <Text size="xs" c="dimmed">
          {currency}
        </Text>
      }
      rightSectionWidth={44}
      error={rest.error ?? (read !== null && 'fault' in read && rest.error !== null ? t(read.fault) : undefined)}
      description={
        isReadShown && read !== null && 'amount' in read
          ? t('form.money.reads', { amount: moneyText(read.amount, currency, locale) })
          : description
      }
      inputWrapperOrder={['label', 'input', 'description', 'error']}
    />
  );
}
