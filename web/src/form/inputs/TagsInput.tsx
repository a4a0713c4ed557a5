import { TagsInput as MantineTagsInput, type TagsInputProps as MantineProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../i18n/t';

interface TagsInputProps extends Omit<MantineProps, 'value' | 'onChange' | 'data'> {
  readonly value: readonly string[];
  readonly onChange: (value: string[]) => void;
  /** tags that are in use already */
  readonly known?: readonly string[];
}

/** Free words as chips. */
export function TagsInput({ value, onChange, known = [], ...rest }: TagsInputProps): ReactNode {
  return (
    <MantineTagsInput
      description={t('form.tags.hint')}
      {...rest}
      data={[...known]}
      value={[...value]}
      onChange={onChange}
      splitChars={[',']}
      acceptValueOnBlur
    />
  );
}
