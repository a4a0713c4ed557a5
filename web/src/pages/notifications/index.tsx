import { Stack } from '@mantine/core';
import { IconMail } from '@tabler/icons-react';
import { Navigate, useLocation, useParams } from 'react-router';
import { t } from '../../i18n/t';
import { List } from '../../list/List';
import { useItemHref, useOpenItem } from '../../list/use-open-item';
import { PageHeader } from '../../ui/PageHeader';
import { NotificationDrawer } from './NotificationDrawer';
import { NotificationsChart } from './NotificationsChart';
import { notificationsList } from './notifications-list';

/**
 * Every notification, its outcome, and its messages: `?mail=7` shows one next to the list, `/notifications/7` leads
 * there.
 */
export default function NotificationsPage() {
  const { id } = useParams();
  const { search } = useLocation();
  const [shownId, show] = useOpenItem('mail');
  const hrefOf = useItemHref('mail');
  if (id !== undefined) {
    const shown = new URLSearchParams(search);
    // Whatever the email is about, the list behind it shows it.
    if (!shown.has('kind')) shown.set('kind', 'all');
    shown.set('mail', id);
    return <Navigate to={`/notifications?${shown.toString()}`} replace />;
  }
  return (
    <>
      <PageHeader title={t('app.nav.notifications')} />
      <Stack gap="sm">
        <NotificationsChart />
        <List
          definition={notificationsList}
          hrefOf={({ id: mail }) => hrefOf(mail)}
          empty={{
            icon: IconMail,
            title: t('notifications.empty'),
            text: t('notifications.empty.text'),
            docs: '/docs',
          }}
        />
      </Stack>
      <NotificationDrawer id={shownId} onClose={() => show(null)} />
    </>
  );
}
