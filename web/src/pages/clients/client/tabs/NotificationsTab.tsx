import { IconMail } from '@tabler/icons-react';
import { useSearchParams } from 'react-router';
import { t } from '../../../../i18n/t';
import { List } from '../../../../list/List';
import { clientNotifications } from './notifications-list';
import type { Client } from '../queries';

const prefix = 'm.';

/** Every notification about this client; each opens as it was sent. */
export function NotificationsTab({ client }: { readonly client: Client }) {
  const [parameters] = useSearchParams();
  // The API shows those of rules unless it is asked for all.
  const isNarrowed = parameters.has(`${prefix}kind`);
  return (
    <List
      definition={clientNotifications}
      prefix={prefix}
      fixed={{ clientId: client.id, ...(!isNarrowed && { kind: 'all' }) }}
      hrefOf={({ id }) => `/notifications/${id}`}
      empty={{ icon: IconMail, title: t('client.notifications.none'), text: t('client.notifications.none.text') }}
    />
  );
}
