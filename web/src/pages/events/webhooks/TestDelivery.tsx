import { Alert, Stack } from '@mantine/core';
import { IconAlertOctagon, IconCircleCheck, IconClock, IconSend } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, unwrap } from '../../../api/client';
import { t } from '../../../i18n/t';
import { ActionButton } from '../../../session/ActionButton';
import { FailedState } from '../../../ui/FailedState';
import { deliveryQuery } from './queries';

/** A button that tests the endpoint and shows the outcome. */
export function TestDelivery({ endpointId }: { readonly endpointId: string }) {
  const [deliveryId, setDeliveryId] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const send = async (): Promise<void> => {
    setError(null);
    try {
      const params = { path: { id: endpointId } };
      setDeliveryId((await unwrap(api.POST('/v1/webhook-endpoints/{id}/test', { params }))).id);
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <Stack gap="xs" align="flex-start">
      <ActionButton
        operation="testWebhookEndpoint"
        variant="default"
        leftSection={<IconSend size={16} aria-hidden />}
        onClick={() => void send()}
      >
        {t('webhooks.sendTest')}
      </ActionButton>
      {error !== null && <FailedState error={error} />}
      {deliveryId !== null && <TestOutcome endpointId={endpointId} id={deliveryId} />}
    </Stack>
  );
}

function TestOutcome({ endpointId, id }: { readonly endpointId: string; readonly id: string }) {
  const { data } = useQuery(deliveryQuery(endpointId, id));
  if (!data || data.status === 'pending') {
    return (
      <Alert color="blue" icon={<IconClock aria-hidden />} role="status">
        {t('webhooks.testing')}
      </Alert>
    );
  }
  const isAccepted = data.status === 'accepted';
  return (
    <Alert
      color={isAccepted ? 'green' : 'red'}
      icon={isAccepted ? <IconCircleCheck aria-hidden /> : <IconAlertOctagon aria-hidden />}
      role="status"
    >
      {isAccepted
        ? t('webhooks.testAccepted', { status: data.responseStatus ?? '' })
        : t('webhooks.testFailed', { error: data.error ?? '' })}
    </Alert>
  );
}
