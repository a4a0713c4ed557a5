import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconEdit, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { t } from '../../i18n/t';
import { refreshLists } from '../../list/refresh';
import { ActionItem } from '../../session/ActionItem';
import { toastDone, toastFailure } from '../../ui/toast';
import { actOn } from './bulk/actions';
import type { ClientRow } from './clients-list';
import { DeleteDialog } from './DeleteDialog';

/** What is done to one client without opening it. */
export function RowActions({ client }: { readonly client: ClientRow }) {
  const { id, name } = client;
  const [isDeleting, setDeleting] = useState(false);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const check = async (): Promise<void> => {
    try {
      const outcome = await actOn(client, { kind: 'check', reason: '' });
      toastDone(t('clients.checked', { name, outcome }));
      await refreshLists(queries, 'clients');
    } catch (error) {
      toastFailure(error);
    }
  };
  if (client.status === 'deleted') return null;
  return (
    <>
      <Menu position="bottom-end" shadow="md" withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t('clients.actionsOf', { name })}>
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <ActionItem
            operation="updateClient"
            leftSection={<IconEdit size={16} aria-hidden />}
            onClick={() => void navigate(`/clients/${id}/edit`)}
          >
            {t('clients.edit')}
          </ActionItem>
          <ActionItem
            operation="checkNow"
            leftSection={<IconRefresh size={16} aria-hidden />}
            onClick={() => void check()}
          >
            {t('clients.bulk.check')}
          </ActionItem>
          <Menu.Divider />
          <ActionItem
            operation="deleteClient"
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={() => setDeleting(true)}
          >
            {t('common.delete')}
          </ActionItem>
        </Menu.Dropdown>
      </Menu>
      <DeleteDialog
        id={id}
        name={name}
        opened={isDeleting}
        onClose={() => setDeleting(false)}
        onDeleted={() => refreshLists(queries, 'clients')}
      />
    </>
  );
}
