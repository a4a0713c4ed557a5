import { IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import { t } from '../../../../i18n/t';
import { List } from '../../../../list/List';
import { AuditDrawer } from '../../../../ui/audit/AuditDrawer';
import { changes, type Change } from './audit-list';
import type { Client } from '../queries';

/** Who changed what of this client, and why. */
export function AuditTab({ client }: { readonly client: Client }) {
  const [opened, setOpened] = useState<Change | null>(null);
  return (
    <>
      <List
        definition={changes}
        prefix="a."
        fixed={{ clientId: client.id }}
        onOpen={setOpened}
        empty={{ icon: IconHistory, title: t('client.audit.none'), text: t('client.audit.none.text') }}
      />
      <AuditDrawer entry={opened} onClose={() => setOpened(null)} />
    </>
  );
}
