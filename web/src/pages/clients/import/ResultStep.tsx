import { Anchor, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { api, unwrap } from '../../../api/client';
import { keys } from '../../../api/keys';
import type { Import } from '../../../api/types';
import { t } from '../../../i18n/t';
import { FailedState } from '../../../ui/FailedState';
import { JobProgress } from '../../../ui/jobs/JobProgress';
import { jobCountsText } from '../../../ui/text/job-text';
import { Rejects } from './Rejects';

/** How far the job is, and what it did not import. */
export function ResultStep({ upload, jobId }: { readonly upload: Import; readonly jobId: string }): ReactNode {
  const {
    data: job,
    error,
    refetch,
  } = useQuery({
    queryKey: keys.one('jobs', jobId),
    queryFn: ({ signal }) => unwrap(api.GET('/v1/jobs/{id}', { params: { path: { id: jobId } }, signal })),
  });
  if (error && !job) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!job) return null;
  return (
    <Stack gap="md">
      <JobProgress job={job} size="lg" />
      <Text size="sm" role="status">
        {t(job.status === 'running' ? 'imports.running' : 'imports.finished')} {jobCountsText(job)}
      </Text>
      <Anchor component={Link} to={`/jobs/${jobId}`} size="sm" w="fit-content">
        {t('imports.job')}
      </Anchor>
      {job.status !== 'running' && <Rejects upload={upload} version={`${job.status} ${jobCountsText(job)}`} />}
    </Stack>
  );
}
