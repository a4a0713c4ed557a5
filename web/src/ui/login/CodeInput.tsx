import { TextInput, type TextInputProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../i18n/t';

type CodeInputProps = Omit<TextInputProps, 'type' | 'inputMode' | 'autoComplete'> & {
  /** also takes a recovery code, which has letters */
  readonly takesRecoveryCode?: boolean;
};

/** A code of an authenticator app; phones and password managers fill it in. */
export function CodeInput({ takesRecoveryCode = false, ...props }: CodeInputProps): ReactNode {
  return (
    <TextInput
      label={t('account.code')}
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      inputMode={takesRecoveryCode ? 'text' : 'numeric'}
      maxLength={40}
      {...props}
    />
  );
}
