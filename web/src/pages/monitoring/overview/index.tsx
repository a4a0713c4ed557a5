import '../../../i18n/late/overview';
import { SegmentedControl, Skeleton, Stack, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { t } from '../../../i18n/t';
import { FailedState } from '../../../ui/FailedState';
import { PageHeader } from '../../../ui/PageHeader';
import { FirstRun } from './FirstRun';
import { HeadroomChart } from './HeadroomChart';
import classes from './overview.module.css';
import { DashboardCard } from './DashboardCard';
import { framedHeight, OverTime } from './OverTime';
import { headroomQuery, runwayQuery, summaryQuery, upcomingQuery, type Headroom } from './queries';
import { RunwayTable } from './RunwayTable';
import { Tiles } from './Tiles';
import { UpcomingCard } from './UpcomingCard';

const lowerHeight = 290;

/** The morning look: who is low, whether mail goes out, what comes next. */
export default function OverviewPage() {
  const { data: summary, error, refetch } = useQuery(summaryQuery);
  const isEmpty = summary?.monitored === 0;
  return (
    <>
      <PageHeader title={t('app.nav.overview')} {...(summary && !isEmpty && { lead: t('overview.lead') })} />
      {error && !summary && <FailedState error={error} onRetry={() => void refetch()} />}
      {!summary && !error && <Waiting />}
      {isEmpty && <FirstRun />}
      {summary && !isEmpty && (
        <div className={classes['page']}>
          <Tiles summary={summary} />
          <OverTime />
          <Now />
        </div>
      )}
    </>
  );
}

/** Balances and what comes next. */
function Now(): ReactNode {
  const { data: headroom } = useQuery(headroomQuery);
  const [currency, setCurrency] = useCurrency(headroom?.data ?? []);
  const currencies = (headroom?.data ?? []).map((one) => one.currency);
  return (
    <section aria-label={t('overview.now')}>
      <div className={classes['head']}>
        <Text size="sm" fw={600}>
          {t('overview.now')}
        </Text>
        {currencies.length > 1 && currency !== null && (
          <SegmentedControl
            size="xs"
            aria-label={t('overview.currency')}
            data={currencies}
            value={currency}
            onChange={setCurrency}
          />
        )}
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
    </section>
  );
}

/** Amounts of different currencies are never put together: one is shown, by default that of most clients. */
function useCurrency(headroom: readonly Headroom[]): [string | null, (currency: string) => void] {
  const [parameters, setParameters] = useSearchParams();
  const asked = headroom.find(({ currency }) => currency === parameters.get('currency'));
  const size = ({ bars, withoutThreshold }: Headroom): number =>
    bars.reduce((sum, { clients }) => sum + clients, withoutThreshold);
  const largest = [...headroom].sort((a, b) => size(b) - size(a))[0];
  const choose = (currency: string): void =>
    setParameters((current) => {
      const changed = new URLSearchParams(current);
      changed.set('currency', currency);
      return changed;
    });
  return [(asked ?? largest)?.currency ?? null, choose];
}

function Waiting(): ReactNode {
  return (
    <Stack gap={10} role="status" aria-label={t('common.loading')}>
      <Skeleton h={88} />
      <Skeleton h={framedHeight} />
      <Skeleton h={lowerHeight} />
    </Stack>
  );
}
