import { NumberInput, type NumberInputProps } from '@mantine/core';
import type { ReactNode, Ref } from 'react';

type IntegerInputProps = Omit<NumberInputProps, 'min' | 'max' | 'clampBehavior' | 'allowDecimal' | 'allowNegative'> & {
  readonly ref?: Ref<HTMLInputElement>;
};

/**
 * A whole number. What is typed stays as it is typed, out of range or with decimals too: the check of the form refuses
 * it with its bounds, where an input that corrects it would save another number than the one that was meant.
 */
export function IntegerInput(props: IntegerInputProps): ReactNode {
  return <NumberInput {...props} clampBehavior="none" />;
}
