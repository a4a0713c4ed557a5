import '../../../i18n/late/tasks';
import { Skeleton, Stack } from '@mantine/core';
import { IconClockPlay } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { t } from '../../../i18n/t';
import { EmptyState } from '../../../ui/EmptyState';
import { FailedState } from '../../../ui/FailedState';
import { PageHeader } from '../../../ui/PageHeader';
import { tasksQuery } from './queries';
import { TaskCard } from './TaskCard';

/** The scheduled work of the fleet: how often, whether it is paused, and what its last runs found. */
export default function TasksPage(): ReactNode {
  const { data, error, refetch } = useQuery(tasksQuery());
  return (
    <>
      <PageHeader title={t('app.nav.tasks')} lead={t('tasks.lead')} />
      {error && !data && <FailedState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton h={320} role="status" aria-label={t('common.loading')} />}
      {data?.data.length === 0 && (
        <EmptyState icon={IconClockPlay} title={t('tasks.none')} text={t('tasks.none.text')} />
      )}
      {data && (
        <Stack gap="md">
          {data.data.map((task) => (
            <TaskCard key={task.task} task={task} />
          ))}
        </Stack>
      )}
    </>
  );
}
