import { Anchor, Group, Skeleton, Stack } from '@mantine/core';
import { IconPencil, IconRefresh, IconRepeat, IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, unwrap } from '../../../api/client';
import { ConfirmDialog } from '../../../form/dialogs/ConfirmDialog';
import { RotateSecretDialog } from '../../../form/dialogs/RotateSecretDialog';
import { ToggleAction } from '../../../form/dialogs/ToggleAction';
import { t } from '../../../i18n/t';
import { refreshLists } from '../../../list/refresh';
import { ActionButton } from '../../../session/ActionButton';
import { CopyText } from '../../../ui/CopyText';
import { FailedState } from '../../../ui/FailedState';
import { Fields } from '../../../ui/Fields';
import { Time } from '../../../ui/text/Time';
import { toastDone } from '../../../ui/toast';
import { EndpointStatus } from './badges';
import { kindsText } from './endpoints-list';
import { endpointQuery, type Endpoint } from './queries';
import { ReplayDialog } from './ReplayDialog';
import { TestDelivery } from './TestDelivery';

interface EndpointDetailsProps {
  readonly id: string;
  readonly onClose: () => void;
  readonly onEdit: () => void;
  readonly onSecret: (secret: string) => void;
}

/** One endpoint: where it is, how it fares, and what can be done with it. */
export function EndpointDetails({ id, ...rest }: EndpointDetailsProps) {
  const { data, error, refetch } = useQuery(endpointQuery(id));
  if (error) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton h={280} />;
  const { value: endpoint, etag } = data;
  const { name, url, kinds, resellerName, lastAt, failingSince, pending, failed, skipped } = endpoint;
  return (
    <Stack gap="lg">
      <Fields
        rows={[
          [t('common.name'), name],
          [t('common.status'), <EndpointStatus key="status" {...endpoint} />],
          [t('webhooks.url'), <CopyText key="url" value={url} label={t('webhooks.url')} />],
          [t('webhooks.kinds'), kindsText(kinds)],
          [t('events.reseller'), resellerName],
          [t('webhooks.lastAt'), <Time key="last" at={lastAt} show="both" />],
          [t('webhooks.failingSince'), failingSince && <Time key="failing" at={failingSince} show="both" />],
          [t('webhooks.pending'), String(pending)],
          [t('webhooks.failed'), String(failed)],
          [t('webhooks.skipped'), String(skipped)],
          [
            t('developers.hooks.olderUntil'),
            endpoint.previousSecretUntil && <Time key="older" at={endpoint.previousSecretUntil} show="both" />,
          ],
          [t('developers.created'), <Time key="created" at={endpoint.createdAt} />],
        ]}
      />
      <Anchor component={Link} to={`/developers?tab=deliveries&endpointId=${id}`} size="sm" underline="always">
        {t('webhooks.openLog')}
      </Anchor>
      <TestDelivery endpointId={id} />
      <EndpointActions endpoint={endpoint} etag={etag} {...rest} />
    </Stack>
  );
}

interface EndpointActionsProps extends Omit<EndpointDetailsProps, 'id'> {
  readonly endpoint: Endpoint;
  readonly etag: string;
}

function EndpointActions({ endpoint, etag, onClose, onEdit, onSecret }: EndpointActionsProps) {
  const { id, name, enabled } = endpoint;
  const [asking, setAsking] = useState<'rotate' | 'replay' | 'delete' | null>(null);
  const queries = useQueryClient();
  const path = { id };
  const header = { 'If-Match': etag };
  const stop = (): void => setAsking(null);
  const done = async (): Promise<void> => {
    await refreshLists(queries, 'webhookEndpoints');
    await queries.invalidateQueries({ queryKey: ['webhookEndpoints', id] });
  };
  const rotate = async (overlapHours: number): Promise<void> => {
    const body = { overlapHours };
    const made = await unwrap(api.POST('/v1/webhook-endpoints/{id}/rotate-secret', { params: { path }, body }));
    await done();
    onSecret(made.secret);
  };
  const toggle = () =>
    unwrap(api.PATCH('/v1/webhook-endpoints/{id}', { params: { path, header }, body: { enabled: !enabled } }));
  const remove = async (): Promise<void> => {
    await unwrap(api.DELETE('/v1/webhook-endpoints/{id}', { params: { path, header } }));
    toastDone(t('developers.hooks.deletedToast', { name }));
    onClose();
    await refreshLists(queries, 'webhookEndpoints');
  };
  return (
    <>
      <Group gap="xs">
        <ActionButton
          operation="updateWebhookEndpoint"
          leftSection={<IconPencil size={16} aria-hidden />}
          onClick={onEdit}
        >
          {t('common.edit')}
        </ActionButton>
        <ActionButton
          operation="replayWebhookEndpoint"
          variant="default"
          blocked={enabled ? null : t('webhooks.enableFirst')}
          leftSection={<IconRepeat size={16} aria-hidden />}
          onClick={() => setAsking('replay')}
        >
          {t('webhooks.replay')}
        </ActionButton>
        <ActionButton
          operation="rotateWebhookEndpointSecret"
          variant="default"
          leftSection={<IconRefresh size={16} aria-hidden />}
          onClick={() => setAsking('rotate')}
        >
          {t('developers.hooks.rotate')}
        </ActionButton>
        <ToggleAction
          name={name}
          isOn={enabled}
          operation="updateWebhookEndpoint"
          effect={t(enabled ? 'webhooks.disableEffect' : 'webhooks.enableEffect')}
          toggle={toggle}
          onToggled={done}
        />
        <ActionButton
          operation="deleteWebhookEndpoint"
          variant="default"
          leftSection={<IconTrash size={16} aria-hidden />}
          onClick={() => setAsking('delete')}
        >
          {t('common.delete')}
        </ActionButton>
      </Group>
      <RotateSecretDialog
        opened={asking === 'rotate'}
        onClose={stop}
        title={t('webhooks.rotateTitle', { name })}
        effect={t('webhooks.rotateEffect')}
        label={t('webhooks.overlap')}
        rotate={rotate}
      />
      <ReplayDialog endpoint={endpoint} opened={asking === 'replay'} onClose={stop} />
      <ConfirmDialog
        opened={asking === 'delete'}
        onClose={stop}
        title={t('developers.hooks.deleteTitle', { name })}
        effect={t('webhooks.deleteEffect')}
        confirm={t('common.delete')}
        isDangerous
        typed={name}
        onConfirm={remove}
      />
    </>
  );
}
