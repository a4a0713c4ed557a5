import { Divider, Group } from '@mantine/core';
import { IconKey, IconTrash } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, unwrap } from '../../../api/client';
import type { User } from '../../../api/types';
import { ConfirmDialog } from '../../../form/dialogs/ConfirmDialog';
import { t } from '../../../i18n/t';
import { refreshLists } from '../../../list/refresh';
import { ActionButton } from '../../../session/ActionButton';
import { NewPasswordInput, newPasswordError } from '../../../ui/login/NewPasswordInput';
import { toastDone } from '../../../ui/toast';
import { LoginActions } from './LoginActions';

interface UserActionsProps {
  readonly user: User;
  readonly etag: string;
  readonly isMyself: boolean;
  readonly onDone: () => void;
}

/** What is done to a user besides changing the fields: inviting, another password, deleting. */
export function UserActions({ user, etag, isMyself, onDone }: UserActionsProps) {
  const { id, name, profiles } = user;
  const [asking, setAsking] = useState<'password' | 'delete' | null>(null);
  const [password, setPassword] = useState('');
  const queries = useQueryClient();
  const done = async (message: string): Promise<void> => {
    toastDone(message);
    onDone();
    await refreshLists(queries, 'users');
  };
  const path = { id };
  return (
    <>
      <Divider />
      <LoginActions user={user} isMyself={isMyself} onDone={done} />
      <Group>
        <ActionButton
          operation="setUserPassword"
          variant="default"
          leftSection={<IconKey size={16} aria-hidden />}
          blocked={isMyself ? t('settings.users.ownPassword') : null}
          onClick={() => {
            setPassword('');
            setAsking('password');
          }}
        >
          {t('settings.users.setPassword')}
        </ActionButton>
        <ActionButton
          operation="deleteUser"
          variant="default"
          leftSection={<IconTrash size={16} aria-hidden />}
          blocked={deleteBlock(isMyself, profiles)}
          onClick={() => setAsking('delete')}
        >
          {t('common.delete')}
        </ActionButton>
      </Group>
      <ConfirmDialog
        opened={asking === 'password'}
        onClose={() => setAsking(null)}
        title={t('settings.users.passwordOf', { name })}
        effect={t('settings.users.passwordEffect')}
        confirm={t('settings.users.setPassword')}
        reason="optional"
        isFilled={newPasswordError(password) === null}
        onConfirm={async (reason) => {
          const body = { password, ...(reason && { reason }) };
          await unwrap(api.POST('/v1/users/{id}/password', { params: { path }, body }));
          await done(t('settings.users.passwordSet', { name }));
        }}
      >
        <NewPasswordInput
          description={t('me.passwordShort')}
          withAsterisk
          data-autofocus
          aria-required
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
      </ConfirmDialog>
      <ConfirmDialog
        opened={asking === 'delete'}
        onClose={() => setAsking(null)}
        title={t('settings.users.deleteOf', { name })}
        effect={t('settings.users.deleteEffect')}
        confirm={t('common.delete')}
        isDangerous
        onConfirm={async () => {
          const header = { 'If-Match': etag };
          await unwrap(api.DELETE('/v1/users/{id}', { params: { path, header } }));
          await done(t('settings.users.deleted', { name }));
        }}
      />
    </>
  );
}

function deleteBlock(isMyself: boolean, profiles: number): string | null {
  if (isMyself) return t('settings.users.ownDelete');
  return profiles > 0 ? t('settings.users.inUse', { n: profiles }) : null;
}
