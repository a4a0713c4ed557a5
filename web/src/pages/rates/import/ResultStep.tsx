import { Anchor, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, type ReactNode } from 'react';
import { Link } from 'react-router';
import { api, unwrap } from '../../../api/client';
import { keys } from '../../../api/keys';
import { t } from '../../../i18n/t';
import { FailedState } from '../../../ui/FailedState';
import { JobProgress } from '../../../ui/jobs/JobProgress';
import { jobCountsText } from '../../../ui/text/job-text';
import type { RateImport } from './queries';
import { RejectedRates } from './RejectedRates';

/** How far the job is, and which rows it left out. */
export function ResultStep({ upload, jobId }: { readonly upload: RateImport; readonly jobId: string }): ReactNode {
  const {
    data: job,
    error,
    refetch,
  } = useQuery({
    queryKey: keys.one('jobs', jobId),
    queryFn: ({ signal }) => unwrap(api.GET('/v1/jobs/{id}', { params: { path: { id: jobId } }, signal })),
  });
  const queries = useQueryClient();
  const hasEnded = job !== undefined && job.status !== 'running';
  useEffect(() => {
    // What was read before the import shows none of its rates.
    if (hasEnded) for (const kind of ['rateTables', 'tableRates']) void queries.invalidateQueries({ queryKey: [kind] });
  }, [hasEnded, queries]);
  if (error && !job) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!job) return null;
  return (
    <Stack gap="md">
      <JobProgress job={job} size="lg" />
      <Text size="sm" role="status">
        {t(job.status === 'running' ? 'rateTables.import.running' : 'rateTables.import.finished')} {jobCountsText(job)}
      </Text>
      <Anchor component={Link} to={`/rate-tables/${upload.rateTableId}`} size="sm" w="fit-content">
        {t('rateTables.import.table')}
      </Anchor>
      <Anchor component={Link} to={`/jobs/${jobId}`} size="sm" w="fit-content">
        {t('rateTables.import.job')}
      </Anchor>
      <RejectedRates id={upload.id} />
    </Stack>
  );
}
