import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../i18n/t';

/** Of a password; the service refuses what is too easy to guess. */
const minLength = 12;

export function newPasswordError(text: string): string | null {
  return [...text].length < minLength ? t('me.passwordShort') : null;
}

/** A password that is chosen; password managers offer one. */
export function NewPasswordInput(props: PasswordInputProps): ReactNode {
  return (
    <PasswordInput
      label={t('me.passwordNext')}
      autoComplete="new-password"
      maxLength={256}
      visibilityToggleButtonProps={{ 'aria-label': t('session.showPassword'), tabIndex: 0 }}
      {...props}
    />
  );
}
