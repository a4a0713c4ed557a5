import { IconMail } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { t } from '../../../i18n/t';
import { List } from '../../../list/List';
import { companyNotificationsList } from './lists';
import type { Company } from './queries';

export function NotificationsTab({ company: { id } }: { readonly company: Company }): ReactNode {
  return (
    <List
      definition={companyNotificationsList}
      fixed={{ companyId: id }}
      empty={{ icon: IconMail, title: t('companies.notifications.none') }}
    />
  );
}
