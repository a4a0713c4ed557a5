import '../../i18n/late/rateNotifications';
import { Stack, Title } from '@mantine/core';
import { IconMail, IconUsers } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { t } from '../../i18n/t';
import type { ListDefinition } from '../definition';
import { List } from '../List';
import { useOpenItem } from '../use-open-item';
import { rateNotificationsList, rateSubscriptionsList } from './lists';
import type { RateSubscription } from './queries';
import { RateNotificationDrawer } from './RateNotificationDrawer';
import { RatePreviewDialog } from './RatePreviewDialog';
import { SendToAll } from './SendToAll';

interface RateNotificationsProps {
  /** of one rate table, or of one client */
  readonly of: { readonly rateTableId: string } | { readonly clientId: string };
}

/** Who is notified of new rates and how, and the emails sent. `?notification=7` shows one of them next to the lists. */
export function RateNotifications({ of }: RateNotificationsProps): ReactNode {
  const [previewed, preview] = useState<RateSubscription | null>(null);
  const [shown, show] = useOpenItem('notification');
  // What is the same in every row is left out.
  const same = 'clientId' in of ? 'clientName' : 'rateTableName';
  return (
    <Stack gap="lg">
      <Stack gap="xs">
        <Title order={2} size="h4">
          {same === 'clientName' ? t('rateNotifications.tables') : t('rateNotifications.subscriptions')}
        </Title>
        <List
          definition={same === 'clientName' ? subscriptionsOfClient : without(rateSubscriptionsList, same)}
          prefix="s."
          fixed={of}
          onOpen={preview}
          actions={'rateTableId' in of && <SendToAll rateTableId={of.rateTableId} />}
          empty={{
            icon: IconUsers,
            title: t('rateNotifications.subscriptions.none'),
            text: t('rateNotifications.subscriptions.none.text'),
          }}
        />
      </Stack>
      <Stack gap="xs">
        <Title order={2} size="h4">
          {t('rateNotifications.list')}
        </Title>
        <List
          definition={without(rateNotificationsList, same)}
          prefix="n."
          fixed={of}
          onOpen={({ id }) => show(id)}
          empty={{ icon: IconMail, title: t('rateNotifications.none'), text: t('rateNotifications.none.text') }}
        />
      </Stack>
      <RatePreviewDialog subscription={previewed} onClose={() => preview(null)} />
      <RateNotificationDrawer id={shown} onClose={() => show(null)} />
    </Stack>
  );
}

function without<Row>(list: ListDefinition<Row>, id: string): ListDefinition<Row> {
  return { ...list, columns: list.columns.filter((column) => column.id !== id) };
}

/** Its rows are known by the rate table. */
const subscriptionsOfClient: ListDefinition<RateSubscription> = {
  ...rateSubscriptionsList,
  sort: 'rateTableName',
  columns: rateSubscriptionsList.columns
    .filter(({ id }) => id !== 'clientName')
    .map((column) => ({ ...column, ...(column.id === 'rateTableName' && { isName: true }) })),
};
