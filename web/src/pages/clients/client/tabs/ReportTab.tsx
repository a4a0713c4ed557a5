import '../../../../i18n/late/reports';
import { Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconChartLine } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { DayRange } from '../../../../form/inputs/DayRange';
import { useDayRange } from '../../../../form/inputs/use-day-range';
import { t } from '../../../../i18n/t';
import { useZone } from '../../../../i18n/zone';
import { List } from '../../../../list/List';
import type { Client } from '../queries';
import { reportList } from './report-list';

const balances = ['live', 'fixed'] as const;
const prefix = 'b.';

/** The balance report: how the live or the fixed balance moved in a range of days. */
export function ReportTab({ client }: { readonly client: Client }): ReactNode {
  const [parameters] = useSearchParams();
  const timezone = useZone(client.timezone);
  const { from, to, change } = useDayRange(timezone, prefix);
  const balance = balances.find((known) => known === parameters.get('balance')) ?? 'live';
  return (
    <Stack gap="sm" mt="md">
      <Group gap="lg" align="flex-end">
        <DayRange from={from} to={to} zone={timezone} onChange={change} />
        <SegmentedControl
          aria-label={t('reports.balance')}
          value={balance}
          onChange={(value) => change({ balance: value })}
          data={balances.map((value) => ({ value, label: t(`reports.balance.${value}`) }))}
        />
      </Group>
      <Text size="sm" c="dimmed">
        {t(`reports.balance.${balance}.hint`)}
      </Text>
      <List
        definition={reportList}
        prefix={prefix}
        fixed={{ clientId: client.id, balance, from, to: to < from ? from : to, timezone }}
        empty={{
          icon: IconChartLine,
          title: t('reports.none'),
          text: t('reports.none.text'),
          docs: '/docs#tag/ledger',
        }}
      />
    </Stack>
  );
}
