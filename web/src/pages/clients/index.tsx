import { Group } from '@mantine/core';
import { IconFileUpload, IconPlus, IconTemplate, IconUsers } from '@tabler/icons-react';
import { useNavigate } from 'react-router';
import { t } from '../../i18n/t';
import { List } from '../../list/List';
import { ActionButton } from '../../session/ActionButton';
import { useCan } from '../../session/rights';
import { PageHeader } from '../../ui/PageHeader';
import { BulkActions } from './bulk/BulkActions';
import { clientsList } from './clients-list';
import { RowActions, rowOperations } from './RowActions';

/** All clients, with what can be done to one, to some, or to all that match. */
export default function ClientsPage() {
  const navigate = useNavigate();
  const can = useCan();
  const add = (
    <ActionButton
      operation="createClient"
      size="xs"
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => void navigate('/clients/new')}
    >
      {t('clients.new')}
    </ActionButton>
  );
  const open = (
    <Group gap="xs">
      <ActionButton
        operation="listClientTemplates"
        isInRow
        size="xs"
        variant="default"
        leftSection={<IconTemplate size={16} aria-hidden />}
        onClick={() => void navigate('/client-templates')}
      >
        {t('app.list.clientTemplates')}
      </ActionButton>
      <ActionButton
        operation="uploadImport"
        isInRow
        size="xs"
        variant="default"
        leftSection={<IconFileUpload size={16} aria-hidden />}
        onClick={() => void navigate('/clients/import')}
      >
        {t('clients.import')}
      </ActionButton>
    </Group>
  );
  return (
    <>
      <PageHeader title={t('app.nav.clients')} actions={open} />
      <List
        definition={clientsList}
        hrefOf={({ id }) => `/clients/${id}`}
        bulk={(selection, clear) => <BulkActions selection={selection} onStarted={clear} />}
        rowActions={rowOperations.some(can) ? (client) => <RowActions client={client} /> : null}
        actions={add}
        empty={{
          icon: IconUsers,
          title: t('clients.empty'),
          text: t('clients.emptyText'),
          action: add,
          docs: '/docs#tag/clients',
        }}
      />
    </>
  );
}
