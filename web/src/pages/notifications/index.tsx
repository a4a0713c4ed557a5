import { Stack } from '@mantine/core';
import { IconMail } from '@tabler/icons-react';
import { Navigate, useLocation, useParams, useSearchParams } from 'react-router';
import { t } from '../../i18n/t';
import { List } from '../../list/List';
import { PageHeader } from '../../ui/PageHeader';
import { NotificationDrawer } from './NotificationDrawer';
import { NotificationsChart } from './NotificationsChart';
import { notificationsList } from './notifications-list';

/** Every mail, what became of it, and the mail itself: `?mail=7` shows one beside the list, `/notifications/7` leads there. */
export default function NotificationsPage() {
  const { id } = useParams();
  const { search } = useLocation();
  const [parameters, setParameters] = useSearchParams();
  if (id !== undefined) {
    const shown = new URLSearchParams(search);
    // Whatever the mail is about, the list behind it shows it.
    if (!shown.has('kind')) shown.set('kind', 'all');
    shown.set('mail', id);
    return <Navigate to={`/notifications?${shown.toString()}`} replace />;
  }
  const show = (mail: string | null): void =>
    setParameters((before) => {
      const after = new URLSearchParams(before);
      if (mail === null) after.delete('mail');
      else after.set('mail', mail);
      return after;
    });
  return (
    <>
      <PageHeader title={t('app.nav.notifications')} />
      <Stack gap="sm">
        <NotificationsChart />
        <List
          definition={notificationsList}
          onOpen={(mail) => show(mail.id)}
          empty={{
            icon: IconMail,
            title: t('notifications.empty'),
            text: t('notifications.empty.text'),
            docs: '/docs',
          }}
        />
      </Stack>
      <NotificationDrawer id={parameters.get('mail')} onClose={() => show(null)} />
    </>
  );
}
