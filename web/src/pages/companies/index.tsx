import '../../i18n/late/companies';
import { Drawer } from '@mantine/core';
import { IconBuildings, IconPlus } from '@tabler/icons-react';
import { t } from '../../i18n/t';
import { List } from '../../list/List';
import { useOpenItem } from '../../list/use-open-item';
import { ActionButton } from '../../session/ActionButton';
import { PageHeader } from '../../ui/PageHeader';
import { companiesList } from './companies-list';
import { NewCompanyForm } from './NewCompanyForm';

/** Interconnect partners with their balances. `?company=new` adds one. */
export default function CompaniesPage() {
  const [shown, show] = useOpenItem('company');
  const close = (): void => show(null);
  const add = (
    <ActionButton
      operation="createCompany"
      size="xs"
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => show('new')}
    >
      {t('companies.new')}
    </ActionButton>
  );
  return (
    <>
      <PageHeader title={t('app.nav.companies')} lead={t('companies.lead')} />
      <List
        definition={companiesList}
        hrefOf={({ id }) => `/companies/${id}`}
        actions={add}
        empty={{
          icon: IconBuildings,
          title: t('companies.none'),
          text: t('companies.none.text'),
          action: add,
          docs: '/docs#tag/companies',
        }}
      />
      <Drawer
        opened={shown === 'new'}
        onClose={close}
        position="right"
        size="md"
        title={t('companies.new')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {shown === 'new' && <NewCompanyForm onClose={close} />}
      </Drawer>
    </>
  );
}
