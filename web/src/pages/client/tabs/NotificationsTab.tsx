import { IconMail } from '@tabler/icons-react';
import { t } from '../../../i18n/t';
import { List } from '../../../list/List';
import { clientNotifications } from './notifications-list';
import type { Client } from '../queries';

/** Every mail about this client; each opens as it was sent. */
export function NotificationsTab({ client }: { readonly client: Client }) {
  return (
    <List
      definition={clientNotifications}
      prefix="m."
      fixed={{ clientId: client.id, kind: 'all' }}
      hrefOf={({ id }) => `/notifications/${id}`}
      empty={{ icon: IconMail, title: t('client.notifications.none'), text: t('client.notifications.none.text') }}
    />
  );
}
