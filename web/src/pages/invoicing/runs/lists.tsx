import { Stack, Text } from '@mantine/core';
import { readList } from '../../../api/lists';
import type { components } from '../../../api/schema';
import type { Job } from '../../../api/types';
import { clientSource, resellerSource } from '../../../form/sources';
import { t } from '../../../i18n/t';
import type { ListDefinition } from '../../../list/definition';
import { Actor } from '../../../ui/audit/Actor';
import { JobStatusBadge } from '../../../ui/badges/JobBadge';
import { toneText } from '../../../ui/badges/ToneBadge';
import { Truncated } from '../../../ui/cells/Truncated';
import { JobProgress } from '../../../ui/jobs/JobProgress';
import { jobCountsText, jobKindText } from '../../../ui/text/job-text';
import { Time } from '../../../ui/text/Time';

type Upcoming = components['schemas']['UpcomingInvoice'];

/** Clients by their next automatic invoice. */
export const upcomingList: ListDefinition<Upcoming> = {
  kind: 'invoices',
  name: 'upcoming-invoices',
  title: 'invoices.runs.upcoming',
  load: (query, signal) => readList('/v1/upcoming-invoices', query, signal),
  idOf: ({ id }) => id,
  nameOf: ({ clientName }) => clientName,
  sort: 'nextInvoiceAt',
  columns: [
    {
      id: 'clientName',
      label: 'invoices.client',
      sort: 'clientName',
      isName: true,
      exportedWith: ['id'],
      render: ({ clientName }) => <Truncated text={clientName} />,
    },
    {
      id: 'nextInvoiceAt',
      label: 'invoices.runs.next',
      sort: 'nextInvoiceAt',
      render: ({ nextInvoiceAt, timezone, due, blockedReason }) => (
        <>
          <Time at={nextInvoiceAt} clientZone={timezone} />
          {due && (
            <Text size="xs" c="dimmed">
              {t('invoices.runs.due')}
            </Text>
          )}
          {blockedReason !== null && (
            <Text size="xs" {...toneText('amber')}>
              {t('invoices.runs.blocked')}
            </Text>
          )}
        </>
      ),
    },
    { id: 'paymentTerms', label: 'clients.paymentTermsId', render: ({ paymentTerms }) => paymentTerms },
    {
      id: 'lastInvoicedAt',
      label: 'invoices.lastInvoiced',
      render: ({ lastInvoicedAt, timezone }) => (
        <Time at={lastInvoicedAt} clientZone={timezone} none={t('invoices.lastInvoiced.never')} />
      ),
    },
    { id: 'timezone', label: 'clients.timezone', optional: true, render: ({ timezone }) => timezone },
    {
      id: 'resellerName',
      label: 'invoices.reseller',
      optional: true,
      render: ({ resellerName }) => <Truncated text={resellerName} />,
    },
  ],
  filters: [
    { kind: 'reference', label: 'invoices.client', parameter: 'clientId', ...clientSource },
    { kind: 'reference', label: 'invoices.reseller', parameter: 'resellerId', ...resellerSource },
  ],
};

/** Jobs that issue invoices. */
export const runsList: ListDefinition<Job> = {
  kind: 'jobs',
  name: 'invoicing-runs',
  exportName: 'jobs',
  title: 'invoices.runs',
  load: (query, signal) => readList('/v1/jobs', query, signal),
  idOf: ({ id }) => id,
  nameOf: ({ kind, id }) => `${jobKindText(kind)} ${id}`,
  sort: '-id',
  columns: [
    {
      id: 'createdAt',
      label: 'jobs.startedAt',
      sort: 'id',
      isName: true,
      render: ({ createdAt }) => <Time at={createdAt} />,
    },
    { id: 'kind', label: 'jobs.kind', render: ({ kind }) => jobKindText(kind) },
    { id: 'status', label: 'common.status', render: ({ status }) => <JobStatusBadge status={status} /> },
    {
      id: 'progress',
      label: 'jobs.progress',
      exportedAs: ['rows', 'pending', 'done', 'unchanged', 'refused', 'conflict', 'failed', 'canceled'],
      render: (job) => (
        <Stack gap={4} miw={160}>
          <JobProgress job={job} size="sm" />
          <Text size="xs">{jobCountsText(job)}</Text>
        </Stack>
      ),
    },
    {
      id: 'startedBy',
      label: 'jobs.startedBy',
      exportedWith: ['startedByName'],
      render: ({ startedBy, startedByName }) => <Actor actor={startedBy} name={startedByName} />,
    },
    { id: 'endedAt', label: 'jobs.endedAt', optional: true, render: ({ endedAt }) => <Time at={endedAt} /> },
  ],
  filters: [],
};
