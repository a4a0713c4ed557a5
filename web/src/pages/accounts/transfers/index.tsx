import { Drawer } from '@mantine/core';
import { IconArrowsLeftRight, IconPlus } from '@tabler/icons-react';
import { useSearchParams } from 'react-router';
import { t } from '../../../i18n/t';
import { List } from '../../../list/List';
import { useItemHref, useOpenItem } from '../../../list/use-open-item';
import { ActionButton } from '../../../session/ActionButton';
import { PageHeader } from '../../../ui/PageHeader';
import { TransferDrawer } from './TransferDrawer';
import { TransferForm } from './TransferForm';
import { transfersList } from './transfers-list';

const fresh = 'new';

/** Transfers between accounts. `?transfer=7` shows one next to the list, `?transfer=new&source=12` begins one. */
export default function TransfersPage() {
  const [shown, show] = useOpenItem('transfer');
  const hrefOf = useItemHref('transfer');
  const [parameters] = useSearchParams();
  const close = (): void => show(null);
  const add = (
    <ActionButton
      operation="createTransfer"
      size="xs"
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => show(fresh)}
    >
      {t('accounts.transfers.new')}
    </ActionButton>
  );
  return (
    <>
      <PageHeader title={t('app.nav.transfers')} lead={t('accounts.transfers.lead')} actions={add} />
      <List
        definition={transfersList}
        hrefOf={({ id }) => hrefOf(id)}
        empty={{
          icon: IconArrowsLeftRight,
          title: t('accounts.transfers.none'),
          text: t('accounts.transfers.none.text'),
          action: add,
          docs: '/docs#tag/accounts',
        }}
      />
      <TransferDrawer id={shown === fresh ? null : shown} onClose={close} />
      <Drawer
        opened={shown === fresh}
        onClose={close}
        position="right"
        size="md"
        title={t('accounts.transfers.new')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {shown === fresh && <TransferForm from={parameters.get('source') ?? ''} onClose={close} />}
      </Drawer>
    </>
  );
}
