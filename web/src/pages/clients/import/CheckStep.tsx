import { Button, Group, Progress, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { api, unwrap } from '../../../api/client';
import { keys } from '../../../api/keys';
import type { Import } from '../../../api/types';
import { t } from '../../../i18n/t';
import { ActionButton } from '../../../session/ActionButton';
import { FailedState } from '../../../ui/FailedState';
import { DeleteUpload } from './MappingStep';
import { useShowImport } from './queries';
import { Rejects } from './Rejects';

/** The dry run, then the choices of the import itself. */
export function CheckStep({ upload }: { readonly upload: Import }): ReactNode {
  const { id, rows, checkedRows, validRows, invalidRows } = upload;
  const { error, retry } = useChecks(upload);
  const show = useShowImport();
  const isDone = checkedRows === rows;
  return (
    <Stack gap="md">
      {!isDone && (
        <Progress
          value={rows === 0 ? 0 : (checkedRows / rows) * 100}
          aria-label={t('imports.checking', { done: checkedRows, total: rows })}
        />
      )}
      <Text size="sm" role="status">
        {isDone
          ? t('imports.checked', { valid: validRows, invalid: invalidRows })
          : t('imports.checking', { done: checkedRows, total: rows })}
      </Text>
      {error !== null && <FailedState error={error} onRetry={retry} />}
      {isDone && invalidRows > 0 && <Rejects upload={upload} version={`checked ${checkedRows}`} />}
      {isDone && validRows > 0 && <StartForm upload={upload} />}
      <Group>
        <Button variant="default" onClick={() => show({ ...upload, isMapped: false })}>
          {t('imports.mapping.change')}
        </Button>
        <DeleteUpload key={id} upload={upload} />
      </Group>
    </Stack>
  );
}

/** Asks for the next rows until all are checked: a request checks for a few seconds. */
function useChecks({ id, rows, checkedRows }: Import): { error: unknown; retry: () => void } {
  const [error, setError] = useState<unknown>(null);
  const show = useShowImport();
  const isWaiting = checkedRows < rows && error === null;
  useEffect(() => {
    if (!isWaiting) return undefined;
    const abort = new AbortController();
    unwrap(api.POST('/v1/imports/{id}/check', { params: { path: { id } }, signal: abort.signal })).then(
      (checked) => {
        if (!abort.signal.aborted) show(checked);
      },
      (failure: unknown) => {
        if (!abort.signal.aborted) setError(failure);
      },
    );
    return () => abort.abort();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the next request follows the rows that the one before checked
  }, [id, checkedRows, isWaiting]);
  return { error, retry: () => setError(null) };
}

function StartForm({ upload }: { readonly upload: Import }): ReactNode {
  const [countFirstNotifications, setCountFirst] = useState(true);
  const [reason, setReason] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const queries = useQueryClient();
  const show = useShowImport();
  const start = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      const body = { countFirstNotifications, ...(reason.trim() !== '' && { reason: reason.trim() }) };
      const job = await unwrap(api.POST('/v1/imports/{id}/start', { params: { path: { id: upload.id } }, body }));
      queries.setQueryData(keys.one('jobs', job.id), job);
      void queries.invalidateQueries({ queryKey: ['jobs', 'running'] });
      show({ ...upload, jobId: job.id });
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <Stack gap="sm" align="flex-start">
      <Switch
        label={t('imports.countFirst')}
        description={t('imports.countFirst.hint')}
        checked={countFirstNotifications}
        onChange={(event) => setCountFirst(event.currentTarget.checked)}
      />
      <TextInput
        label={t('common.reason')}
        value={reason}
        maxLength={500}
        onChange={(event) => setReason(event.currentTarget.value)}
        w="100%"
        maw={480}
      />
      {error !== null && <FailedState error={error} />}
      <ActionButton operation="startImport" loading={isBusy} onClick={() => void start()}>
        {t('imports.start', { n: upload.validRows })}
      </ActionButton>
    </Stack>
  );
}
