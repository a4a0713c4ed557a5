import { Skeleton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, unwrap } from '../../../api/client';
import type { JobInput, JobPreview } from '../../../api/types';
import { FailedState } from '../../../ui/FailedState';
import { JobPreviewed } from '../../../ui/jobs/JobPreviewed';

const typingMs = 300;

interface Outlook {
  readonly data: JobPreview | undefined;
  readonly error: unknown;
  /** what is shown is of the job as it is asked for now, or this could not be read */
  readonly isCurrent: boolean;
}

/** What the job would do to its clients as they are now. */
export function useJobOutlook(job: Pick<JobInput, 'kind' | 'parameters' | 'selection'>, isFilled: boolean): Outlook {
  const wanted = JSON.stringify(job);
  const [asked] = useDebouncedValue(wanted, typingMs);
  const { data, error, isPlaceholderData } = useQuery({
    queryKey: ['jobs', 'preview', asked],
    queryFn: ({ signal }) => unwrap(api.POST('/v1/jobs/preview', { body: JSON.parse(asked) as JobInput, signal })),
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
    // What was seen is sent with the job: it must be what is shown.
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    enabled: isFilled,
  });
  const isCurrent = asked === wanted && !isPlaceholderData && (data !== undefined || error !== null);
  return { data, error, isCurrent };
}

export function JobOutlook({
  kind,
  outlook,
}: {
  readonly kind: JobInput['kind'];
  readonly outlook: Outlook;
}): ReactNode {
  if (outlook.error) return <FailedState error={outlook.error} />;
  if (!outlook.data) return <Skeleton h={20} w={260} />;
  return <JobPreviewed kind={kind} preview={outlook.data} />;
}
