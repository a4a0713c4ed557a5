import { Anchor, Skeleton, Stack, Table, Text, Title } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, unwrap } from '../../../api/client';
import { numberFormat } from '../../../i18n/intl';
import { intlLocale } from '../../../i18n/language';
import { t } from '../../../i18n/t';
import { refreshLists } from '../../../list/refresh';
import { ActionButton } from '../../../session/ActionButton';
import { CodeBlock } from '../../../ui/code/CodeBlock';
import { CopyText } from '../../../ui/CopyText';
import { FailedState } from '../../../ui/FailedState';
import { Fields } from '../../../ui/Fields';
import { Time } from '../../../ui/text/Time';
import { toastDone } from '../../../ui/toast';
import { DeliveryStatus } from './badges';
import { deliveryKindText, deliveryQuery, type DeliveryDetails } from './queries';

interface DeliveryViewProps {
  readonly endpointId: string;
  readonly id: string;
}

/** One delivery: its message, its outcome, and each attempt. */
export function DeliveryView({ endpointId, id }: DeliveryViewProps) {
  const { data, error, refetch } = useQuery(deliveryQuery(endpointId, id));
  if (error && !data) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton h={280} />;
  const { endpointName, clientId, clientName, eventId, messageId } = data;
  return (
    <Stack gap="lg">
      <Fields
        rows={[
          [t('events.kind'), deliveryKindText(data.kind)],
          [t('common.status'), <DeliveryStatus key="status" status={data.status} />],
          [
            t('webhooks.one'),
            <Anchor key="endpoint" component={Link} to={`/developers?tab=endpoints&endpoint=${endpointId}`} size="sm">
              {endpointName}
            </Anchor>,
          ],
          [
            t('webhooks.event'),
            eventId && (
              <Anchor key="event" component={Link} to={`/events?event=${eventId}`} size="sm">
                {eventId}
              </Anchor>
            ),
          ],
          [
            t('events.client'),
            clientId && (
              <Anchor key="client" component={Link} to={`/clients/${clientId}`} size="sm">
                {clientName ?? clientId}
              </Anchor>
            ),
          ],
          [t('webhooks.sequence'), data.sequence === null ? null : `${data.sequence} (${data.subject})`],
          [t('webhooks.queued'), <Time key="queued" at={data.createdAt} format="second" />],
          [t('webhooks.next'), data.nextAttemptAt && <Time key="next" at={data.nextAttemptAt} show="both" />],
          [t('webhooks.ended'), data.endedAt && <Time key="ended" at={data.endedAt} format="second" />],
          [t('webhooks.error'), data.error],
          [t('webhooks.messageId'), <CopyText key="id" value={messageId} label={t('webhooks.messageId')} />],
        ]}
      />
      <SendNow endpointId={endpointId} id={id} />
      <Attempts log={data.attemptLog} />
      {data.body && (
        <Stack gap="xs">
          <Title order={3} size="h6">
            {t('webhooks.body')}
          </Title>
          <CodeBlock text={JSON.stringify(data.body, null, 2)} label={t('webhooks.body')} />
        </Stack>
      )}
    </Stack>
  );
}

function SendNow({ endpointId, id }: DeliveryViewProps) {
  const queries = useQueryClient();
  const [error, setError] = useState<unknown>(null);
  const send = async (): Promise<void> => {
    setError(null);
    try {
      await unwrap(api.POST('/v1/webhook-deliveries/{id}/retry', { params: { path: { id } } }));
      toastDone(t('webhooks.sentNow'));
      await refreshLists(queries, 'webhookDeliveries');
      await queries.invalidateQueries({ queryKey: ['webhookDeliveries', endpointId] });
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <Stack gap="xs" align="flex-start">
      <ActionButton
        operation="retryWebhookDelivery"
        variant="default"
        leftSection={<IconSend size={16} aria-hidden />}
        onClick={() => void send()}
      >
        {t('webhooks.sendNow')}
      </ActionButton>
      {error !== null && <FailedState error={error} />}
    </Stack>
  );
}

function Attempts({ log }: { readonly log: DeliveryDetails['attemptLog'] }) {
  if (log.length === 0) return <Text size="sm">{t('webhooks.attempts.none')}</Text>;
  const duration = numberFormat(intlLocale(), { style: 'unit', unit: 'millisecond', unitDisplay: 'short' });
  return (
    <Table.ScrollContainer minWidth={420} tabIndex={0} role="region" aria-label={t('webhooks.attempts')}>
      <Table fz="sm" verticalSpacing={6} withTableBorder>
        <Table.Thead>
          <Table.Tr>
            <Table.Th ta="right">{t('notifications.attempt.number')}</Table.Th>
            <Table.Th>{t('notifications.attempt.started')}</Table.Th>
            <Table.Th ta="right">{t('notifications.attempt.duration')}</Table.Th>
            <Table.Th>{t('notifications.attempt.outcome')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {log.map(({ number, startedAt, durationMs, responseStatus, error, responseBody }) => (
            <Table.Tr key={number}>
              <Table.Td ta="right">{number}</Table.Td>
              <Table.Td>
                <Time at={startedAt} format="second" />
              </Table.Td>
              <Table.Td ta="right">{durationMs !== null && duration.format(durationMs)}</Table.Td>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>
                {durationMs === null
                  ? t('webhooks.attempt.running')
                  : (error ?? t('webhooks.attempt.accepted', { status: responseStatus ?? '' }))}
                {responseBody && (
                  <Text size="xs" c="dimmed">
                    {responseBody}
                  </Text>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
