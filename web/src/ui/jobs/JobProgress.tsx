import { Progress } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Job } from '../../api/types';
import { jobCountsText } from '../text/job-text';

/** How the rows of a job divide: done, unchanged, refused, conflict or failed, canceled; the rest is pending. */
export function JobProgress({
  job,
  size = 'md',
}: {
  readonly job: Job;
  readonly size?: 'sm' | 'md' | 'lg';
}): ReactNode {
  const { counts, rows } = job;
  const share = (count: number): number => (rows === 0 ? 0 : (count / rows) * 100);
  return (
    <Progress.Root size={size} miw={96} role="img" aria-label={jobCountsText(job)}>
      <Progress.Section value={share(counts.done)} color="teal.8" aria-hidden />
      <Progress.Section value={share(counts.unchanged)} color="gray.6" aria-hidden />
      <Progress.Section value={share(counts.refused + counts.conflict + counts.failed)} color="red.8" aria-hidden />
      <Progress.Section value={share(counts.canceled)} color="gray.4" aria-hidden />
    </Progress.Root>
  );
}
