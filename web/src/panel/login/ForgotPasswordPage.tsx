import { Alert, Anchor, Button, Stack, Text, TextInput } from '@mantine/core';
import { IconMail } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { Link } from 'react-router';
import { api, unwrap } from '../../api/client';
import { t } from '../../i18n/t';
import { LoginProblem } from '../../ui/login/LoginProblem';
import { PanelLoginFrame } from './PanelLoginFrame';

/** The same answer, whether there is such a login or not. */
export function ForgotPasswordPage() {
  const request = useMutation({
    mutationFn: (login: string) => unwrap(api.POST('/v1/panel/password-resets', { body: { login } })),
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    request.mutate(String(new FormData(event.currentTarget).get('login')));
  };
  return (
    <PanelLoginFrame title={t('panel.forgot')}>
      {request.data ? (
        <Alert role="status" variant="light" color="blue" icon={<IconMail aria-hidden />}>
          {t('panel.forgotSent', { n: request.data.validMinutes })}
        </Alert>
      ) : (
        <form onSubmit={submit} aria-labelledby="panel-login-title">
          <Stack gap="md">
            <Text size="sm">{t('panel.forgotText')}</Text>
            <LoginProblem fault={request.error} />
            <TextInput
              name="login"
              label={t('panel.login')}
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              required
              withAsterisk={false}
              autoFocus
            />
            <Button type="submit" loading={request.isPending} fullWidth>
              {t('panel.forgotSend')}
            </Button>
          </Stack>
        </form>
      )}
      <Anchor component={Link} to="/login" size="sm" underline="always">
        {t('panel.toLogin')}
      </Anchor>
    </PanelLoginFrame>
  );
}
