import { Anchor, Button, Center, Group, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, type FormEvent } from 'react';
import { Navigate, useSearchParams } from 'react-router';
import { isApiError } from '../../api/problems';
import { t } from '../../i18n/t';
import { returnPath } from '../../session/return-path';
import { logIn, sessionQuery } from '../../session/session';
import { LoginProblem } from './LoginProblem';

/** Plain fields with their autocomplete names, so that password managers and pasting work (WCAG 3.3.8). */
export default function LoginPage() {
  const queries = useQueryClient();
  const [parameters] = useSearchParams();
  const { data: session } = useQuery(sessionQuery);
  const [fault, setFault] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const next = returnPath(parameters.get('next'));
  useEffect(() => {
    document.title = `${t('session.title')} · Lowwater`;
  }, []);
  if (session) return <Navigate to={next} replace />;
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    setBusy(true);
    setFault(null);
    try {
      await logIn(queries, String(fields.get('email')), String(fields.get('password')));
    } catch (error) {
      setFault(error);
    } finally {
      setBusy(false);
    }
  };
  const isWrong = isApiError(fault) && fault.code === 'login_failed';
  return (
    <Center component="main" mih="100dvh" p="md">
      <Stack w="100%" maw={380} gap="lg">
        <Stack gap={4}>
          <Group gap="xs">
            <img src="/favicon.svg" alt="" width={30} height={30} />
            <Text fw={650} size="xl">
              Lowwater
            </Text>
          </Group>
          <Text size="sm" c="dimmed">
            {t('session.lead')}
          </Text>
        </Stack>
        <Paper withBorder p="lg" radius="md">
          <form onSubmit={submit} aria-labelledby="login-title">
            <Stack gap="md">
              <Title order={1} size="h4" id="login-title">
                {t('session.title')}
              </Title>
              {!fault && parameters.has('next') && <Text size="sm">{t('session.ended')}</Text>}
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
              <Button type="submit" loading={busy} fullWidth>
                {t('session.logIn')}
              </Button>
            </Stack>
          </form>
        </Paper>
        <Text size="sm" c="dimmed">
          {t('session.firstStart')} {t('session.lost')}{' '}
          <Anchor href="/docs" inherit underline="always">
            {t('common.docs')}
          </Anchor>
        </Text>
      </Stack>
    </Center>
  );
}
