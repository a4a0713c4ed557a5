import { Table, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleDashed, IconCircleX, IconPlayerStop, type Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { t } from '../../../i18n/t';
import { ToneBadge, type Tone } from '../../../ui/badges/ToneBadge';
import stacked from '../../../ui/cells/stacked.module.css';
import { Time } from '../../../ui/text/Time';
import type { Task } from './queries';

type Run = Task['runs'][number];

const looks: Readonly<Record<Run['status'], readonly [Tone, Icon]>> = {
  running: ['blue', IconCircleDashed],
  completed: ['green', IconCircleCheck],
  failed: ['red', IconCircleX],
  stopped: ['gray', IconPlayerStop],
};

/** What runs name, in the order in which it is shown; what a run names besides is left out. */
const names = [
  ...([
    'checked',
    'low',
    'decided',
    'emailed',
    'latched',
    'cleared',
    'unknown',
    'noRate',
    'failed',
    'notSent',
  ] as const),
  ...(['waiting', 'signaled', 'ended', 'stuck', 'replaced', 'removed', 'reminders', 'overdue', 'digests'] as const),
  ...(['messages', 'bounces', 'flagged', 'left'] as const),
];

/** The last runs of a task, and what they found. */
export function RunsTable({ runs, name }: { readonly runs: readonly Run[]; readonly name: string }): ReactNode {
  if (runs.length === 0) {
    return (
      <Text size="sm" c="dimmed" mt="sm">
        {t('tasks.runs.none')}
      </Text>
    );
  }
  return (
    <Table className={stacked['stacked']} fz="sm" mt="sm" aria-label={`${t('tasks.runs')}: ${name}`}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('tasks.run.started')}</Table.Th>
          <Table.Th>{t('tasks.run.status')}</Table.Th>
          <Table.Th>{t('tasks.run.found')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {runs.map((run) => (
          <Table.Tr key={run.runId}>
            <Table.Td data-label={t('tasks.run.started')}>
              <Time at={run.startedAt} format="second" />
            </Table.Td>
            <Table.Td data-label={t('tasks.run.status')}>
              <RunStatus status={run.status} />
            </Table.Td>
            <Table.Td data-label={t('tasks.run.found')} style={{ overflowWrap: 'anywhere' }}>
              {run.failure === null ? foundText(run) : <span lang="en">{run.failure}</span>}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function RunStatus({ status }: Pick<Run, 'status'>): ReactNode {
  const [tone, icon] = looks[status];
  return (
    <ToneBadge tone={tone} icon={icon}>
      {t(`tasks.status.${status}`)}
    </ToneBadge>
  );
}

function foundText({ found }: Run): string {
  if (found === null) return '';
  const parts = names
    .filter((name) => (found[name] ?? 0) > 0)
    .map((name) => t(`tasks.found.${name}`, { n: found[name] ?? 0 }));
  return parts.length > 0 ? parts.join(', ') : t('tasks.run.nothing');
}
