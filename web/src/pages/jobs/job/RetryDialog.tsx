import { Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, unwrap } from '../../../api/client';
import type { Job, JobInput } from '../../../api/types';
import { ConfirmDialog } from '../../../form/dialogs/ConfirmDialog';
import { t } from '../../../i18n/t';
import { FailedState } from '../../../ui/FailedState';
import { JobPreviewed } from '../../../ui/jobs/JobPreviewed';

interface RetryDialogProps {
  readonly job: Job;
  /** clients that are taken up */
  readonly n: number;
  readonly onRetried: (job: Job) => void;
  readonly onClose: () => void;
}

/** Clients that someone else changed are shown as they are now, before the job changes them. */
export function RetryDialog({ job, n, onRetried, onClose }: RetryDialogProps): ReactNode {
  const params = { path: { id: job.id } };
  const { data, error } = useQuery({
    queryKey: ['jobs', job.id, 'retry'],
    queryFn: ({ signal }) => unwrap(api.GET('/v1/jobs/{id}/retry', { params, signal })),
    ...{ staleTime: 0, gcTime: 0, refetchOnWindowFocus: false, refetchOnReconnect: false },
  });
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      size="lg"
      title={t('jobs.retry.title', { n })}
      effect={t('jobs.retry.effect')}
      confirm={t('jobs.retry.confirm')}
      isFilled={data !== undefined}
      onConfirm={async () => {
        const seen = data?.seen ?? undefined;
        onRetried(await unwrap(api.POST('/v1/jobs/{id}/retry', { params, body: seen === undefined ? {} : { seen } })));
      }}
    >
      <Stack gap="sm">
        {error ? (
          <FailedState error={error} />
        ) : data ? (
          // Only kinds that a selection starts have conflicts.
          <JobPreviewed kind={job.kind as JobInput['kind']} preview={data} />
        ) : (
          <Skeleton h={120} />
        )}
      </Stack>
    </ConfirmDialog>
  );
}
