import { Anchor, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { Link, Navigate, useSearchParams } from 'react-router';
import { isApiError } from '../../api/problems';
import { t } from '../../i18n/t';
import { LoginProblem } from '../../ui/login/LoginProblem';
import { logIn, panelSessionQuery } from '../panel-session';
import { PanelLoginFrame } from './PanelLoginFrame';

/** Plain fields with their autocomplete names, so that password managers and pasting work. */
export function LoginPage() {
  const queries = useQueryClient();
  const [parameters] = useSearchParams();
  const { data: session } = useQuery(panelSessionQuery);
  const [fault, setFault] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  if (session) return <Navigate to="/" replace />;
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    setBusy(true);
    setFault(null);
    try {
      await logIn(queries, String(fields.get('login')), String(fields.get('password')));
    } catch (error) {
      setFault(error);
    } finally {
      setBusy(false);
    }
  };
  const isWrong = isApiError(fault) && fault.code === 'login_failed';
  return (
    <PanelLoginFrame title={t('panel.logIn')}>
      <form onSubmit={submit} aria-labelledby="panel-login-title">
        <Stack gap="md">
          {!fault && parameters.has('ended') && <Text size="sm">{t('panel.pleaseLogIn')}</Text>}
          <LoginProblem fault={fault} />
          <TextInput
            name="login"
            label={t('panel.login')}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            aria-invalid={isWrong}
            required
            withAsterisk={false}
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
    </PanelLoginFrame>
  );
}
