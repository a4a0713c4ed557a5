import { Skeleton, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, unwrap } from '../../../api/client';
import type { JobInput } from '../../../api/types';
import { FailedState } from '../../../ui/FailedState';
import { t } from '../../../i18n/t';

const typingMs = 300;

/** How many clients the job would change, leave, and refuse, as they are now. */
export function JobOutlook({ job }: { readonly job: Pick<JobInput, 'kind' | 'parameters' | 'selection'> }): ReactNode {
  const [asked] = useDebouncedValue(JSON.stringify(job), typingMs);
  const { data, error } = useQuery({
    queryKey: ['jobs', 'preview', asked],
    queryFn: ({ signal }) => unwrap(api.POST('/v1/jobs/preview', { body: JSON.parse(asked) as JobInput, signal })),
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
  });
  if (error) return <FailedState error={error} />;
  if (!data) return <Skeleton h={20} w={260} />;
  const { changed, unchanged, refused } = data.outlook;
  const parts = [
    t('clients.bulk.changed', { n: changed }),
    unchanged > 0 && t('clients.bulk.unchanged', { n: unchanged }),
    refused > 0 && t('clients.bulk.refused', { n: refused }),
    data.impact !== null && t('clients.bulk.notified', { n: data.impact.newlyNotified.count }),
  ];
  return (
    <Text size="sm" role="status">
      {parts.filter(Boolean).join(' ')}
    </Text>
  );
}
