import { Alert, Anchor, Group, Text } from '@mantine/core';
import { IconListCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, type ReactNode } from 'react';
import { Link } from 'react-router';
import { api, unwrap } from '../../api/client';
import type { Job } from '../../api/types';
import { useChanges } from '../../api/use-changes';
import { t } from '../../i18n/t';
import { useCan } from '../../session/rights';
import { useMe } from '../../session/session';
import { JobProgress } from '../../ui/jobs/JobProgress';
import { jobCountsText, jobKindText } from '../../ui/text/job-text';
import { toastDone, toastFailure } from '../../ui/toast';

const key = ['jobs', 'running'] as const;
const shownAtOnce = 3;
/** A bar that moves once in so long is smooth enough. */
const gatherMs = 1000;

/** The user's own jobs that run, on every page: they continue whatever the browser does. */
export function RunningJobs(): ReactNode {
  const { id } = useMe();
  const canSee = useCan()('listJobs');
  const { data: jobs = [], refetch } = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => {
      const query = { status: 'running' as const, startedBy: `user:${id}`, limit: shownAtOnce };
      return (await unwrap(api.GET('/v1/jobs', { params: { query: { ...query, status: ['running'] } }, signal }))).data;
    },
    enabled: canSee,
  });
  const read = useCallback(async () => {
    if (canSee) await refetch();
  }, [canSee, refetch]);
  useChanges('jobs', read, { gatherMs });
  useEndedJobs(jobs);
  return jobs.map((job) => <Notice key={job.id} job={job} />);
}

function Notice({ job }: { readonly job: Job }): ReactNode {
  return (
    <Alert variant="light" color="water" py="xs" mb="xs" icon={<IconListCheck aria-hidden />}>
      <Group gap="sm" wrap="nowrap">
        <Anchor component={Link} to={`/jobs/${job.id}`} size="sm" style={{ whiteSpace: 'nowrap' }}>
          {jobKindText(job.kind)}
        </Anchor>
        <div style={{ flex: 1 }}>
          <JobProgress job={job} size="sm" />
        </div>
        <Text size="sm" style={{ whiteSpace: 'nowrap' }}>
          {t('jobs.of', { done: job.rows - job.counts.pending, total: job.rows })}
        </Text>
      </Group>
    </Alert>
  );
}

/** Says how a job ended that was seen running. */
function useEndedJobs(running: readonly Job[]): void {
  const seen = useRef<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const now = new Set(running.map(({ id }) => id));
    const ended = [...seen.current].filter((id) => !now.has(id));
    seen.current = now;
    for (const id of ended) void announceEnd(id);
  }, [running]);
}

async function announceEnd(id: string): Promise<void> {
  try {
    const job = await unwrap(api.GET('/v1/jobs/{id}', { params: { path: { id } } }));
    if (job.status !== 'finished') return;
    const link = (
      <Anchor component="a" href={`/jobs/${id}`} size="sm">
        {jobCountsText(job)}
      </Anchor>
    );
    toastDone(link, t('jobs.finished', { kind: jobKindText(job.kind) }));
  } catch (error) {
    toastFailure(error);
  }
}
