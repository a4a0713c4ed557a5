import '../../../i18n/late/rateTables';
import { Drawer } from '@mantine/core';
import { IconPhoneCall, IconPlus } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { t } from '../../../i18n/t';
import { List } from '../../../list/List';
import { ActionButton } from '../../../session/ActionButton';
import { PageHeader } from '../../../ui/PageHeader';
import { TableForm } from './TableForm';
import { tablesList } from './tables-list';

/** Rate tables; a row leads to its rates. */
export default function RateTablesPage(): ReactNode {
  const [isCreating, setCreating] = useState(false);
  const navigate = useNavigate();
  const add = (
    <ActionButton
      operation="createRateTable"
      size="xs"
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => setCreating(true)}
    >
      {t('rateTables.new')}
    </ActionButton>
  );
  return (
    <>
      <PageHeader title={t('app.nav.rateTables')} lead={t('rateTables.lead')} />
      <List
        definition={tablesList}
        hrefOf={({ id }) => `/rate-tables/${id}`}
        actions={add}
        empty={{
          icon: IconPhoneCall,
          title: t('rateTables.empty'),
          text: t('rateTables.emptyText'),
          action: add,
          docs: '/docs#tag/rate-tables',
        }}
      />
      <Drawer
        opened={isCreating}
        onClose={() => setCreating(false)}
        position="right"
        size="md"
        title={t('rateTables.new')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {isCreating && (
          <TableForm
            table={null}
            onClose={(saved) => {
              setCreating(false);
              if (saved) void navigate(`/rate-tables/${saved.id}`);
            }}
          />
        )}
      </Drawer>
    </>
  );
}
