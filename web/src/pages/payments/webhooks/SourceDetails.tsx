import { Group, Skeleton, Stack } from '@mantine/core';
import { IconRefresh, IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, unwrap, unwrapVersioned } from '../../../api/client';
import { keys } from '../../../api/keys';
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
import { fullUrl, SourceStatus, type WebhookSource } from './webhooks-list';

interface SourceDetailsProps {
  readonly id: string;
  readonly onClose: () => void;
  readonly onSecret: (secret: string) => void;
}

export function SourceDetails({ id, onClose, onSecret }: SourceDetailsProps) {
  const { data, error, refetch } = useQuery({
    queryKey: keys.one('webhookSources', id),
    queryFn: ({ signal }) => unwrapVersioned(api.GET('/v1/webhook-sources/{id}', { params: { path: { id } }, signal })),
  });
  if (error) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton h={280} />;
  const { value: source, etag } = data;
  const { name, url, active, lastUsedAt, previousSecretUntil, createdAt } = source;
  return (
    <Stack gap="lg">
      <Fields
        rows={[
          [t('common.name'), name],
          [t('common.status'), <SourceStatus active={active} />],
          [t('developers.hooks.url'), <CopyText value={fullUrl(url)} label={t('developers.hooks.url')} />],
          [t('developers.lastUsed'), <Time at={lastUsedAt} show="both" />],
          [t('developers.hooks.olderUntil'), previousSecretUntil && <Time at={previousSecretUntil} show="both" />],
          [t('developers.created'), <Time at={createdAt} />],
        ]}
      />
      <SourceActions source={source} etag={etag} onClose={onClose} onSecret={onSecret} />
    </Stack>
  );
}

interface SourceActionsProps extends Omit<SourceDetailsProps, 'id'> {
  readonly source: WebhookSource;
  readonly etag: string;
}

function SourceActions({ source, etag, onClose, onSecret }: SourceActionsProps) {
  const { id, name, active } = source;
  const [asking, setAsking] = useState<'rotate' | 'delete' | null>(null);
  const queries = useQueryClient();
  const path = { id };
  const header = { 'If-Match': etag };
  const done = async (): Promise<void> => {
    await refreshLists(queries, 'webhookSources');
    await queries.invalidateQueries({ queryKey: ['webhookSources', id] });
  };
  const rotate = async (overlapHours: number): Promise<void> => {
    const body = { overlapHours };
    const made = await unwrap(api.POST('/v1/webhook-sources/{id}/rotate-secret', { params: { path }, body }));
    await done();
    onSecret(made.secret);
  };
  const toggle = () =>
    unwrap(api.PATCH('/v1/webhook-sources/{id}', { params: { path, header }, body: { active: !active } }));
  const remove = async (): Promise<void> => {
    await unwrap(api.DELETE('/v1/webhook-sources/{id}', { params: { path, header } }));
    toastDone(t('developers.hooks.deletedToast', { name }));
    onClose();
    await refreshLists(queries, 'webhookSources');
  };
  return (
    <>
      <Group gap="xs">
        <ActionButton
          operation="rotateWebhookSecret"
          leftSection={<IconRefresh size={16} aria-hidden />}
          onClick={() => setAsking('rotate')}
        >
          {t('developers.hooks.rotate')}
        </ActionButton>
        <ToggleAction
          name={name}
          isOn={active}
          operation="changeWebhookSource"
          effect={t(active ? 'developers.hooks.disableEffect' : 'developers.hooks.enableEffect')}
          toggle={toggle}
          onToggled={done}
        />
        <ActionButton
          operation="deleteWebhookSource"
          variant="default"
          leftSection={<IconTrash size={16} aria-hidden />}
          onClick={() => setAsking('delete')}
        >
          {t('common.delete')}
        </ActionButton>
      </Group>
      <RotateSecretDialog
        opened={asking === 'rotate'}
        onClose={() => setAsking(null)}
        title={t('developers.hooks.rotateTitle', { name })}
        effect={t('developers.hooks.rotateEffect')}
        label={t('developers.hooks.overlap')}
        rotate={rotate}
      />
      <ConfirmDialog
        opened={asking === 'delete'}
        onClose={() => setAsking(null)}
        title={t('developers.hooks.deleteTitle', { name })}
        effect={t('developers.hooks.deleteEffect')}
        confirm={t('common.delete')}
        isDangerous
        typed={name}
        onConfirm={remove}
      />
    </>
  );
}
