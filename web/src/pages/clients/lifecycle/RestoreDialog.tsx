import { List, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { api, unwrap, unwrapVersioned } from '../../../api/client';
import { keys } from '../../../api/keys';
import { ReasonDialog } from '../../../form/dialogs/ConfirmDialog';
import { t } from '../../../i18n/t';
import { FailedState } from '../../../ui/FailedState';
import { toastDone } from '../../../ui/toast';
import type { LifecycleDialogProps } from './dialog-props';

/** Restores a deleted client. Another client may have its external id by now: it is shown, to be changed. */
export function RestoreDialog({ id, name, opened, onClose, onDone }: LifecycleDialogProps): ReactNode {
  const path = { id };
  const { data, error, refetch } = useQuery({
    queryKey: keys.one('clients', id, 'toRestore'),
    queryFn: ({ signal }) => unwrapVersioned(api.GET('/v1/clients/{id}', { params: { path }, signal })),
    enabled: opened,
    staleTime: 0,
    gcTime: 0,
  });
  const [typed, setTyped] = useState<string | null>(null);
  const externalId = typed ?? data?.value.externalId ?? '';
  const restore = async (reason: string): Promise<void> => {
    const header = { 'If-Match': data?.etag ?? '' };
    const body = { externalId: externalId.trim() === '' ? null : externalId.trim(), reason };
    await unwrap(api.POST('/v1/clients/{id}/restore', { params: { path, header }, body }));
    toastDone(t('clients.restored', { name }));
    await onDone();
  };
  return (
    <ReasonDialog
      opened={opened}
      onClose={onClose}
      title={t('clients.restoreOf', { name })}
      effect={
        error ? (
          <FailedState error={error} onRetry={() => void refetch()} />
        ) : (
          <List size="sm" spacing={4}>
            <List.Item>{t('clients.restore.status')}</List.Item>
            <List.Item>{t('clients.restore.monitor')}</List.Item>
            <List.Item>{t('clients.restore.credit')}</List.Item>
          </List>
        )
      }
      confirm={t('clients.restore')}
      isFilled={data !== undefined}
      onConfirm={restore}
    >
      <TextInput
        label={t('clients.externalId')}
        description={t('clients.restore.externalId')}
        maxLength={200}
        value={externalId}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </ReasonDialog>
  );
}
