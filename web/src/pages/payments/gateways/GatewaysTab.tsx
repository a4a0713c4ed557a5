import '../../../i18n/late/gateways';
import '../../../i18n/late/cards';
import { Drawer, Skeleton } from '@mantine/core';
import { IconCreditCard, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { api, unwrapVersioned } from '../../../api/client';
import { keys } from '../../../api/keys';
import { t } from '../../../i18n/t';
import { List } from '../../../list/List';
import { useOpenItem } from '../../../list/use-open-item';
import { ActionButton } from '../../../session/ActionButton';
import { FailedState } from '../../../ui/FailedState';
import { GatewayForm } from './GatewayForm';
import { gatewaysList } from './gateways-list';

const fresh = 'new';

/** Who keeps the clients' cards and charges them. `?gateway=7` shows one. */
export function GatewaysTab() {
  const [shown, show] = useOpenItem('gateway');
  const close = (): void => show(null);
  const add = (
    <ActionButton
      operation="createPaymentGateway"
      size="xs"
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => show(fresh)}
    >
      {t('gateways.new')}
    </ActionButton>
  );
  return (
    <>
      <List
        definition={gatewaysList}
        onOpen={({ id }) => show(id)}
        actions={add}
        empty={{ icon: IconCreditCard, title: t('gateways.none'), text: t('gateways.none.text'), action: add }}
      />
      <Drawer
        opened={shown !== null}
        onClose={close}
        position="right"
        size="md"
        title={t(shown === fresh ? 'gateways.new' : 'gateways.one')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {shown === fresh && <GatewayForm gateway={null} etag={null} onClose={close} />}
        {shown !== null && shown !== fresh && <Opened key={shown} id={shown} onClose={close} />}
      </Drawer>
    </>
  );
}

function Opened({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { data, error, refetch } = useQuery({
    queryKey: keys.one('paymentGateways', id, 'form'),
    queryFn: ({ signal }) =>
      unwrapVersioned(api.GET('/v1/payment-gateways/{id}', { params: { path: { id } }, signal })),
    staleTime: 0,
    gcTime: 0,
  });
  if (error && !data) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton h={320} role="status" aria-label={t('common.loading')} />;
  return <GatewayForm gateway={data.value} etag={data.etag} onClose={onClose} />;
}
