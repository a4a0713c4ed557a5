import { Anchor, Text } from '@mantine/core';
import { Link } from 'react-router';
import { readList } from '../../../api/lists';
import type { JobRow } from '../../../api/types';
import { t } from '../../../i18n/t';
import type { ListDefinition } from '../../../list/definition';
import { JobOutcomeBadge } from '../../../ui/badges/JobBadge';
import { jobOutcomes, rowProblemText } from '../../../ui/text/job-text';
import { Time } from '../../../ui/text/Time';

export const jobRowsList: ListDefinition<JobRow> = {
  kind: 'jobRows',
  name: 'job-rows',
  title: 'jobs.results',
  load: (query, signal) => readList('/v1/job-rows', query, signal),
  idOf: ({ id }) => id,
  nameOf: ({ clientName, clientId, id }) => clientName ?? clientId ?? id,
  sort: 'id',
  search: { parameter: 'q', placeholder: 'jobs.search' },
  columns: [
    {
      id: 'clientName',
      label: 'jobs.client',
      isName: true,
      sort: 'clientName',
      render: ({ kind, position, clientId, clientName, outcome }) =>
        clientName === null ? (
          clientId === null ? (
            kind === 'import_rates' ? (
              t('jobs.part', { n: position })
            ) : kind === 'import_clients' && outcome !== 'done' ? (
              t('jobs.importedRow', { n: position })
            ) : (
              t('jobs.clientRemoved')
            )
          ) : (
            t('jobs.clientHidden', { id: clientId })
          )
        ) : (
          <Anchor component={Link} to={`/clients/${clientId}`} size="sm">
            {clientName}
          </Anchor>
        ),
    },
    { id: 'outcome', label: 'jobs.outcome', render: ({ outcome }) => <JobOutcomeBadge outcome={outcome} /> },
    {
      id: 'problem',
      label: 'jobs.problem',
      exportedWith: ['detail'],
      render: ({ problem, report }) => (
        <>
          {problem && <Text size="sm">{rowProblemText(problem.code)}</Text>}
          {(problem || report) && (
            <Text size="xs" c="dimmed" lang="en" style={{ whiteSpace: 'normal' }}>
              {problem?.detail ?? report}
            </Text>
          )}
        </>
      ),
    },
    {
      id: 'endedAt',
      label: 'jobs.endedAt',
      sort: 'endedAt',
      render: ({ endedAt }) => <Time at={endedAt} format="second" />,
    },
  ],
  filters: [
    {
      kind: 'choice',
      label: 'jobs.outcome',
      parameter: 'outcome',
      multiple: true,
      options: () => jobOutcomes.map((value) => ({ value, label: t(`jobs.outcome.${value}`) })),
    },
  ],
};
