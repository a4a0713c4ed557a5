import { Group, Paper, Text, Title } from '@mantine/core';
import { IconCircleCheck, IconClockEdit, IconPlayerPause, IconPlayerPlay, IconRun } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { api, unwrap } from '../../../api/client';
import { keys } from '../../../api/keys';
import { ReasonDialog } from '../../../form/dialogs/ConfirmDialog';
import { IntegerInput } from '../../../form/inputs/IntegerInput';
import { intlLocale } from '../../../i18n/language';
import { t } from '../../../i18n/t';
import { ActionButton } from '../../../session/ActionButton';
import { ToneBadge } from '../../../ui/badges/ToneBadge';
import { Fields } from '../../../ui/Fields';
import { durationText } from '../../../ui/text/duration-text';
import { Time } from '../../../ui/text/Time';
import { toastDone, toastFailure } from '../../../ui/toast';
import type { Task } from './queries';
import { RunsTable } from './RunsTable';

const maxMinutes = 10_080;

export function TaskCard({ task }: { readonly task: Task }): ReactNode {
  const { paused } = task;
  const name = t(`tasks.${task.task}`);
  return (
    <Paper component="section" withBorder p="md" aria-label={name}>
      <Group justify="space-between" align="flex-start" gap="sm">
        <Group gap="sm">
          <Title order={2} size="h4">
            {name}
          </Title>
          {paused ? (
            <ToneBadge tone="amber" icon={IconPlayerPause}>
              {t('tasks.paused')}
            </ToneBadge>
          ) : (
            <ToneBadge tone="green" icon={IconCircleCheck}>
              {t('tasks.active')}
            </ToneBadge>
          )}
        </Group>
        <TaskActions task={task} name={name} />
      </Group>
      <Text size="sm" c="dimmed" my="xs">
        {t(`tasks.${task.task}.text`)}
      </Text>
      <Fields
        rows={[
          [t('tasks.interval'), durationText(task.everySeconds * 1000, intlLocale())],
          [t('tasks.next'), paused ? null : <Time key="next" at={task.nextRunAt} show="both" />],
          [t('tasks.note'), paused ? task.note : null],
        ]}
      />
      <RunsTable runs={task.runs} name={name} />
    </Paper>
  );
}

type Asked = 'pause' | 'interval' | null;

function TaskActions({ task, name }: { readonly task: Task; readonly name: string }): ReactNode {
  const queries = useQueryClient();
  const [asked, setAsked] = useState<Asked>(null);
  const [minutes, setMinutes] = useState<number | string>(task.everySeconds / 60);
  const { paused } = task;
  const params = { path: { task: task.task } };
  const change = async (body: { readonly paused?: boolean; readonly everySeconds?: number }, reason: string) => {
    await unwrap(api.POST('/v1/tasks/{task}/change', { params, body: { ...body, reason } }));
    toastDone(t('tasks.changed'));
    await queries.invalidateQueries({ queryKey: keys.tasks });
  };
  const run = async (): Promise<void> => {
    try {
      await unwrap(api.POST('/v1/tasks/{task}/run', { params, body: {} }));
      toastDone(t('tasks.run.done'));
      await queries.invalidateQueries({ queryKey: keys.tasks });
    } catch (error) {
      toastFailure(error);
    }
  };
  const isFit = typeof minutes === 'number' && Number.isInteger(minutes) && minutes >= 1 && minutes <= maxMinutes;
  const verb = paused ? 'resume' : 'pause';
  return (
    <Group gap="xs">
      <ActionButton
        operation="runTask"
        isInRow
        size="xs"
        leftSection={<IconRun size={16} aria-hidden />}
        onClick={() => void run()}
      >
        {t('tasks.run')}
      </ActionButton>
      <ActionButton
        operation="updateTask"
        isInRow
        size="xs"
        variant="default"
        leftSection={<IconClockEdit size={16} aria-hidden />}
        onClick={() => setAsked('interval')}
      >
        {t('tasks.interval.change')}
      </ActionButton>
      <ActionButton
        operation="updateTask"
        isInRow
        size="xs"
        variant="default"
        leftSection={paused ? <IconPlayerPlay size={16} aria-hidden /> : <IconPlayerPause size={16} aria-hidden />}
        onClick={() => setAsked('pause')}
      >
        {t(`tasks.${verb}`)}
      </ActionButton>
      <ReasonDialog
        opened={asked === 'pause'}
        onClose={() => setAsked(null)}
        title={t(`tasks.${verb}.title`, { name })}
        effect={t(`tasks.${verb}.effect`)}
        confirm={t(`tasks.${verb}`)}
        onConfirm={(reason) => change({ paused: !paused }, reason)}
      />
      <ReasonDialog
        opened={asked === 'interval'}
        onClose={() => setAsked(null)}
        title={t('tasks.interval.title', { name })}
        effect={t('tasks.interval.effect')}
        confirm={t('tasks.interval.change')}
        isFilled={isFit}
        onConfirm={(reason) => change({ everySeconds: Number(minutes) * 60 }, reason)}
      >
        <IntegerInput
          label={t('tasks.interval.minutes')}
          value={minutes}
          onChange={setMinutes}
          error={isFit ? undefined : t('form.integer', { min: 1, max: maxMinutes })}
          required
        />
      </ReasonDialog>
    </Group>
  );
}
