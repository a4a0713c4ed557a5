import { Stack, Text } from '@mantine/core';
import { readList } from '../../api/lists';
import { membersOf, type Job } from '../../api/types';
import { numberFormat } from '../../i18n/intl';
import { intlLocale } from '../../i18n/language';
import { t } from '../../i18n/t';
import type { ListDefinition } from '../../list/definition';
import { Actor } from '../../ui/audit/Actor';
import { JobStatusBadge } from '../../ui/badges/JobBadge';
import { JobProgress } from '../../ui/jobs/JobProgress';
import { jobCountsText, anyJobKinds, jobKindText } from '../../ui/text/job-text';
import { Time } from '../../ui/text/Time';

const statuses = membersOf<Job['status']>({ running: true, finished: true, canceled: true });

export const jobsList: ListDefinition<Job> = {
  kind: 'jobs',
  name: 'jobs',
  title: 'app.nav.jobs',
  load: (query, signal) => readList('/v1/jobs', query, signal),
  idOf: ({ id }) => id,
  nameOf: ({ kind, id }) => `${jobKindText(kind)} ${id}`,
  sort: '-id',
  columns: [
    { id: 'kind', label: 'jobs.kind', isName: true, render: ({ kind }) => jobKindText(kind) },
    { id: 'status', label: 'common.status', render: ({ status }) => <JobStatusBadge status={status} /> },
    {
      id: 'progress',
      label: 'jobs.progress',
      exported: false,
      render: (job) => (
        <Stack gap={4} miw={160}>
          <JobProgress job={job} size="sm" />
          <Text size="xs">{jobCountsText(job)}</Text>
        </Stack>
      ),
    },
    {
      id: 'rows',
      label: 'jobs.rows',
      exportedWith: ['pending', 'done', 'unchanged', 'refused', 'conflict', 'failed', 'canceled'],
      align: 'right',
      sort: 'rows',
      render: ({ rows }) => numberFormat(intlLocale()).format(rows),
    },
    {
      id: 'startedBy',
      label: 'jobs.startedBy',
      exportedWith: ['startedByName'],
      render: ({ startedBy, startedByName }) => <Actor actor={startedBy} name={startedByName} />,
    },
    // Numbers grow with time.
    { id: 'createdAt', label: 'jobs.startedAt', sort: 'id', render: ({ createdAt }) => <Time at={createdAt} /> },
    { id: 'endedAt', label: 'jobs.endedAt', optional: true, render: ({ endedAt }) => <Time at={endedAt} /> },
    { id: 'reason', label: 'common.reason', optional: true, render: ({ reason }) => reason },
  ],
  filters: [
    {
      kind: 'choice',
      label: 'common.status',
      parameter: 'status',
      multiple: true,
      options: () => statuses.map((value) => ({ value, label: t(`jobs.status.${value}`) })),
    },
    {
      kind: 'choice',
      label: 'jobs.kind',
      parameter: 'kind',
      multiple: true,
      options: () => anyJobKinds.map((value) => ({ value, label: jobKindText(value) })),
    },
    { kind: 'text', label: 'jobs.startedBy', parameter: 'startedBy', placeholder: 'user:3' },
    { kind: 'time', label: 'jobs.startedAt', from: 'from', to: 'to' },
  ],
};
