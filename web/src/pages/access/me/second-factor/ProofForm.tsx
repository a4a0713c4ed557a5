import { Button, Group, PasswordInput, Stack } from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';
import { isApiError } from '../../../../api/problems';
import { t } from '../../../../i18n/t';
import { useMe } from '../../../../session/session';
import { CodeInput } from '../../../../ui/login/CodeInput';
import { LoginProblem } from '../../../../ui/login/LoginProblem';

export interface Proof {
  readonly password: string;
  /** of the app in use; empty where none is asked for */
  readonly code: string;
}

interface ProofFormProps {
  readonly needsCode: boolean;
  readonly isDangerous: boolean;
  /** throws where the proof is wrong */
  readonly onProof: (proof: Proof) => Promise<void>;
}

/** What users show before they change how they log in: an open session alone is no right to it. */
export function ProofForm({ needsCode, isDangerous, onProof }: ProofFormProps): ReactNode {
  const { email } = useMe();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [fault, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const isWrong = (pointer: string): boolean =>
    isApiError(fault) && fault.errors.some((error) => error.pointer === pointer);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    event.stopPropagation();
    setBusy(true);
    setError(null);
    try {
      await onProof({ password, code });
    } catch (error) {
      setError(error);
      setBusy(false);
    }
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {!isWrong('#/password') && !isWrong('#/code') && <LoginProblem fault={fault} />}
        <input type="email" name="username" autoComplete="username" value={email ?? ''} readOnly hidden />
        <PasswordInput
          label={t('session.password')}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': t('session.showPassword'), tabIndex: 0 }}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={isWrong('#/password') ? t('me.passwordWrong') : undefined}
          required
          withAsterisk={false}
          data-autofocus
        />
        {needsCode && (
          <CodeInput
            takesRecoveryCode
            description={t('account.step.hint')}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            error={isWrong('#/code') ? t('problems.code_wrong') : undefined}
            required
            withAsterisk={false}
          />
        )}
        <Group justify="flex-end">
          <Button
            type="submit"
            {...(isDangerous && { color: 'red' })}
            loading={isBusy}
            disabled={password === '' || (needsCode && code.trim() === '')}
          >
            {t(isDangerous ? 'account.factor.turnOff' : 'account.continue')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
