import { Alert, Anchor, Button, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconCircleCheck } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { api, unwrap } from '../../api/client';
import { isApiError, sentence } from '../../api/problems';
import type { components } from '../../api/schema';
import { t } from '../../i18n/t';
import { LoginProblem } from '../../ui/login/LoginProblem';
import { NewPasswordInput, newPasswordError } from '../../ui/login/NewPasswordInput';
import { BrokenLink } from './BrokenLink';
import { panelLinkQuery } from './link-query';
import { PanelLoginFrame } from './PanelLoginFrame';

/** Where the links of invitations and forgotten passwords lead. */
export function SetPasswordPage() {
  const [token] = useState(() => location.hash.slice(1));
  const [isDone, setDone] = useState(false);
  const link = useQuery(panelLinkQuery(token));
  return (
    <PanelLoginFrame title={t('panel.setPassword')}>
      {isDone && (
        <Alert role="status" variant="light" color="green" icon={<IconCircleCheck aria-hidden />}>
          {t('panel.passwordSet')}
        </Alert>
      )}
      {!isDone && token !== '' && link.isPending && <Skeleton h={180} />}
      {!isDone && (token === '' || link.error) && <BrokenLink error={link.error} />}
      {!isDone && link.data && <PasswordForm token={token} link={link.data} onDone={() => setDone(true)} />}
      <Anchor component={Link} to="/login" size="sm" underline="always">
        {t('panel.toLogin')}
      </Anchor>
    </PanelLoginFrame>
  );
}

interface PasswordFormProps {
  readonly token: string;
  readonly link: components['schemas']['PanelLink'];
  readonly onDone: () => void;
}

function PasswordForm({ token, link, onDone }: PasswordFormProps): ReactNode {
  const form = useForm({ initialValues: { password: '' }, validate: { password: newPasswordError } });
  const isOfField = (error: unknown): boolean =>
    isApiError(error) && error.errors.some(({ pointer }) => pointer === '#/password');
  const set = useMutation({
    mutationFn: ({ password }: { password: string }) =>
      unwrap(api.POST('/v1/panel/links/use', { body: { token, password } })),
    onSuccess: onDone,
    onError(error) {
      const fault = isApiError(error) ? error.errors.find(({ pointer }) => pointer === '#/password') : undefined;
      if (fault) form.setFieldError('password', sentence(fault.detail));
    },
  });
  return (
    <form onSubmit={form.onSubmit((values) => set.mutate(values))} aria-labelledby="panel-login-title" noValidate>
      <Stack gap="md">
        <Text size="sm">{t('panel.setPasswordFor', { name: link.clientName })}</Text>
        {!isOfField(set.error) && <LoginProblem fault={set.error} />}
        <TextInput
          name="username"
          label={t('panel.login')}
          autoComplete="username"
          value={link.login}
          readOnly
          variant="filled"
        />
        <NewPasswordInput
          description={t('me.passwordHint')}
          required
          withAsterisk={false}
          {...form.getInputProps('password')}
        />
        <Button type="submit" loading={set.isPending} fullWidth>
          {t('panel.setPassword')}
        </Button>
      </Stack>
    </form>
  );
}
