import { Alert, Group, Paper, Skeleton, Table, Text, Title, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { t } from '../../i18n/t';
import { ActionButton } from '../../session/ActionButton';
import { FailedState } from '../../ui/FailedState';
import { rateText } from '../../ui/text/rate-text';
import { Time } from '../../ui/text/Time';
import { ToneBadge } from '../../ui/badges/ToneBadge';
import { currentRatesQuery, neededRatesQuery, pairKey, pairsOf, type Pair } from './rates-queries';

interface PairsProps {
  /** begins a new rate of the pair */
  readonly onNew: (pair: string) => void;
}

/** Every pair once: the current rate, or that there is none though clients need it. */
export function CurrentRates({ onNew }: PairsProps): ReactNode {
  const current = useQuery(currentRatesQuery);
  const needed = useQuery(neededRatesQuery);
  const error = current.error ?? needed.error;
  const retry = (): void => void Promise.all([current.refetch(), needed.refetch()]);
  if (error) return <FailedState error={error} onRetry={retry} />;
  if (!current.data || !needed.data) return <Skeleton h={160} />;
  const pairs = pairsOf(needed.data.data, current.data.data);
  const gaps = pairs.filter(({ rate }) => rate === null);
  return (
    <>
      <Gaps gaps={gaps} />
      <Paper withBorder p="md" mb="lg" component="section" aria-labelledby="rates-in-force">
        <Group justify="space-between" mb="xs" gap="xs">
          <Title order={2} size="h5" id="rates-in-force">
            {t('rates.current')}
          </Title>
          {gaps.length === 0 && needed.data.data.length > 0 && (
            <ToneBadge tone="green" icon={IconCircleCheck}>
              {t('rates.complete')}
            </ToneBadge>
          )}
        </Group>
        {pairs.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('rates.noneNeeded')}
          </Text>
        ) : (
          <PairsTable pairs={pairs} onNew={onNew} />
        )}
      </Paper>
    </>
  );
}

/** Pairs that clients or companies need without a rate: their balances are not monitored. */
function Gaps({ gaps }: { readonly gaps: readonly Pair[] }): ReactNode {
  if (gaps.length === 0) return null;
  const clients = gaps.reduce((sum, pair) => sum + pair.clients, 0);
  const companies = gaps.reduce((sum, pair) => sum + pair.companies, 0);
  return (
    <Alert
      mb="md"
      color="red"
      variant="light"
      icon={<IconAlertTriangle aria-hidden />}
      title={clients > 0 ? t('rates.gaps', { n: clients }) : t('rates.gapsCompanies', { n: companies })}
    >
      <Text size="sm">
        {t('rates.gapsText', { pairs: gaps.map(({ from, to }) => t('rates.pair', { from, to })).join(', ') })}
      </Text>
    </Alert>
  );
}

function PairsTable({ pairs, onNew }: PairsProps & { readonly pairs: readonly Pair[] }): ReactNode {
  return (
    <Table.ScrollContainer minWidth={520} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
      <Table fz="sm" verticalSpacing={4} aria-labelledby="rates-in-force">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('rates.pairHead')}</Table.Th>
            <Table.Th scope="col" ta="right">
              {t('rates.rate')}
            </Table.Th>
            <Table.Th scope="col">{t('rates.since')}</Table.Th>
            <Table.Th scope="col" ta="right">
              {t('rates.clients')}
            </Table.Th>
            <Table.Th scope="col" ta="right">
              {t('rates.companies')}
            </Table.Th>
            <Table.Th>
              <VisuallyHidden>{t('common.actions')}</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {pairs.map((pair) => (
            <PairRow key={pairKey(pair)} pair={pair} onNew={onNew} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function PairRow({ pair, onNew }: PairsProps & { readonly pair: Pair }): ReactNode {
  const { from, to, rate, at, clients, companies } = pair;
  return (
    <Table.Tr>
      <Table.Td fw={500}>{t('rates.pair', { from, to })}</Table.Td>
      <Table.Td ta="right" style={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>
        {rate === null ? (
          <ToneBadge tone="red" icon={IconAlertTriangle}>
            {t('rates.missing')}
          </ToneBadge>
        ) : (
          t('rates.equation', { from, to, rate: rateText(rate) })
        )}
      </Table.Td>
      <Table.Td>{at && <Time at={at} />}</Table.Td>
      <Table.Td ta="right">
        {clients > 0 || companies > 0 ? (
          clients
        ) : (
          <Text span size="sm" c="dimmed">
            {t('rates.unused')}
          </Text>
        )}
      </Table.Td>
      <Table.Td ta="right">{companies}</Table.Td>
      <Table.Td ta="right">
        <NewOfPair pair={pair} onNew={onNew} />
      </Table.Td>
    </Table.Tr>
  );
}

function NewOfPair({ pair, onNew }: PairsProps & { readonly pair: Pair }): ReactNode {
  return (
    <ActionButton
      operation="createExchangeRate"
      size="compact-xs"
      mih={24}
      variant={pair.rate === null ? 'filled' : 'default'}
      aria-label={t('rates.newOf', { pair: t('rates.pair', { from: pair.from, to: pair.to }) })}
      onClick={() => onNew(pairKey(pair))}
    >
      {t('rates.new')}
    </ActionButton>
  );
}
