import { Drawer, Skeleton } from '@mantine/core';
import { IconListDetails } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { api, unwrap } from '../../../api/client';
import { keys } from '../../../api/keys';
import { t } from '../../../i18n/t';
import { List } from '../../../list/List';
import { useOpenItem } from '../../../list/use-open-item';
import { FailedState } from '../../../ui/FailedState';
import { DeliveryView } from './DeliveryView';
import { webhookDeliveriesList } from './deliveries-list';

/** What endpoints receive. `?delivery=7` shows one. */
export function DeliveriesTab() {
  const [shown, show] = useOpenItem('delivery');
  return (
    <>
      <List
        definition={webhookDeliveriesList}
        onOpen={({ id }) => show(id)}
        empty={{
          icon: IconListDetails,
          title: t('webhooks.deliveries.none'),
          text: t('webhooks.deliveries.none.text'),
          docs: '/docs#tag/webhooks',
        }}
      />
      <Drawer
        opened={shown !== null}
        onClose={() => show(null)}
        position="right"
        size="lg"
        title={t('webhooks.delivery')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {shown !== null && <LoadedDelivery key={shown} id={shown} />}
      </Drawer>
    </>
  );
}

/** Its endpoint, by which the stream names what has changed, is known once it was read. */
function LoadedDelivery({ id }: { readonly id: string }) {
  const { data, error, refetch } = useQuery({
    queryKey: keys.one('webhookDeliveries', 'any', 'endpoint', id),
    queryFn: async ({ signal }) =>
      (await unwrap(api.GET('/v1/webhook-deliveries/{id}', { params: { path: { id } }, signal }))).endpointId,
    staleTime: Infinity,
  });
  if (error && data === undefined) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton h={280} />;
  return <DeliveryView endpointId={data} id={id} />;
}
