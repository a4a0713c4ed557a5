import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { api, unwrap } from '../../../api/client';
import { isApiError, sentence } from '../../../api/problems';
import type { AccountLink } from '../../../api/types';
import { t } from '../../../i18n/t';
import { LoginProblem } from '../../../ui/login/LoginProblem';
import { NewPasswordInput, newPasswordError } from '../../../ui/login/NewPasswordInput';
import { Time } from '../../../ui/text/Time';

interface PasswordFormProps {
  readonly token: string;
  readonly link: AccountLink;
  readonly onDone: () => void;
}

export function PasswordForm({ token, link, onDone }: PasswordFormProps) {
  const form = useForm({ initialValues: { password: '' }, validate: { password: newPasswordError } });
  const set = useMutation({
    mutationFn: ({ password }: { password: string }) =>
      unwrap(api.POST('/v1/account-links/use', { body: { token, password } })),
    onSuccess: onDone,
    onError(error) {
      const fault = isApiError(error) ? error.errors.find(({ pointer }) => pointer === '#/password') : undefined;
      if (fault) form.setFieldError('password', sentence(fault.detail));
    },
  });
  const isOfField = isApiError(set.error) && set.error.errors.some(({ pointer }) => pointer === '#/password');
  return (
    <form onSubmit={form.onSubmit((values) => set.mutate(values))} aria-labelledby="set-password-title" noValidate>
      <Stack gap="md">
        <Text size="sm">{t(`account.link.${link.kind}`, { name: link.name })}</Text>
        {!isOfField && <LoginProblem fault={set.error} />}
        <TextInput
          type="email"
          name="username"
          label={t('session.email')}
          autoComplete="username"
          value={link.email}
          readOnly
          variant="filled"
        />
        <NewPasswordInput
          description={t('account.set.hint')}
          autoFocus
          required
          withAsterisk={false}
          {...form.getInputProps('password')}
        />
        <Button type="submit" loading={set.isPending} fullWidth>
          {t('account.set.action')}
        </Button>
        <Text size="xs" c="dimmed">
          {t('account.link.until')} <Time at={link.expiresAt} />
        </Text>
      </Stack>
    </form>
  );
}
