import '../../../i18n/late/templates';
import { IconPlus, IconTemplate } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { t } from '../../../i18n/t';
import { List } from '../../../list/List';
import { ActionButton } from '../../../session/ActionButton';
import { PageHeader } from '../../../ui/PageHeader';
import { templatesList } from './templates-list';

/** Templates of clients: what clients have where they set nothing themselves. */
export default function ClientTemplatesPage(): ReactNode {
  const navigate = useNavigate();
  const add = (
    <ActionButton
      operation="createClientTemplate"
      size="xs"
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => void navigate('/client-templates/new')}
    >
      {t('templates.new')}
    </ActionButton>
  );
  return (
    <>
      <PageHeader
        title={t('app.list.clientTemplates')}
        back={{ to: '/clients', label: t('app.nav.clients') }}
        lead={t('templates.lead')}
      />
      <List
        definition={templatesList}
        hrefOf={({ id }) => `/client-templates/${id}`}
        actions={add}
        empty={{
          icon: IconTemplate,
          title: t('templates.empty'),
          text: t('templates.emptyText'),
          action: add,
          docs: '/docs#tag/client-templates',
        }}
      />
    </>
  );
}
