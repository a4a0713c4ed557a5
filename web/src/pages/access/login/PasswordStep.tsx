import { Anchor, Button, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { Link } from 'react-router';
import { isApiError } from '../../../api/problems';
import type { LoginChallenge } from '../../../api/types';
import { t } from '../../../i18n/t';
import { logIn } from '../../../session/session';
import { LoginProblem } from '../../../ui/login/LoginProblem';

interface PasswordStepProps {
  /** a session has ended: the user comes back */
  readonly isEnded: boolean;
  readonly onChallenge: (challenge: LoginChallenge) => void;
}

/** Plain fields with their autocomplete names, so that password managers and pasting work (WCAG 3.3.8). */
export function PasswordStep({ isEnded, onChallenge }: PasswordStepProps) {
  const queries = useQueryClient();
  const [fault, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    setBusy(true);
    setError(null);
    try {
      const challenge = await logIn(queries, String(fields.get('email')), String(fields.get('password')));
      if (challenge) onChallenge(challenge);
    } catch (error) {
      setError(error);
    } finally {
      setBusy(false);
    }
  };
  const isWrong = isApiError(fault) && fault.code === 'login_failed';
  return (
    <form onSubmit={submit} aria-labelledby="login-title">
      <Stack gap="md">
        <Title order={1} size="h4" id="login-title">
          {t('session.title')}
        </Title>
        {!fault && isEnded && <Text size="sm">{t('session.ended')}</Text>}
        <LoginProblem fault={fault} />
        <TextInput
          name="email"
          type="email"
          label={t('session.email')}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          aria-invalid={isWrong}
          required
          withAsterisk={false}
          data-autofocus
          autoFocus
        />
        <PasswordInput
          name="password"
          label={t('session.password')}
          autoComplete="current-password"
          aria-invalid={isWrong}
          visibilityToggleButtonProps={{ 'aria-label': t('session.showPassword'), tabIndex: 0 }}
          required
          withAsterisk={false}
        />
        <Button type="submit" loading={isBusy} fullWidth>
          {t('session.logIn')}
        </Button>
        <Anchor component={Link} to="/forgot-password" size="sm" underline="always">
          {t('session.lost')}
        </Anchor>
      </Stack>
    </form>
  );
}
