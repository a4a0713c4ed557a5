import { Stack, Text } from '@mantine/core';
import { IconListCheck, IconPlayerStop, IconRefresh } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { useParams } from 'react-router';
import { api, unwrap } from '../../../api/client';
import { keys } from '../../../api/keys';
import type { Job } from '../../../api/types';
import { ConfirmDialog } from '../../../form/dialogs/ConfirmDialog';
import { numberFormat } from '../../../i18n/intl';
import { intlLocale } from '../../../i18n/language';
import { t } from '../../../i18n/t';
import { List } from '../../../list/List';
import { refreshLists } from '../../../list/refresh';
import { ActionButton } from '../../../session/ActionButton';
import { useCan } from '../../../session/rights';
import { Actor } from '../../../ui/audit/Actor';
import { JobStatusBadge } from '../../../ui/badges/JobBadge';
import { EntityFailure } from '../../../ui/page/EntityFailure';
import { Fields } from '../../../ui/Fields';
import { JobProgress } from '../../../ui/jobs/JobProgress';
import { PageHeader } from '../../../ui/PageHeader';
import { jobCountsText, jobKindText } from '../../../ui/text/job-text';
import { Time } from '../../../ui/text/Time';
import { toastDone, toastFailure } from '../../../ui/toast';
import { ParameterList } from './ParameterList';
import { jobQuery } from './queries';
import { RetryDialog } from './RetryDialog';
import { jobRowsList } from './rows-list';

/** One job: how far it is, the outcome of each client, and what can be done about it. */
export default function JobPage() {
  const { id = '' } = useParams();
  const queries = useQueryClient();
  const { data: job, error, refetch } = useQuery(jobQuery(id));
  // The rows move with the job.
  const moved = job && `${job.status} ${jobCountsText(job)}`;
  useEffect(() => void refreshLists(queries, 'jobRows'), [queries, moved]);
  const back = { to: '/jobs', label: t('app.nav.jobs') };
  if (error && !job) {
    return (
      <EntityFailure
        error={error}
        onRetry={() => void refetch()}
        back={back}
        missing={t('jobs.missing')}
        missingText={t('jobs.missing.text', { id })}
      />
    );
  }
  return (
    <>
      <PageHeader
        back={back}
        title={job ? jobKindText(job.kind) : t('common.loading')}
        beside={job && <JobStatusBadge status={job.status} />}
        actions={job && <Actions job={job} />}
      />
      {job && <Facts job={job} />}
      <List
        definition={jobRowsList}
        fixed={{ jobId: id }}
        empty={{ icon: IconListCheck, title: t('jobs.results.empty') }}
      />
    </>
  );
}

function Facts({ job }: { readonly job: Job }): ReactNode {
  const { startedBy, startedByName, runsAs, runsAsName, canceledBy, canceledByName } = job;
  return (
    <Stack gap="sm" mb="md">
      <JobProgress job={job} size="lg" />
      <Text size="sm" role="status">
        {jobCountsText(job)}
      </Text>
      <Fields
        rows={[
          [t('jobs.rows'), numberFormat(intlLocale()).format(job.rows)],
          [t('jobs.parameters'), <ParameterList key="parameters" job={job} />],
          [t('jobs.startedBy'), <Actor key="startedBy" actor={startedBy} name={startedByName} />],
          [t('jobs.runsAs'), runsAs === startedBy ? null : <Actor key="runsAs" actor={runsAs} name={runsAsName} />],
          [t('jobs.startedAt'), <Time key="createdAt" at={job.createdAt} />],
          [t('jobs.endedAt'), job.endedAt && <Time key="endedAt" at={job.endedAt} />],
          [t('jobs.canceledBy'), canceledBy && <Actor key="canceledBy" actor={canceledBy} name={canceledByName} />],
          [t('common.reason'), job.reason],
        ]}
      />
    </Stack>
  );
}

function Actions({ job }: { readonly job: Job }): ReactNode {
  const queries = useQueryClient();
  const can = useCan();
  const [isCanceling, setCanceling] = useState(false);
  const [isLooking, setLooking] = useState(false);
  const params = { path: { id: job.id } };
  const show = (changed: Job): void => {
    queries.setQueryData(keys.one('jobs', job.id), changed);
    void queries.invalidateQueries({ queryKey: ['jobs', 'running'] });
  };
  const retry = async (): Promise<void> => {
    try {
      show(await unwrap(api.POST('/v1/jobs/{id}/retry', { params, body: {} })));
    } catch (error) {
      toastFailure(error);
    }
  };
  const unsuccessful = job.counts.refused + job.counts.conflict + job.counts.failed;
  if (job.status === 'running' && can('cancelJob')) {
    return (
      <>
        <ActionButton
          operation="cancelJob"
          size="xs"
          variant="default"
          leftSection={<IconPlayerStop size={16} aria-hidden />}
          onClick={() => setCanceling(true)}
        >
          {t('jobs.cancel')}
        </ActionButton>
        <ConfirmDialog
          opened={isCanceling}
          onClose={() => setCanceling(false)}
          title={t('jobs.cancel.title')}
          effect={t('jobs.cancel.effect')}
          confirm={t('jobs.cancel')}
          isDangerous
          onConfirm={async () => {
            show(await unwrap(api.POST('/v1/jobs/{id}/cancel', { params })));
            toastDone(t('jobs.canceled'));
          }}
        />
      </>
    );
  }
  if (job.status === 'running' || unsuccessful === 0 || !can('retryJob')) return null;
  return (
    <>
      <ActionButton
        operation="retryJob"
        size="xs"
        leftSection={<IconRefresh size={16} aria-hidden />}
        onClick={() => (job.counts.conflict > 0 ? setLooking(true) : void retry())}
      >
        {t('jobs.retry', { n: unsuccessful })}
      </ActionButton>
      {isLooking && <RetryDialog job={job} n={unsuccessful} onRetried={show} onClose={() => setLooking(false)} />}
    </>
  );
}
