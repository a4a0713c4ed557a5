import { Alert, Anchor, Group, Stack, Text } from '@mantine/core';
import { IconBellOff, IconHeartBroken } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { rich } from '../../../../i18n/rich';
import { t } from '../../../../i18n/t';
import { ActionButton } from '../../../../session/ActionButton';
import { healthQuery } from '../../../../session/meta';
import { actorText } from '../../../../ui/audit/Actor';
import { ruleName } from '../../../../ui/text/rule-label';
import { Time } from '../../../../ui/text/Time';
import type { Dialog } from '../dialogs/ClientDialogs';
import { monitorQuery, type Client, type Monitor } from '../queries';

interface MonitorNoticesProps {
  readonly client: Client;
  readonly onDialog: (dialog: Dialog) => void;
}

/** What keeps notifications from being sent, with the way out; nothing while all is well. */
export function MonitorNotices({ client, onDialog }: MonitorNoticesProps): ReactNode {
  const { data: monitor } = useQuery(monitorQuery(client.id));
  if (!monitor || client.status === 'deleted') return null;
  const quiet = [
    ...monitor.silences.map(({ rule, until }) => ({
      key: rule ?? '*',
      text: rich('client.monitor.silenced', {
        rule: rule === null ? t('client.rule.all') : ruleName(rule),
        time: <Time at={until} format="short" clientZone={client.timezone} />,
      }),
      action: (
        <ActionButton
          operation="silenceMonitor"
          size="compact-sm"
          variant="default"
          onClick={() => onDialog({ kind: 'unsilence', rule })}
        >
          {t('client.unsilence.short')}
        </ActionButton>
      ),
    })),
    ...monitor.coveringSilences.map(({ id, comment, resellerName, from, until }) => ({
      key: `silence ${id}`,
      text: rich('client.monitor.covered', {
        comment,
        reseller: resellerName,
        from: <Time at={from} format="short" clientZone={client.timezone} />,
        until: <Time at={until} format="short" clientZone={client.timezone} />,
      }),
      action: (
        <Anchor component={Link} to={`/silences?clientId=${client.id}`} size="sm" underline="always">
          {t('app.nav.silences')}
        </Anchor>
      ),
    })),
    ...(monitor.pausedBy === null
      ? []
      : [
          {
            key: 'paused',
            text: t('client.monitor.pausedBy', { by: actorText(monitor.pausedBy, monitor.pausedByName) }),
            action: (
              <ActionButton
                operation="resumeMonitor"
                size="compact-sm"
                variant="default"
                onClick={() => onDialog({ kind: 'resume' })}
              >
                {t('client.resume')}
              </ActionButton>
            ),
          },
        ]),
  ];
  return (
    <>
      <MonitorProblem monitor={monitor} onRestart={() => onDialog({ kind: 'restart' })} />
      {quiet.length > 0 && (
        <Alert variant="light" color="violet" icon={<IconBellOff aria-hidden />} p="xs">
          <Stack gap={6}>
            {quiet.map(({ key, text, action }) => (
              <Group key={key} justify="space-between" gap="xs">
                <Text size="sm" component="div">
                  {text}
                </Text>
                {action}
              </Group>
            ))}
          </Stack>
        </Alert>
      )}
    </>
  );
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
  const { balanceError, unhealthyReason, run, temporalReachable } = monitor;
  if (balanceError) {
    return (
      <ProblemAlert title={t('client.problem.source')}>
        {rich('client.problem.source.text', {
          source: t(`client.source.${balanceError.source}`),
          time: <Time at={balanceError.since} show="both" />,
          reason: balanceError.reason,
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
