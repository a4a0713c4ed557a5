import { Drawer, Skeleton } from '@mantine/core';
import { IconPlus, IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { api, unwrapVersioned } from '../../../api/client';
import { keys } from '../../../api/keys';
import { t } from '../../../i18n/t';
import { List } from '../../../list/List';
import { ActionButton } from '../../../session/ActionButton';
import { FailedState } from '../../../ui/FailedState';
import { UserForm } from './UserForm';
import { usersList } from './users-list';

const fresh = 'new';

/** Users that can log in or be notified. `?user=7` shows one next to the list. */
export function UsersTab() {
  const [parameters, setParameters] = useSearchParams();
  const shown = parameters.get('user');
  const show = (id: string | null): void =>
    setParameters((before) => {
      const after = new URLSearchParams(before);
      if (id === null) after.delete('user');
      else after.set('user', id);
      return after;
    });
  const close = (): void => show(null);
  const add = (
    <ActionButton
      operation="createUser"
      size="xs"
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => show(fresh)}
    >
      {t('settings.users.new')}
    </ActionButton>
  );
  return (
    <>
      <List
        definition={usersList}
        onOpen={({ id }) => show(id)}
        actions={add}
        empty={{ icon: IconUsers, title: t('settings.users.empty'), text: t('settings.users.emptyText'), action: add }}
      />
      <Drawer
        opened={shown !== null}
        onClose={close}
        position="right"
        size="md"
        title={shown === fresh ? t('settings.users.new') : t('settings.users.edit')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {shown === fresh && <UserForm user={null} etag={null} onClose={close} onCreated={show} />}
        {shown !== null && shown !== fresh && <ExistingUser key={shown} id={shown} onClose={close} />}
      </Drawer>
    </>
  );
}

function ExistingUser({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { data, error, refetch } = useQuery({
    queryKey: keys.one('users', id),
    queryFn: ({ signal }) => unwrapVersioned(api.GET('/v1/users/{id}', { params: { path: { id } }, signal })),
    // A form that is being filled in does not change under the hands.
    refetchOnWindowFocus: false,
    staleTime: 0,
    gcTime: 0,
  });
  if (error) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton h={420} />;
  return <UserForm user={data.value} etag={data.etag} onClose={onClose} onCreated={onClose} />;
}
