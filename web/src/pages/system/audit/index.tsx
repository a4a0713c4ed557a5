import { IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import { t } from '../../../i18n/t';
import { List } from '../../../list/List';
import { AuditDrawer } from '../../../ui/audit/AuditDrawer';
import { PageHeader } from '../../../ui/PageHeader';
import { auditList, type AuditEntry } from './audit-list';

/** Who changed what, when, through what and why. */
export default function AuditPage() {
  const [shown, setShown] = useState<AuditEntry | null>(null);
  return (
    <>
      <PageHeader title={t('app.nav.audit')} lead={t('audit.lead')} />
      <List
        definition={auditList}
        onOpen={setShown}
        empty={{ icon: IconHistory, title: t('audit.empty'), text: t('audit.emptyText'), docs: '/docs' }}
      />
      <AuditDrawer entry={shown} onClose={() => setShown(null)} />
    </>
  );
}
