import { SegmentedControl, Skeleton, Stack } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { t } from '../../i18n/t';
import { FailedState } from '../../ui/FailedState';
import { NotificationsOverTime } from '../../ui/charts/NotificationsOverTime';
import { PageHeader } from '../../ui/PageHeader';
import { FirstRun } from './FirstRun';
import { HeadroomChart } from './HeadroomChart';
import classes from './overview.module.css';
import { DashboardCard } from './DashboardCard';
import {
  headroomQuery,
  notificationsQuery,
  runwayQuery,
  statesQuery,
  summaryQuery,
  upcomingQuery,
  type Headroom,
} from './queries';
import { RunwayTable } from './RunwayTable';
import { StatesChart } from './StatesChart';
import { Tiles } from './Tiles';
import { UpcomingCard } from './UpcomingCard';

/** Inner heights; the frame around a chart adds its head. */
const chartHeight = 160;
const framed = chartHeight + 90;
const lowerHeight = 290;

/** The morning look: who is low, whether mail goes out, what comes next. */
export default function OverviewPage() {
  const { data: summary, error, refetch } = useQuery(summaryQuery);
  const { data: headroom } = useQuery(headroomQuery);
  const [currency, setCurrency] = useCurrency(headroom?.data ?? []);
  const currencies = (headroom?.data ?? []).map((one) => one.currency);
  return (
    <>
      <PageHeader
        title={t('app.nav.overview')}
        actions={
          currencies.length > 1 &&
          currency !== null && (
            <SegmentedControl
              size="xs"
              aria-label={t('overview.currency')}
              data={currencies}
              value={currency}
              onChange={setCurrency}
            />
          )
        }
      />
      {error && !summary && <FailedState error={error} onRetry={() => void refetch()} />}
      {!summary && !error && <Waiting />}
      {summary && summary.monitored === 0 && <FirstRun />}
      {summary && summary.monitored > 0 && (
        <div className={classes['page']}>
          <Tiles summary={summary} />
          <div className={`${classes['row']} ${classes['halves']}`}>
            <DashboardCard query={notificationsQuery} height={framed}>
              {(series) => (
                <NotificationsOverTime
                  title={t('overview.notifications')}
                  series={series}
                  height={chartHeight}
                  hrefOf={(from, to) => `/notifications?${new URLSearchParams({ kind: 'all', from, to }).toString()}`}
                  statusHref={(status) => `/notifications?kind=all&from=-24h&status=${status}`}
                />
              )}
            </DashboardCard>
            <DashboardCard query={statesQuery} height={framed}>
              {(series) => <StatesChart series={series} height={chartHeight} />}
            </DashboardCard>
          </div>
          <div className={`${classes['row']} ${classes['thirds']}`}>
            <DashboardCard query={{ ...runwayQuery(currency), placeholderData: keepPreviousData }} height={lowerHeight}>
              {({ data }) => <RunwayTable rows={data} height={lowerHeight} />}
            </DashboardCard>
            <DashboardCard query={headroomQuery} height={lowerHeight}>
              {({ data }) => (
                <HeadroomChart
                  currency={currency}
                  headroom={data.find((one) => one.currency === currency) ?? null}
                  height={lowerHeight - 90}
                />
              )}
            </DashboardCard>
            <DashboardCard query={upcomingQuery} height={lowerHeight}>
              {(upcoming) => <UpcomingCard upcoming={upcoming} height={lowerHeight} />}
            </DashboardCard>
          </div>
        </div>
      )}
    </>
  );
}

/** Amounts of different currencies are never put together: one is looked at, by itself that of most clients. */
function useCurrency(headroom: readonly Headroom[]): [string | null, (currency: string) => void] {
  const [parameters, setParameters] = useSearchParams();
  const asked = headroom.find(({ currency }) => currency === parameters.get('currency'));
  const size = ({ bars, withoutThreshold }: Headroom): number =>
    bars.reduce((sum, { clients }) => sum + clients, withoutThreshold);
  const largest = [...headroom].sort((a, b) => size(b) - size(a))[0];
  return [(asked ?? largest)?.currency ?? null, (currency) => setParameters({ currency })];
}

function Waiting(): ReactNode {
  return (
    <Stack gap={10} role="status" aria-label={t('common.loading')}>
      <Skeleton h={88} />
      <Skeleton h={framed} />
      <Skeleton h={lowerHeight} />
    </Stack>
  );
}
