import { Checkbox, List, Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { api, unwrap, unwrapVersioned } from '../../../api/client';
import { keys } from '../../../api/keys';
import type { components } from '../../../api/schema';
import { ReasonDialog } from '../../../form/dialogs/ConfirmDialog';
import { rich } from '../../../i18n/rich';
import { t } from '../../../i18n/t';
import { useCan } from '../../../session/rights';
import { FailedState } from '../../../ui/FailedState';
import { Money } from '../../../ui/text/Money';
import { toastDone } from '../../../ui/toast';
import type { LifecycleDialogProps } from './dialog-props';

/**
 * Deletes a client after showing what is deleted with it. It reads the client first, so that one decides on what is
 * there now.
 */
export function DeleteDialog({ id, name, opened, onClose, onDone }: LifecycleDialogProps): ReactNode {
  const path = { id };
  const { data, error, refetch } = useQuery({
    queryKey: keys.one('clients', id, 'toDelete'),
    queryFn: ({ signal }) => unwrapVersioned(api.GET('/v1/clients/{id}', { params: { path }, signal })),
    enabled: opened,
    staleTime: 0,
    gcTime: 0,
  });
  const may = useCan();
  const mayInvoice = may('createInvoice') && may('readUninvoiced');
  const { data: uninvoiced, isLoading } = useQuery({
    queryKey: keys.one('clients', id, 'uninvoiced'),
    queryFn: ({ signal }) => unwrap(api.GET('/v1/clients/{id}/uninvoiced', { params: { path }, signal })),
    enabled: opened && mayInvoice,
    staleTime: 0,
    gcTime: 0,
  });
  const hasLines = uninvoiced !== undefined && uninvoiced.lines.length > 0;
  // Wanted, until the user says otherwise: else the charges would be on no invoice.
  const [isFinalWanted, setFinalWanted] = useState(true);
  const remove = async (reason: string): Promise<void> => {
    const header = { 'If-Match': data?.etag ?? '' };
    const query = { reason, ...(hasLines && isFinalWanted && { finalInvoice: true }) };
    await unwrap(api.DELETE('/v1/clients/{id}', { params: { path, header, query } }));
    toastDone(t('clients.deleted', { name }));
    await onDone();
  };
  return (
    <ReasonDialog
      opened={opened}
      onClose={onClose}
      title={t('clients.deleteOf', { name })}
      effect={
        error ? (
          <FailedState error={error} onRetry={() => void refetch()} />
        ) : (
          <Skeleton visible={!data}>
            <Effect client={data?.value ?? null} />
          </Skeleton>
        )
      }
      confirm={t('clients.delete')}
      isDangerous
      isFilled={data !== undefined && !isLoading}
      onConfirm={remove}
    >
      {hasLines && (
        <Checkbox
          label={rich('clients.delete.finalInvoice', {
            total: <Money value={{ amount: uninvoiced.total, currency: uninvoiced.currency }} />,
          })}
          description={t('clients.delete.finalInvoiceHint')}
          checked={isFinalWanted}
          onChange={({ currentTarget }) => setFinalWanted(currentTarget.checked)}
        />
      )}
    </ReasonDialog>
  );
}

function Effect({ client }: { readonly client: components['schemas']['Client'] | null }): ReactNode {
  return (
    <Stack gap="xs">
      {client && <span>{rich('clients.delete.balance', { live: <Money value={client.balance.live} /> })}</span>}
      <List size="sm" spacing={4}>
        <List.Item>{t('clients.delete.monitor')}</List.Item>
        <List.Item>{t('clients.delete.entries')}</List.Item>
        {client?.temporaryCredit && (
          <List.Item>{rich('clients.delete.credit', { credit: <Money value={client.temporaryCredit} /> })}</List.Item>
        )}
        <List.Item>{t('clients.delete.panel')}</List.Item>
        <List.Item>{t('clients.delete.history')}</List.Item>
      </List>
    </Stack>
  );
}
