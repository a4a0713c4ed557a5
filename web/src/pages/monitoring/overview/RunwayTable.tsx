import { Anchor, Card, Table, Text, Title, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { intlLocale } from '../../../i18n/language';
import { t } from '../../../i18n/t';
import { useZone } from '../../../i18n/zone';
import { useNow } from '../../../ui/text/clock';
import { durationText } from '../../../ui/text/duration-text';
import { Money } from '../../../ui/text/Money';
import { StateBadge } from '../../../ui/badges/StateBadge';
import { timeText } from '../../../ui/text/time-text';
import classes from './overview.module.css';
import type { Runway } from './queries';

const pace = 60_000;

/** The clients with the shortest runway at the spend of the last week. */
export function RunwayTable({
  rows,
  height,
}: {
  readonly rows: readonly Runway[];
  readonly height: number;
}): ReactNode {
  const now = useNow(pace);
  return (
    <Card withBorder padding="sm" mih={height}>
      <Title order={2} size="h6" id="overview-runway" mb={4}>
        {t('overview.runway')}
      </Title>
      {rows.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('overview.runway.none')}
        </Text>
      ) : (
        <div className={classes['scroll']} role="region" aria-labelledby="overview-runway" tabIndex={0}>
          <Table fz="sm" className={classes['table'] ?? ''} verticalSpacing={4} horizontalSpacing={5}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('overview.runway.client')}</Table.Th>
                <Table.Th ta="right">{t('overview.runway.runsOutIn')}</Table.Th>
                <Table.Th ta="right">{t('overview.runway.available')}</Table.Th>
                <Table.Th ta="right">{t('overview.runway.perDay')}</Table.Th>
                <Table.Th>{t('clients.state')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((row) => (
                <Table.Tr key={row.clientId}>
                  <Table.Td className={classes['name'] ?? ''}>
                    <Anchor component={Link} to={`/clients/${row.clientId}`} size="sm" title={row.name}>
                      {row.name}
                    </Anchor>
                  </Table.Td>
                  <Table.Td ta="right">
                    <EmptyIn row={row} now={now} />
                  </Table.Td>
                  <Table.Td ta="right">
                    <Money value={row.available} />
                  </Table.Td>
                  <Table.Td ta="right">
                    <Spending row={row} />
                  </Table.Td>
                  <Table.Td>
                    <StateBadge state={row.state} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
    </Card>
  );
}

function Spending({ row }: { readonly row: Runway }): ReactNode {
  const { spendPerDay, confidence } = row.runway;
  if (spendPerDay === null) return t('common.unknown');
  const amount = <Money value={{ amount: spendPerDay, currency: row.available.currency }} />;
  if (confidence === null) return amount;
  return (
    <Tooltip label={t(`overview.runway.confidence.${confidence}`)} multiline maw={320}>
      <span>{amount}</span>
    </Tooltip>
  );
}

function EmptyIn({ row, now }: { readonly row: Runway; readonly now: number }): ReactNode {
  const zone = useZone();
  const { emptyAt } = row.runway;
  if (emptyAt === null) return t('common.unknown');
  const locale = intlLocale();
  return (
    <Tooltip label={timeText(Date.parse(emptyAt), zone, locale)}>
      <time dateTime={emptyAt}>{durationText(Math.max(pace, Date.parse(emptyAt) - now), locale)}</time>
    </Tooltip>
  );
}
