import '../../i18n/late/reports';
import { Group, SegmentedControl, Stack } from '@mantine/core';
import { IconReportMoney } from '@tabler/icons-react';
import { useSearchParams } from 'react-router';
import { DayRange } from '../../form/inputs/DayRange';
import { useDayRange } from '../../form/inputs/use-day-range';
import { t } from '../../i18n/t';
import { useZone } from '../../i18n/zone';
import { List } from '../../list/List';
import { PageHeader } from '../../ui/PageHeader';
import { clientSummaryList, resellerSummaryList } from './summary-list';

const periods = ['month', 'week', 'day'] as const;
const groups = ['client', 'reseller'] as const;
const prefix = 'r.';

/** Charges, payments, invoices, and credit by period; `?clientId=7` shows one client. */
export default function ReportsPage() {
  const [parameters] = useSearchParams();
  const zone = useZone();
  const { from, to, change } = useDayRange(zone, prefix);
  const by = periods.find((known) => known === parameters.get('by')) ?? 'month';
  const per = groups.find((known) => known === parameters.get('per')) ?? 'client';
  const clientId = parameters.get('client');
  return (
    <>
      <PageHeader title={t('app.nav.reports')} lead={t('reports.lead')} />
      <Stack gap="sm">
        <Group gap="lg" align="flex-end">
          <DayRange
            from={from}
            to={to}
            zone={t(per === 'client' || clientId !== null ? 'reports.daysOfClients' : 'reports.daysOfResellers')}
            onChange={change}
          />
          <SegmentedControl
            aria-label={t('reports.by')}
            value={by}
            onChange={(value) => change({ by: value })}
            data={periods.map((value) => ({ value, label: t(`reports.by.${value}`) }))}
          />
          {clientId === null && (
            <SegmentedControl
              aria-label={t('reports.per')}
              value={per}
              onChange={(value) => change({ per: value })}
              data={groups.map((value) => ({ value, label: t(`reports.per.${value}`) }))}
            />
          )}
        </Group>
        <List
          key={per}
          definition={per === 'client' || clientId !== null ? clientSummaryList : resellerSummaryList}
          prefix={prefix}
          fixed={{ from, to: to < from ? from : to, by, ...(clientId === null ? { per } : { clientId }) }}
          empty={{
            icon: IconReportMoney,
            title: t('reports.none'),
            text: t('reports.none.text'),
            docs: '/docs#tag/ledger',
          }}
        />
      </Stack>
    </>
  );
}
