import { Alert, Button, Group, Modal, SegmentedControl, Skeleton, Stack, Table, Text, TextInput } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconInfoCircle, IconSend } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { api, unwrap } from '../../api/client';
import { t } from '../../i18n/t';
import { ActionButton } from '../../session/ActionButton';
import { FailedState } from '../../ui/FailedState';
import { Fields } from '../../ui/Fields';
import { Time } from '../../ui/text/Time';
import { toastDone } from '../../ui/toast';
import { notificationKinds } from './lists';
import {
  ratePreviewQuery,
  useRateNotificationsRefresh,
  type RateNotificationKind,
  type RatePreview,
  type RateSubscription,
} from './queries';
import { RateCounts } from './RateCounts';

interface RatePreviewDialogProps {
  /** null: closed */
  readonly subscription: RateSubscription | null;
  readonly onClose: () => void;
}

/** Shows which rates of a table a client would be notified of now, and sends them. */
export function RatePreviewDialog({ subscription, onClose }: RatePreviewDialogProps): ReactNode {
  return (
    <Modal
      opened={subscription !== null}
      onClose={onClose}
      size="xl"
      title={
        subscription &&
        t('rateNotifications.preview.title', { client: subscription.clientName, table: subscription.rateTableName })
      }
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {subscription && <Preview key={subscription.id} subscription={subscription} onClose={onClose} />}
    </Modal>
  );
}

interface PreviewProps {
  readonly subscription: RateSubscription;
  readonly onClose: () => void;
}

function Preview({ subscription, onClose }: PreviewProps): ReactNode {
  const [kind, setKind] = useState<RateNotificationKind>('scheduled');
  // Three words have no room in one row of a phone.
  const isNarrow = useMediaQuery('(max-width: 47.99em)', undefined, { getInitialValueInEffect: false }) ?? false;
  const { data, error, refetch } = useQuery(ratePreviewQuery(subscription, kind));
  return (
    <Stack gap="md">
      <SegmentedControl
        aria-label={t('rateNotifications.kind')}
        orientation={isNarrow ? 'vertical' : 'horizontal'}
        value={kind}
        onChange={(next) => setKind(next as RateNotificationKind)}
        data={notificationKinds.map((value) => ({ value, label: t(`rateNotifications.kind.${value}`) }))}
      />
      <Text size="sm">{t(`rateNotifications.effect.${kind}`)}</Text>
      {error && !data && <FailedState error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Skeleton h={260} />}
      {data && <PreviewDetails preview={data} />}
      {data && kind !== 'scheduled' && <SendNow kind={kind} preview={data} onClose={onClose} />}
    </Stack>
  );
}

function PreviewDetails({ preview }: { readonly preview: RatePreview }): ReactNode {
  const { refusal, recipient, lastNotifiedAt, dueAt, type, format, agreementName, counts, files, rates } = preview;
  return (
    <>
      {refusal && (
        <Alert color="orange" variant="light" icon={<IconInfoCircle aria-hidden />}>
          {t(`rateNotifications.skipped.${refusal.reason}`)}
        </Alert>
      )}
      <Fields
        rows={[
          [t('rateNotifications.recipient'), recipient],
          [
            t('rateNotifications.last'),
            <Time key="last" at={lastNotifiedAt} none={t('rateNotifications.last.never')} />,
          ],
          [t('rateNotifications.due'), preview.kind === 'scheduled' ? <Time key="due" at={dueAt} /> : null],
          [t('rateNotifications.agreement'), agreementName],
          [
            t('rateNotifications.what'),
            `${t(`clients.rateNotificationType.${type}`)}, ${t(`clients.rateNotificationFormat.${format}`)}`,
          ],
          [t('rateNotifications.rates'), <RateCounts key="counts" counts={counts} />],
          [
            t('rateNotifications.files'),
            files.length === 0 ? null : <span translate="no">{files.map(({ fileName }) => fileName).join(', ')}</span>,
          ],
        ]}
      />
      {rates.length > 0 && <AnnouncedRates rates={rates} total={counts.total} />}
    </>
  );
}

function AnnouncedRates({ rates, total }: Pick<RatePreview, 'rates'> & { readonly total: number }): ReactNode {
  return (
    <>
      <Table.ScrollContainer minWidth={520} mah={320}>
        <Table fz="sm" stickyHeader>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('rateNotifications.code')}</Table.Th>
              <Table.Th>{t('rateNotifications.effective')}</Table.Th>
              <Table.Th ta="right">{t('rateNotifications.rate')}</Table.Th>
              <Table.Th ta="right">{t('rateNotifications.previous')}</Table.Th>
              <Table.Th>{t('rateNotifications.change')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rates.map(({ code, timeProfile, policy, effectiveFrom, rate, previousRate, prevDiffStatusExport }) => (
              <Table.Tr key={`${code} ${timeProfile} ${policy} ${effectiveFrom}`}>
                <Table.Td translate="no">{code}</Table.Td>
                <Table.Td>
                  <Time at={effectiveFrom} format="short" />
                </Table.Td>
                <Table.Td ta="right">{rate}</Table.Td>
                <Table.Td ta="right">{previousRate}</Table.Td>
                <Table.Td>{t(`rateNotifications.change.${prevDiffStatusExport}`)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {total > rates.length && (
        <Text size="sm" c="dimmed">
          {t('rateNotifications.more', { n: total - rates.length })}
        </Text>
      )}
    </>
  );
}

interface SendNowProps {
  readonly kind: 'forced' | 'correction';
  readonly preview: RatePreview;
  readonly onClose: () => void;
}

function SendNow({ kind, preview, onClose }: SendNowProps): ReactNode {
  const [reason, setReason] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const refresh = useRateNotificationsRefresh();
  const { rateTableId, clientId, clientName, refusal } = preview;
  const send = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    const why = reason.trim();
    try {
      const body = { rateTableId, clientId, kind, ...(why !== '' && { reason: why }) };
      await unwrap(api.POST('/v1/rate-notifications', { body }));
      onClose();
      toastDone(t('rateNotifications.queued', { name: clientName }));
      await refresh();
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <>
      <TextInput
        label={t('common.reason')}
        maxLength={500}
        value={reason}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
      {error !== null && <FailedState error={error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <ActionButton
          operation="sendRateNotifications"
          loading={isBusy}
          blocked={refusal && t(`rateNotifications.skipped.${refusal.reason}`)}
          leftSection={<IconSend size={16} aria-hidden />}
          onClick={() => void send()}
        >
          {t('rateNotifications.send')}
        </ActionButton>
      </Group>
    </>
  );
}
