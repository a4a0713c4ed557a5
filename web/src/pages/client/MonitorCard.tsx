import { Alert, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconHeartBroken } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { intlLocale } from '../../i18n/language';
import { rich } from '../../i18n/rich';
import { t } from '../../i18n/t';
import { ActionButton } from '../../session/ActionButton';
import { healthQuery } from '../../session/meta';
import { actorText } from '../../ui/audit/Actor';
import { Countdown } from '../../ui/text/Countdown';
import { durationText } from '../../ui/text/duration-text';
import { FailedState } from '../../ui/FailedState';
import { TemporalLink } from '../../ui/TemporalLink';
import { Time } from '../../ui/text/Time';
import { CheckButton } from './ClientActions';
import type { Dialog } from './dialogs/ClientDialogs';
import { Facts } from './Facts';
import { Panel } from './Panel';
import { explainQuery, monitorQuery, type Client, type Explanation, type Monitor } from './queries';
import { ruleName } from '../../ui/text/rule-label';

interface MonitorCardProps {
  readonly client: Client;
  readonly onDialog: (dialog: Dialog) => void;
}

/** The workflow that monitors this client: its next check, and what keeps it from running. */
export function MonitorCard({ client, onDialog }: MonitorCardProps) {
  const { data: monitor, error, refetch } = useQuery(monitorQuery(client.id));
  const { data: explanation } = useQuery(explainQuery(client.id));
  return (
    <Panel title={t('client.monitor')} actions={<CheckButton client={client} size="xs" />}>
      {error && <FailedState error={error} onRetry={() => void refetch()} />}
      {!monitor && !error && <Skeleton h={200} />}
      {monitor && (
        <Stack gap="xs">
          <MonitorProblem monitor={monitor} onRestart={() => onDialog({ kind: 'restart' })} />
          <Silences monitor={monitor} onDialog={onDialog} />
          <MonitorFacts client={client} monitor={monitor} explanation={explanation ?? null} />
          {monitor.pausedBy !== null && (
            <Group justify="space-between" gap="xs">
              <Text size="sm">
                {t('client.monitor.pausedBy', { by: actorText(monitor.pausedBy, monitor.pausedByName) })}
              </Text>
              <ActionButton
                operation="resumeMonitor"
                size="compact-sm"
                variant="default"
                onClick={() => onDialog({ kind: 'resume' })}
              >
                {t('client.resume')}
              </ActionButton>
            </Group>
          )}
        </Stack>
      )}
    </Panel>
  );
}

interface MonitorFactsProps {
  readonly client: Client;
  readonly monitor: Monitor;
  readonly explanation: Explanation | null;
}

function MonitorFacts({ client, monitor, explanation }: MonitorFactsProps) {
  const { nextCheckAt, lastCheckAt, run, workflowId, temporalUrl, pendingDeliveries } = monitor;
  const zone = client.timezone;
  const none = t('client.monitor.none');
  const facts: (readonly [string, ReactNode])[] = [
    [t('client.monitor.next'), nextCheckAt === null ? none : <Countdown to={nextCheckAt} clientZone={zone} />],
    [t('client.monitor.last'), <Time key="last" at={lastCheckAt} show="relative" clientZone={zone} />],
  ];
  if (explanation && client.status !== 'deleted') facts.push([t('client.monitor.every'), everyText(explanation)]);
  if (pendingDeliveries > 0) facts.push([t('client.monitor.pending'), pendingDeliveries]);
  facts.push([
    t('client.monitor.run'),
    run === null
      ? none
      : run.status !== 'running'
        ? t('client.monitor.ended')
        : rich('client.monitor.running', { time: <Time at={run.startedAt} show="relative" clientZone={zone} /> }),
  ]);
  if (explanation?.run) facts.push([t('client.monitor.runs'), t('client.monitor.runsOf', counted(explanation.run))]);
  facts.push([t('client.monitor.workflow'), <TemporalLink key="link" workflowId={workflowId} href={temporalUrl} />]);
  return <Facts facts={facts} />;
}

const counted = ({ checks, runs }: { checks: number; runs: number }): { checks: number; runs: number } => ({
  checks,
  runs: runs + 1,
});

function everyText({ checkEverySeconds, trigger }: Explanation): string {
  const period = durationText(checkEverySeconds * 1000, intlLocale());
  return t(trigger === 'change' ? 'client.monitor.everyAndChange' : 'client.monitor.everyPeriod', { period });
}

/** What keeps the monitor from working, the nearest cause first. */
function MonitorProblem({
  monitor,
  onRestart,
}: {
  readonly monitor: Monitor;
  readonly onRestart: () => void;
}): ReactNode {
  const health = useQuery(healthQuery).data;
  const isDown = (name: 'worker' | 'temporal'): boolean =>
    health?.checks.some((check) => check.name === name && check.status === 'down') ?? false;
  const { balanceFault, unhealthyReason, run, temporalReachable } = monitor;
  if (balanceFault) {
    return (
      <ProblemAlert title={t('client.problem.source')}>
        {rich('client.problem.source.text', {
          source: t(`client.source.${balanceFault.source}`),
          time: <Time at={balanceFault.since} show="both" />,
          reason: balanceFault.reason,
        })}
      </ProblemAlert>
    );
  }
  if (!temporalReachable || isDown('temporal')) {
    return <ProblemAlert title={t('client.problem.temporal')}>{t('client.problem.temporal.text')}</ProblemAlert>;
  }
  if (unhealthyReason && isDown('worker')) {
    return <ProblemAlert title={t('client.problem.worker')}>{t('client.problem.worker.text')}</ProblemAlert>;
  }
  if (!unhealthyReason) return null;
  const fault = run?.status === 'running' ? unhealthyReason : 'missing';
  return (
    <ProblemAlert title={t(`client.problem.${fault}`)}>
      {t(`client.problem.${fault}.text`)}
      <div style={{ marginTop: 8 }}>
        <ActionButton operation="restartMonitor" size="compact-sm" variant="default" onClick={onRestart}>
          {t('client.restart')}
        </ActionButton>
      </div>
    </ProblemAlert>
  );
}

function ProblemAlert({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Alert variant="light" color="red" icon={<IconHeartBroken aria-hidden />} title={title} p="sm">
      {children}
    </Alert>
  );
}

function Silences({ monitor, onDialog }: { readonly monitor: Monitor; readonly onDialog: (dialog: Dialog) => void }) {
  return monitor.silences.map(({ rule, until }) => (
    <Group key={rule ?? '*'} justify="space-between" gap="xs" wrap="nowrap">
      <Text size="sm">
        {rich('client.monitor.silenced', {
          rule: rule === null ? t('client.rule.all') : ruleName(rule),
          time: <Time at={until} format="short" />,
        })}
      </Text>
      <ActionButton
        operation="silenceMonitor"
        size="compact-sm"
        variant="default"
        onClick={() => onDialog({ kind: 'unsilence', rule })}
      >
        {t('client.unsilence.short')}
      </ActionButton>
    </Group>
  ));
}
