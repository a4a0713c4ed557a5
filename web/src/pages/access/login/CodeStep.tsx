import { Button, Stack, Text, Title } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { api, unwrap } from '../../../api/client';
import { isApiError, problemTitle } from '../../../api/problems';
import type { Session } from '../../../api/types';
import { t } from '../../../i18n/t';
import { CodeInput } from '../../../ui/login/CodeInput';
import { LoginProblem } from '../../../ui/login/LoginProblem';

export interface SecondStepProps {
  readonly challenge: string;
  readonly onDone: (session: Session) => void;
  /** back to the password */
  readonly onAgain: () => void;
}

/** The second step: a code of the app, or a recovery code. */
export function CodeStep({ challenge, onDone, onAgain }: SecondStepProps) {
  const [code, setCode] = useState('');
  const [fault, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const isWrong = isApiError(fault) && fault.code === 'code_wrong';
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      onDone(await unwrap(api.POST('/v1/session/second-step', { body: { challenge, code } })));
    } catch (error) {
      setError(error);
      setBusy(false);
    }
  };
  return (
    <form onSubmit={submit} aria-labelledby="login-title" noValidate>
      <Stack gap="md">
        <Title order={1} size="h4" id="login-title">
          {t('account.step.title')}
        </Title>
        <Text size="sm">{t('account.step.text')}</Text>
        {!isWrong && <LoginProblem fault={fault} />}
        <CodeInput
          takesRecoveryCode
          description={t('account.step.hint')}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          error={isWrong ? problemTitle(fault) : undefined}
          required
          withAsterisk={false}
          autoFocus
        />
        <Button type="submit" loading={isBusy} disabled={code.trim() === ''} fullWidth>
          {t('session.logIn')}
        </Button>
        <Button variant="subtle" onClick={onAgain}>
          {t('account.step.again')}
        </Button>
      </Stack>
    </form>
  );
}
