import { Alert, Anchor, Button, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconMail } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { Link } from 'react-router';
import { api, unwrap } from '../../../api/client';
import { isApiError } from '../../../api/problems';
import { t } from '../../../i18n/t';
import { LoginFrame } from '../../../ui/login/LoginFrame';
import { LoginProblem } from '../../../ui/login/LoginProblem';

/** Asks for a link by email. The page says the same whether or not the address is known. */
export default function ForgotPasswordPage() {
  const request = useMutation({
    mutationFn: (email: string) => unwrap(api.POST('/v1/password-resets', { body: { email } })),
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    request.mutate(String(new FormData(event.currentTarget).get('email')));
  };
  const isUnset = isApiError(request.error) && request.error.code === 'not_configured';
  return (
    <LoginFrame title={t('account.forgot.title')}>
      <Stack gap="md">
        <Title order={1} size="h4" id="forgot-title">
          {t('account.forgot.title')}
        </Title>
        {request.isSuccess ? (
          <Alert role="status" variant="light" icon={<IconMail aria-hidden />} title={t('account.forgot.sent')}>
            {t('account.forgot.sentText', { email: request.variables, n: request.data.validMinutes })}
          </Alert>
        ) : (
          <form onSubmit={submit} aria-labelledby="forgot-title">
            <Stack gap="md">
              <Text size="sm">{t('account.forgot.text')}</Text>
              {isUnset ? (
                <Alert role="alert" variant="light" color="orange">
                  {t('account.forgot.unavailable')}
                </Alert>
              ) : (
                <LoginProblem fault={request.error} />
              )}
              <TextInput
                name="email"
                type="email"
                label={t('session.email')}
                autoComplete="username"
                autoCapitalize="none"
                spellCheck={false}
                required
                withAsterisk={false}
                autoFocus
              />
              <Button type="submit" loading={request.isPending} fullWidth>
                {t('account.forgot.send')}
              </Button>
            </Stack>
          </form>
        )}
        <Anchor component={Link} to="/login" size="sm" underline="always">
          {t('account.toLogin')}
        </Anchor>
      </Stack>
    </LoginFrame>
  );
}
