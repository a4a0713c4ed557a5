import { Text, TextInput, type TextInputProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { useDraftText } from './use-draft-text';

interface PercentInputProps extends Omit<TextInputProps, 'value' | 'defaultValue' | 'onChange'> {
  /** a decimal string; empty: none */
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A share in percent: `7,5`, `7.5%`. What is none is checked by `percentError`. */
export function PercentInput({ value, onChange, onBlur, ...rest }: PercentInputProps): ReactNode {
  const typed = useDraftText(value, (percent) => percent);
  const change = (text: string): void => {
    const next = text.replace(/[\s%]/g, '').replace(',', '.');
    typed.type(text, next);
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
          %
        </Text>
      }
    />
  );
}
