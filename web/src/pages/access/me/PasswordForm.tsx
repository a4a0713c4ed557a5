import { Button, Group, PasswordInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../../../api/client';
import { keys } from '../../../api/keys';
import { isApiError, sentence, type FieldProblem } from '../../../api/problems';
import { t } from '../../../i18n/t';
import { NewPasswordInput, newPasswordError } from '../../../ui/login/NewPasswordInput';
import { toastDone, toastFailure } from '../../../ui/toast';
import { Panel } from './Panel';

const problemText = ({ pointer, detail }: FieldProblem): string =>
  pointer === '#/current' ? t('me.passwordWrong') : sentence(detail);

/** @param email for the password manager: it has no field here */
export function PasswordForm({ email }: { readonly email: string }) {
  const queries = useQueryClient();
  const form = useForm({
    initialValues: { current: '', next: '' },
    validate: {
      current: (text) => (text === '' ? t('common.required') : null),
      next: newPasswordError,
    },
  });
  const change = useMutation({
    mutationFn: (body: { current: string; next: string }) => unwrap(api.POST('/v1/me/password', { body })),
    onSuccess() {
      form.reset();
      toastDone(t('me.passwordChanged'));
      void queries.invalidateQueries({ queryKey: keys.mySessions });
    },
    onError(error) {
      const faults = isApiError(error) ? error.errors.filter(({ pointer }) => /^#\/(current|next)$/.test(pointer)) : [];
      if (faults.length === 0) return toastFailure(error);
      form.setErrors(Object.fromEntries(faults.map((fault) => [fault.pointer.slice(2), problemText(fault)])));
    },
  });
  return (
    <Panel title={t('me.password')}>
      <form onSubmit={form.onSubmit((body) => change.mutate(body))}>
        <Stack gap="md">
          <input type="email" name="username" autoComplete="username" value={email} readOnly hidden />
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
    </Panel>
  );
}
