import '../../i18n/late/resellers';
import { SegmentedControl } from '@mantine/core';
import { IconBuildingStore, IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { t } from '../../i18n/t';
import { List } from '../../list/List';
import { ActionButton } from '../../session/ActionButton';
import { PageHeader } from '../../ui/PageHeader';
import { ResellerTree } from './ResellerTree';
import { resellersList } from './resellers-list';

const views = ['tree', 'table'] as const;

/** Resellers and managers, as a tree and as a table (`?view=table`). */
export default function ResellersPage(): ReactNode {
  const navigate = useNavigate();
  const [parameters, setParameters] = useSearchParams();
  const view = parameters.get('view') === 'table' ? 'table' : 'tree';
  const add = (
    <ActionButton
      operation="createReseller"
      size="xs"
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => void navigate('/resellers/new')}
    >
      {t('resellers.new')}
    </ActionButton>
  );
  return (
    <>
      <PageHeader title={t('app.nav.resellers')} lead={t('resellers.lead')} actions={add} />
      <SegmentedControl
        mb="md"
        aria-label={t('resellers.view')}
        data={views.map((value) => ({ value, label: t(`resellers.view.${value}`) }))}
        value={view}
        onChange={(next) => setParameters(next === 'table' ? { view: next } : {})}
      />
      {view === 'tree' ? (
        <ResellerTree />
      ) : (
        <List
          definition={resellersList}
          hrefOf={({ id }) => `/resellers/${id}`}
          empty={{ icon: IconBuildingStore, title: t('resellers.empty'), text: t('resellers.emptyText'), action: add }}
        />
      )}
    </>
  );
}
