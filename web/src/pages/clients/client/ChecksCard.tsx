import { Button, Group, Skeleton, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { t } from '../../../i18n/t';
import { EmptyState } from '../../../ui/EmptyState';
import { FailedState } from '../../../ui/FailedState';
import { Money } from '../../../ui/text/Money';
import { StateBadge } from '../../../ui/badges/StateBadge';
import { Time } from '../../../ui/text/Time';
import { ReasonBadge } from '../../../ui/badges/Reason';
import stacked from '../../../ui/cells/stacked.module.css';
import { Panel } from './Panel';
import { checksQuery, type Check, type Client } from './queries';
import { identifyRule, isLowAtThreshold, ruleAction, ruleName } from '../../../ui/text/rule-label';

const step = 5;
const most = 200;

/** The check history: what each evaluation observed, and its result per rule. */
export function ChecksCard({ client }: { readonly client: Client }) {
  const [limit, setLimit] = useState(step);
  const { data, error, refetch, isPlaceholderData } = useQuery(checksQuery(client.id, limit));
  return (
    <Panel title={t('client.checks')}>
      <Text size="sm" c="dimmed">
        {t('client.checks.text')}
      </Text>
      {error && <FailedState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton h={160} />}
      {data?.data.length === 0 && <NoDecision client={client} />}
      {data && data.data.length > 0 && (
        <Table.ScrollContainer minWidth={280}>
          <Table className={stacked['stacked']} fz="sm" verticalSpacing={8} styles={{ td: { verticalAlign: 'top' } }}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th miw={170}>{t('client.checks.at')}</Table.Th>
                <Table.Th miw={130}>{t('client.checks.kind')}</Table.Th>
                <Table.Th>{t('client.checks.state')}</Table.Th>
                <Table.Th ta="right" miw={110}>
                  {t('client.balance.available')}
                </Table.Th>
                <Table.Th>{t('client.checks.verdicts')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.data.map((check) => (
                <CheckRow key={check.id} check={check} client={client} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {data?.hasMore && limit < most && (
        <Group>
          <Button
            variant="default"
            size="xs"
            loading={isPlaceholderData}
            onClick={() => setLimit(Math.min(most, limit === step ? 25 : limit * 2))}
          >
            {t('client.checks.more')}
          </Button>
        </Group>
      )}
    </Panel>
  );
}

/** Checks without a rule have no result, and are not recorded. */
function NoDecision({ client }: { readonly client: Client }) {
  if (client.lastCheckAt === null) {
    return <EmptyState title={t('client.checks.none')} text={t('client.checks.none.text')} />;
  }
  return <EmptyState title={t('client.checks.noResults')} text={t('client.checks.noResults.text')} />;
}

function CheckRow({ check, client }: { readonly check: Check; readonly client: Client }) {
  const { at, kind, state, available, verdicts } = check;
  const { currency, timezone } = client;
  return (
    <Table.Tr>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>
        <Time at={at} format="second" clientZone={timezone} />
      </Table.Td>
      <Table.Td data-label={t('client.checks.kind')}>{t(`client.check.${kind}`)}</Table.Td>
      <Table.Td>
        <StateBadge state={state} />
      </Table.Td>
      <Table.Td ta="right" data-label={t('client.balance.available')}>
        <Money
          value={
            state === 'unlimited'
              ? { unlimited: true, currency }
              : available === null
                ? null
                : { amount: available, currency }
          }
        />
      </Table.Td>
      <Table.Td>
        <Group gap="md" style={{ rowGap: 4 }}>
          {verdicts.map(({ rule, reason, number }) => (
            <Group key={rule} gap={6} wrap="nowrap">
              <Text size="sm">{ruleName(rule)}</Text>
              <ReasonBadge
                reason={reason}
                facts={{
                  sent: number ?? null,
                  isWarning: isLowAtThreshold(identifyRule(rule).source),
                  action: ruleAction(rule),
                }}
              />
            </Group>
          ))}
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}
