import type { ReactNode } from 'react';
import { Text } from '@mantine/core';
import { keepPreviousData } from '@tanstack/react-query';
import { t } from '../../../i18n/t';
import { useCan } from '../../../session/rights';
import { useChartRange } from '../../../ui/charts/chart-range';
import { NotificationsOverTime } from '../../../ui/charts/NotificationsOverTime';
import { RangePicker } from '../../../ui/charts/RangePicker';
import { DashboardCard } from './DashboardCard';
import classes from './overview.module.css';
import { notificationsQuery, statesQuery } from './queries';
import { StatesChart } from './StatesChart';

const chartHeight = 160;
/** With the head and the legend of a chart. */
export const framedHeight = chartHeight + 90;

/** Notifications and states in one time range. */
export function OverTime(): ReactNode {
  const [range, choose] = useChartRange('7d');
  const can = useCan();
  const toNotifications = (filter: Readonly<Record<string, string>>): string =>
    `/notifications?${new URLSearchParams({ kind: 'all', ...filter }).toString()}`;
  return (
    <section aria-label={t('overview.overTime')}>
      <div className={classes['head']}>
        <Text size="sm" fw={600}>
          {t('overview.overTime')}
        </Text>
        <RangePicker value={range} onChange={choose} />
      </div>
      <div className={`${classes['row']} ${classes['halves']}`}>
        <DashboardCard
          query={{ ...notificationsQuery(range), placeholderData: keepPreviousData }}
          height={framedHeight}
        >
          {(series) => (
            <NotificationsOverTime
              title={t(`overview.notifications.${series.step}`)}
              series={series}
              height={chartHeight}
              startsWithData
              {...(can('listNotifications') && {
                hrefOf: (from, to) => toNotifications({ from, to }),
                statusHref: (status) => toNotifications({ from: series.from, status }),
              })}
            />
          )}
        </DashboardCard>
        <DashboardCard query={{ ...statesQuery(range), placeholderData: keepPreviousData }} height={framedHeight}>
          {(series) => <StatesChart series={series} range={range} height={chartHeight} />}
        </DashboardCard>
      </div>
    </section>
  );
}
