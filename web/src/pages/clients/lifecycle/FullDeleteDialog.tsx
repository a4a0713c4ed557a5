import { List } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { api, unwrap, unwrapVersioned } from '../../../api/client';
import { keys } from '../../../api/keys';
import { ConfirmDialog } from '../../../form/dialogs/ConfirmDialog';
import { t } from '../../../i18n/t';
import { FailedState } from '../../../ui/FailedState';
import type { LifecycleDialogProps } from './dialog-props';

/** Removes a deleted client for good: its name must be typed. Leads to the job that does it. */
export function FullDeleteDialog({ id, name, opened, onClose, onDone }: LifecycleDialogProps): ReactNode {
  const navigate = useNavigate();
  const path = { id };
  const { data, error, refetch } = useQuery({
    queryKey: keys.one('clients', id, 'toRemove'),
    queryFn: ({ signal }) => unwrapVersioned(api.GET('/v1/clients/{id}', { params: { path }, signal })),
    enabled: opened,
    staleTime: 0,
    gcTime: 0,
  });
  const remove = async (reason: string): Promise<void> => {
    const header = { 'If-Match': data?.etag ?? '' };
    const call = api.POST('/v1/clients/{id}/full-delete', { params: { path, header }, body: { name, reason } });
    const job = await unwrap(call);
    await onDone();
    void navigate(`/jobs/${job.id}`);
  };
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={t('clients.fullDeleteOf', { name })}
      effect={
        error ? (
          <FailedState error={error} onRetry={() => void refetch()} />
        ) : (
          <List size="sm" spacing={4}>
            <List.Item>{t('clients.fullDelete.removed')}</List.Item>
            <List.Item>{t('clients.fullDelete.kept')}</List.Item>
            <List.Item>{t('clients.fullDelete.final')}</List.Item>
          </List>
        )
      }
      confirm={t('clients.fullDelete')}
      isDangerous
      typed={name}
      reason="required"
      isFilled={data !== undefined}
      onConfirm={remove}
    />
  );
}
