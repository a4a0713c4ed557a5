import '../../../i18n/late/rateNotifications';
import { IconSend } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { t } from '../../../i18n/t';
import { List } from '../../../list/List';
import { allRateNotificationsList } from '../../../list/rate-notifications/lists';
import { RateNotificationDrawer } from '../../../list/rate-notifications/RateNotificationDrawer';
import { useOpenItem } from '../../../list/use-open-item';
import { PageHeader } from '../../../ui/PageHeader';

/** Emails about rates of all tables and clients. `?notification=7` shows one of them next to the list. */
export default function RateNotificationsPage(): ReactNode {
  const [shown, show] = useOpenItem('notification');
  return (
    <>
      <PageHeader title={t('app.nav.rateNotifications')} lead={t('rateNotifications.lead')} />
      <List
        definition={allRateNotificationsList}
        onOpen={({ id }) => show(id)}
        empty={{ icon: IconSend, title: t('rateNotifications.none'), text: t('rateNotifications.none.text') }}
      />
      <RateNotificationDrawer id={shown} onClose={() => show(null)} />
    </>
  );
}
