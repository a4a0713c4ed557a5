import { Anchor, SimpleGrid, Skeleton, Stack, Table, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { pageId } from '../../../api/page-id';
import type { HealthSummary } from '../../../api/types';
import { t } from '../../../i18n/t';
import { healthQuery, metaQuery } from '../../../session/meta';
import { FailedState } from '../../../ui/FailedState';
import { Time } from '../../../ui/text/Time';
import { ToneBadge } from '../../../ui/badges/ToneBadge';

const marks = {
  ok: { icon: IconCircleCheck, tone: 'green' },
  degraded: { icon: IconAlertTriangle, tone: 'amber' },
  down: { icon: IconCircleX, tone: 'red' },
} as const satisfies Readonly<Record<HealthSummary['status'], unknown>>;

/** Every part with its state, and which processes of which version run. */
export function SystemTab() {
  const { data, error, refetch } = useQuery(healthQuery);
  if (error && !data) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton h={320} />;
  return (
    <Stack gap="lg">
      <Checks checks={data.checks} />
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg">
        <Processes processes={data.processes} />
        <Versions />
      </SimpleGrid>
    </Stack>
  );
}

function Checks({ checks }: { readonly checks: HealthSummary['checks'] }) {
  return (
    <section aria-labelledby="settings-checks">
      <Title order={2} size="h5" id="settings-checks" mb="xs">
        {t('settings.system.checks')}
      </Title>
      <Table.ScrollContainer minWidth={640}>
        <Table withTableBorder>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={190}>{t('settings.system.part')}</Table.Th>
              <Table.Th w={130}>{t('common.status')}</Table.Th>
              <Table.Th>{t('common.details')}</Table.Th>
              <Table.Th w={170}>{t('settings.system.since')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {checks.map(({ name, status, since, detail, remedy }) => (
              <Table.Tr key={name}>
                <Table.Td>{t(`settings.part.${name}`)}</Table.Td>
                <Table.Td>
                  <HealthBadge status={status} />
                </Table.Td>
                <Table.Td>
                  {t(status === 'ok' ? `settings.healthy.${name}` : `app.health.${name}.effect`)}
                  {status !== 'ok' && (
                    <Text size="sm" c="dimmed" lang="en">
                      {[detail, remedy].filter(Boolean).join(' · ')}
                    </Text>
                  )}
                </Table.Td>
                <Table.Td>
                  <Time at={since} none="" />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </section>
  );
}

function HealthBadge({ status }: { readonly status: keyof typeof marks }) {
  const { icon, tone } = marks[status];
  return (
    <ToneBadge tone={tone} icon={icon}>
      {t(`settings.status.${status}`)}
    </ToneBadge>
  );
}

function Processes({ processes }: { readonly processes: HealthSummary['processes'] }) {
  return (
    <section aria-labelledby="settings-processes">
      <Title order={2} size="h5" id="settings-processes" mb="xs">
        {t('settings.system.processes')}
      </Title>
      <Table.ScrollContainer minWidth={480}>
        <Table withTableBorder>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('settings.process.kind')}</Table.Th>
              <Table.Th>{t('settings.process.version')}</Table.Th>
              <Table.Th>{t('settings.process.host')}</Table.Th>
              <Table.Th>{t('settings.process.started')}</Table.Th>
              <Table.Th>{t('settings.process.seen')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {processes.map(({ kind, version, host, startedAt, seenAt, running }) => (
              <Table.Tr key={`${kind} ${host} ${startedAt}`}>
                <Table.Td>{t(`settings.process.${kind}`)}</Table.Td>
                <Table.Td>{version}</Table.Td>
                <Table.Td>{host}</Table.Td>
                <Table.Td>
                  <Time at={startedAt} />
                </Table.Td>
                <Table.Td>{running ? <Time at={seenAt} show="relative" /> : t('settings.process.ended')}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </section>
  );
}

function Versions() {
  const { data: meta } = useQuery(metaQuery);
  return (
    <section aria-labelledby="settings-versions">
      <Title order={2} size="h5" id="settings-versions" mb="xs">
        {t('settings.system.versions')}
      </Title>
      <Table variant="vertical" withTableBorder>
        <Table.Tbody>
          <Table.Tr>
            <Table.Th w="40%">{t('settings.system.service')}</Table.Th>
            <Table.Td>{meta?.version}</Table.Td>
          </Table.Tr>
          <Table.Tr>
            <Table.Th>{t('settings.system.page')}</Table.Th>
            <Table.Td>{pageId}</Table.Td>
          </Table.Tr>
          <Table.Tr>
            <Table.Th>Temporal</Table.Th>
            <Table.Td>
              {meta?.temporalUi ? (
                <Anchor size="sm" href={meta.temporalUi} target="_blank" rel="noreferrer">
                  {t('settings.system.openTemporal')}
                </Anchor>
              ) : (
                t('common.none')
              )}
            </Table.Td>
          </Table.Tr>
        </Table.Tbody>
      </Table>
    </section>
  );
}
