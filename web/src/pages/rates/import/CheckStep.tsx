import { Button, Group, Progress, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { api, unwrap } from '../../../api/client';
import { keys } from '../../../api/keys';
import { t } from '../../../i18n/t';
import { ActionButton } from '../../../session/ActionButton';
import { FailedState } from '../../../ui/FailedState';
import { reasonOf } from '../tables/queries';
import { EarlyRates } from './EarlyRates';
import { useShowRateImport, type RateImport } from './queries';
import { RejectedRates } from './RejectedRates';

interface CheckStepProps {
  readonly upload: RateImport;
  readonly onBack: () => void;
}

/** The dry run with its counts, then the start. */
export function CheckStep({ upload, onBack }: CheckStepProps): ReactNode {
  const { rows, invalidRows, isChecked, counts } = upload;
  // Each row is read, then compared.
  const done = Math.floor((upload.checkedRows + upload.comparedRows) / 2);
  const { error, retry } = useChecks(upload);
  return (
    <Stack gap="md">
      {!isChecked && (
        <Progress
          value={rows === 0 ? 0 : (done / rows) * 100}
          aria-label={t('rateTables.import.checking', { done, total: rows })}
        />
      )}
      <Text size="sm" role="status">
        {isChecked
          ? t('rateTables.import.checked', { valid: rows - invalidRows, invalid: invalidRows })
          : t('rateTables.import.checking', { done, total: rows })}
      </Text>
      {counts && <Text size="sm">{t('rateTables.import.counts', countsOf(counts))}</Text>}
      {counts && counts.alreadyExported > 0 && (
        <Text size="sm">{t('rateTables.import.alreadyExported', { n: counts.alreadyExported })}</Text>
      )}
      {counts && counts.alreadyNotified > 0 && (
        <Text size="sm">{t('rateTables.import.alreadyNotified', { n: counts.alreadyNotified })}</Text>
      )}
      {counts && counts.early > 0 && <EarlyRates upload={upload} />}
      {error !== null && <FailedState error={error} onRetry={retry} />}
      {isChecked && invalidRows > 0 && <RejectedRates id={upload.id} />}
      {isChecked && invalidRows < rows && <StartForm upload={upload} />}
      <Group>
        <Button variant="default" onClick={onBack}>
          {t('rateTables.import.back')}
        </Button>
      </Group>
    </Stack>
  );
}

function countsOf(counts: NonNullable<RateImport['counts']>) {
  const { increased, decreased, unchanged, skipped, closed, stashed } = counts;
  return { new: counts.new, increased, decreased, unchanged, skipped, closed, stashed };
}

/** Asks for the next rows until all are checked: a request checks for a few seconds. */
function useChecks({ id, isChecked }: RateImport): { error: unknown; retry: () => void } {
  const [error, setError] = useState<unknown>(null);
  const [turn, setTurn] = useState(0);
  const show = useShowRateImport();
  const isWaiting = !isChecked && error === null;
  useEffect(() => {
    if (!isWaiting) return undefined;
    const abort = new AbortController();
    unwrap(api.POST('/v1/rate-imports/{id}/check', { params: { path: { id } }, signal: abort.signal })).then(
      (checked) => {
        if (abort.signal.aborted) return;
        show(checked);
        setTurn((before) => before + 1);
      },
      (failure: unknown) => {
        if (!abort.signal.aborted) setError(failure);
      },
    );
    return () => abort.abort();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the next request follows the one before
  }, [id, turn, isWaiting]);
  return { error, retry: () => setError(null) };
}

function StartForm({ upload }: { readonly upload: RateImport }): ReactNode {
  const [reason, setReason] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const queries = useQueryClient();
  const show = useShowRateImport();
  const start = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      const params = { path: { id: upload.id } };
      const job = await unwrap(api.POST('/v1/rate-imports/{id}/start', { params, body: reasonOf(reason) }));
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
      <TextInput
        label={t('common.reason')}
        value={reason}
        maxLength={500}
        onChange={(event) => setReason(event.currentTarget.value)}
        w="100%"
        maw={480}
      />
      {error !== null && <FailedState error={error} />}
      <ActionButton operation="startRateImport" loading={isBusy} onClick={() => void start()}>
        {t('rateTables.import.start')}
      </ActionButton>
    </Stack>
  );
}
