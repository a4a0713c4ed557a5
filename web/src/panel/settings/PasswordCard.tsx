import { Button, Group, PasswordInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { api, unwrap } from '../../api/client';
import { t } from '../../i18n/t';
import { NewPasswordInput, newPasswordError } from '../../ui/login/NewPasswordInput';
import { toastDone } from '../../ui/toast';
import { faultsOf } from '../faults';
import { PanelCard } from '../PanelCard';
import { usePanelSession } from '../session-context';

export function PasswordCard() {
  const { client } = usePanelSession();
  const form = useForm({
    initialValues: { current: '', next: '' },
    validate: { current: (text) => (text === '' ? t('common.required') : null), next: newPasswordError },
  });
  const change = useMutation({
    mutationFn: (body: { current: string; next: string }) => unwrap(api.POST('/v1/panel/password', { body })),
    onSuccess() {
      form.reset();
      toastDone(t('me.passwordChanged'));
    },
    onError: (error) => form.setErrors(faultsOf(error, ['current', 'next'])),
  });
  return (
    <PanelCard title={t('me.password')}>
      <form onSubmit={form.onSubmit((body) => change.mutate(body))} noValidate>
        <Stack gap="md">
          <input type="text" name="username" autoComplete="username" value={client.login} readOnly hidden />
          <PasswordInput
            label={t('me.passwordCurrent')}
            autoComplete="current-password"
            visibilityToggleButtonProps={{ 'aria-label': t('session.showPassword'), tabIndex: 0 }}
            {...form.getInputProps('current')}
          />
          <NewPasswordInput description={t('me.passwordHint')} {...form.getInputProps('next')} />
          <Group justify="flex-end">
            <Button type="submit" variant="default" loading={change.isPending}>
              {t('me.passwordChange')}
            </Button>
          </Group>
        </Stack>
      </form>
    </PanelCard>
  );
}
