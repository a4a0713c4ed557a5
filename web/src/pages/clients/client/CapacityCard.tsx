import { Group, Skeleton, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { rich } from '../../../i18n/rich';
import { t } from '../../../i18n/t';
import { ToneBadge } from '../../../ui/badges/ToneBadge';
import { FailedState } from '../../../ui/FailedState';
import { Money } from '../../../ui/text/Money';
import { Time } from '../../../ui/text/Time';
import stacked from '../../../ui/cells/stacked.module.css';
import { Facts } from './Facts';
import { Panel } from './Panel';
import { capacityChangesQuery, type Client } from './queries';

type Capacity = Client['capacity'];
type Reason = Pick<Capacity, 'reason' | 'available' | 'threshold'>;

const mostChanges = 5;

/** The current capacity and why; nothing for a client whose capacity no rule lowers. */
export function CapacityCard({ client }: { readonly client: Client }) {
  const { capacity, currency, timezone } = client;
  if (capacity.reason === null && client.lowBalanceCapacity === null) return null;
  return (
    <Panel title={t('client.capacity')}>
      <Facts
        facts={[
          [
            t('client.capacity.now'),
            <Group key="now" gap={6} justify="flex-end">
              {limitText(capacity.capacity)}
              {capacity.applied && <ToneBadge tone="amber">{t('client.capacity.reduced')}</ToneBadge>}
            </Group>,
          ],
          [t('client.capacity.normal'), limitText(capacity.normalCapacity)],
          [t('client.capacity.why'), <Why key="why" change={capacity} currency={currency} />],
          ...(capacity.since === null
            ? []
            : [
                [
                  t('client.capacity.since'),
                  <Time key="since" at={capacity.since} show="both" clientZone={timezone} />,
                ] as const,
              ]),
        ]}
      />
      {capacity.reason !== null && <History client={client} />}
    </Panel>
  );
}

function History({ client }: { readonly client: Client }) {
  const { data, error, refetch } = useQuery(capacityChangesQuery(client.id, mostChanges));
  if (error) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton h={80} />;
  return (
    <>
      <Text size="sm" fw={600}>
        {t('client.capacity.history')}
      </Text>
      <Table className={stacked['stacked']} fz="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('client.capacity.at')}</Table.Th>
            <Table.Th>{t('client.capacity.value')}</Table.Th>
            <Table.Th>{t('client.capacity.why')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {data.data.map((change) => (
            <Table.Tr key={change.sequence}>
              <Table.Td>
                <Time at={change.at} format="short" clientZone={client.timezone} />
              </Table.Td>
              <Table.Td data-label={t('client.capacity.value')}>{limitText(change.capacity)}</Table.Td>
              <Table.Td data-label={t('client.capacity.why')}>
                <Why change={change} currency={client.currency} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </>
  );
}

function Why({ change, currency }: { readonly change: Reason; readonly currency: string }): ReactNode {
  const { reason, available, threshold } = change;
  const money = (amount: string | null): ReactNode => <Money value={amount === null ? null : { amount, currency }} />;
  if (reason === null) return t('client.capacity.reason.none');
  if (reason === 'configuration') return t('client.capacity.reason.configuration');
  return rich(`client.capacity.reason.${reason}`, { available: money(available), threshold: money(threshold) });
}

const limitText = (capacity: number | null): string =>
  capacity === null ? t('client.capacity.unlimited') : String(capacity);
