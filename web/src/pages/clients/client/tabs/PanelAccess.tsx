import { Anchor, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconKey, IconMailForward } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { api, unwrap } from '../../../../api/client';
import { keys } from '../../../../api/keys';
import { isApiError, sentence } from '../../../../api/problems';
import type { components } from '../../../../api/schema';
import { t } from '../../../../i18n/t';
import { ActionButton } from '../../../../session/ActionButton';
import { NewPasswordInput, newPasswordError } from '../../../../ui/login/NewPasswordInput';
import { Time } from '../../../../ui/text/Time';
import { toastDone, toastFailure } from '../../../../ui/toast';
import { Facts } from '../Facts';
import type { Client } from '../queries';

type Access = components['schemas']['PanelAccess'];

/** How the client's own people get into the client panel. */
export default function PanelAccess({ client }: { readonly client: Client }): ReactNode {
  const queries = useQueryClient();
  const [isSetting, setSetting] = useState(false);
  const path = { id: client.id };
  const queryKey = keys.one('clients', client.id, 'panel');
  const access = useQuery({
    queryKey,
    queryFn: ({ signal }) => unwrap(api.GET('/v1/clients/{id}/panel', { params: { path }, signal })),
  });
  const done = async (message: string): Promise<void> => {
    toastDone(message);
    await queries.invalidateQueries({ queryKey });
  };
  const invite = useMutation({
    mutationFn: () => unwrap(api.POST('/v1/clients/{id}/panel/invitation', { params: { path }, body: {} })),
    onSuccess: ({ email }) => done(t('client.panel.invited', { email })),
    onError: toastFailure,
  });
  return (
    <Stack gap="sm" mt="sm">
      {access.data && <Facts facts={factsOf(access.data)} />}
      <Group gap="xs">
        <ActionButton
          operation="inviteToPanel"
          size="xs"
          leftSection={<IconMailForward size={16} aria-hidden />}
          blocked={client.billingEmail === null ? t('client.panel.noEmail') : null}
          loading={invite.isPending}
          onClick={() => invite.mutate()}
        >
          {t('client.panel.invite')}
        </ActionButton>
        <ActionButton
          operation="setPanelPassword"
          size="xs"
          variant="default"
          leftSection={<IconKey size={16} aria-hidden />}
          onClick={() => setSetting(true)}
        >
          {t('client.panel.setPassword')}
        </ActionButton>
        <Anchor href="/panel" target="_blank" size="sm" underline="always">
          {t('client.panel.open')}
        </Anchor>
      </Group>
      <PasswordDialog
        client={client}
        opened={isSetting}
        onClose={() => setSetting(false)}
        onDone={() => void done(t('client.panel.passwordSet'))}
      />
    </Stack>
  );
}

function factsOf({ passwordSetAt, lastLoginAt, sessions, invitation }: Access): (readonly [string, ReactNode])[] {
  return [
    [t('client.panel.password'), <Time key="password" at={passwordSetAt} none={t('client.panel.noPassword')} />],
    [t('client.panel.lastLogin'), <Time key="login" at={lastLoginAt} show="both" />],
    [t('client.panel.sessions'), String(sessions)],
    ...(invitation ? [[t('client.panel.invitedAt'), <Time key="invited" at={invitation.sentAt} />] as const] : []),
  ];
}

interface PasswordDialogProps {
  readonly client: Client;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

function PasswordDialog({ client, opened, onClose, onDone }: PasswordDialogProps): ReactNode {
  const form = useForm({ initialValues: { password: '' }, validate: { password: newPasswordError } });
  const close = (): void => {
    form.reset();
    onClose();
  };
  const set = useMutation({
    mutationFn: (body: { password: string }) =>
      unwrap(api.POST('/v1/clients/{id}/panel/password', { params: { path: { id: client.id } }, body })),
    onSuccess() {
      close();
      onDone();
    },
    onError(error) {
      const fault = isApiError(error) ? error.errors.find(({ pointer }) => pointer === '#/password') : undefined;
      if (fault) form.setFieldError('password', sentence(fault.detail));
      else toastFailure(error);
    },
  });
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t('client.panel.setPasswordOf', { name: client.name })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form onSubmit={form.onSubmit((body) => set.mutate(body))} noValidate>
        <Stack gap="md">
          <Text size="sm">{t('client.panel.setPasswordText')}</Text>
          <NewPasswordInput description={t('me.passwordHint')} {...form.getInputProps('password')} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={set.isPending}>
              {t('client.panel.setPassword')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
