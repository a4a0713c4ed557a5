import { Group, Paper, SimpleGrid, Skeleton, Text, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useId, useState, type ReactNode } from 'react';
import { numberFormat } from '../../../../i18n/intl';
import { intlLocale } from '../../../../i18n/language';
import { rich } from '../../../../i18n/rich';
import { t } from '../../../../i18n/t';
import { stateText } from '../../../../ui/badges/StateBadge';
import { CopyText } from '../../../../ui/CopyText';
import { FailedState } from '../../../../ui/FailedState';
import { TemporalLink } from '../../../../ui/TemporalLink';
import { Time } from '../../../../ui/text/Time';
import { Facts } from '../Facts';
import { explainQuery, monitorQuery, type Client, type Explanation, type Monitor } from '../queries';
import { intervalText } from '../rules/RulesCard';

/** The workflow of the client, for those who run the service: folded, because no answer about the client needs it. */
export function MonitorDetails({ client }: { readonly client: Client }) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <Paper component="section" withBorder p="md">
      <UnstyledButton aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>
        <Group gap={6} wrap="nowrap">
          {isOpen ? <IconChevronDown size={16} aria-hidden /> : <IconChevronRight size={16} aria-hidden />}
          <Text fw={600} size="sm" component="h2" m={0}>
            {t('client.monitor')}
          </Text>
          <Text size="sm" c="dimmed" visibleFrom="sm">
            {t('client.monitor.text')}
          </Text>
        </Group>
      </UnstyledButton>
      {isOpen && (
        <div id={id}>
          <Opened client={client} />
        </div>
      )}
    </Paper>
  );
}

function Opened({ client }: { readonly client: Client }) {
  const { data: monitor, error, refetch } = useQuery(monitorQuery(client.id));
  const { data: explanation } = useQuery(explainQuery(client.id));
  if (error) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!monitor) return <Skeleton h={180} mt="sm" />;
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xl" verticalSpacing={0} mt="sm">
      <Facts facts={scheduleFacts(client, monitor, explanation ?? null)} />
      <Facts facts={runFacts(client, monitor, explanation ?? null)} />
    </SimpleGrid>
  );
}

type Rows = readonly (readonly [string, ReactNode])[];

function scheduleFacts(client: Client, monitor: Monitor, explanation: Explanation | null): Rows {
  const { nextCheckAt, lastCheckAt, state, stateSince, seenAt, pendingDeliveries } = monitor;
  const zone = client.timezone;
  return [
    [
      t('client.monitor.state'),
      rich('client.monitor.stateSince', {
        state: stateText(state),
        time: <Time at={stateSince} format="second" clientZone={zone} />,
      }),
    ],
    [
      t('client.monitor.next'),
      <Time key="next" at={nextCheckAt} format="second" none={t('client.monitor.none')} clientZone={zone} />,
    ],
    [t('client.monitor.last'), <Time key="last" at={lastCheckAt} format="second" clientZone={zone} />],
    ...(explanation && client.status !== 'deleted'
      ? [[t('client.monitor.every'), intervalText(explanation)] as const]
      : []),
    [t('client.monitor.seen'), <Time key="seen" at={seenAt} format="second" clientZone={zone} />],
    [t('client.monitor.pending'), pendingDeliveries],
  ];
}

function runFacts(client: Client, { run, workflowId, temporalUrl }: Monitor, explanation: Explanation | null): Rows {
  const none = t('client.monitor.none');
  const counts = explanation?.run ?? null;
  const numbers = numberFormat(intlLocale());
  return [
    [t('client.monitor.workflow'), <TemporalLink key="link" workflowId={workflowId} href={temporalUrl} />],
    [
      t('client.monitor.runId'),
      run === null ? none : <CopyText key="run" value={run.runId} label={t('client.monitor.runId')} />,
    ],
    [
      t('client.monitor.run'),
      run === null
        ? none
        : run.status !== 'running'
          ? t('client.monitor.ended')
          : rich('client.monitor.running', {
              time: <Time at={run.startedAt} show="relative" clientZone={client.timezone} />,
            }),
    ],
    [
      t('client.monitor.runs'),
      counts === null ? none : t('client.monitor.runsOf', { checks: counts.checks, runs: counts.runs + 1 }),
    ],
    [t('client.monitor.history'), run === null ? none : numbers.format(run.historyLength)],
  ];
}
