import type { DeliveryOutcome } from '../../api/types';
import { Anchor, Text } from '@mantine/core';
import { lazy, type ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import type { components } from '../../api/schema';
import { dateTimeFormat } from '../../i18n/intl';
import { intlLocale } from '../../i18n/language';
import { t } from '../../i18n/t';
import { useZone } from '../../i18n/zone';
import { outcomeColors } from './chart-colors';
import { ChartFrame } from './ChartFrame';
import { ChartLegend } from './ChartLegend';
import { DataSince } from './DataSince';
import { outcomes, outcomeText } from '../badges/OutcomeBadge';
import { timeText } from '../text/time-text';

const StackedChart = lazy(() => import('./StackedChart'));

type NotificationSeries = components['schemas']['OverviewSeries'];
type Bucket = NotificationSeries['buckets'][number];

interface NotificationsOverTimeProps {
  readonly title: string;
  readonly series: NotificationSeries;
  /** the list of the emails of a bar; absent: the user may not see it */
  readonly hrefOf?: (from: string, to: string) => string;
  /** the list of the emails with a status */
  readonly statusHref?: (status: DeliveryOutcome) => string;
  /** what the list next to it is narrowed to, where that is less than is drawn */
  readonly picked?: { readonly from: string; readonly to: string } | null;
  /** bars before the first client would say that nothing was sent, where nothing was monitored */
  readonly startsWithData?: boolean;
  readonly height: number;
  readonly summary?: string;
  readonly controls?: ReactNode;
}

/** Notifications by hour or by day and status; a bar leads to its notifications. */
export function NotificationsOverTime(props: NotificationsOverTimeProps): ReactNode {
  const { title, series, hrefOf, statusHref, picked, startsWithData = false, height, summary, controls } = props;
  const navigate = useNavigate();
  const text = useBucketText(series.step);
  const since = series.dataSince === null ? 0 : Date.parse(series.dataSince);
  const buckets = startsWithData ? series.buckets.filter(({ to }) => Date.parse(to) > since) : series.buckets;
  const isYoung = buckets.length < series.buckets.length;
  const totals = new Map(
    outcomes.map((word) => [word, buckets.reduce((sum, one) => sum + (one.counts[word] ?? 0), 0)]),
  );
  const shown = outcomes.filter((word) => (totals.get(word) ?? 0) > 0);
  const drawn = shown.map((name) => ({ name, label: outcomeText(name), color: outcomeColors[name] }));
  const href = hrefOf && ((bucket: Bucket): string => hrefOf(bucket.from, bucket.to));
  return (
    <ChartFrame
      title={title}
      {...(summary !== undefined && { summary })}
      height={height}
      controls={controls}
      footer={
        <>
          <ChartLegend
            entries={drawn.map((one) => ({
              ...one,
              count: totals.get(one.name) ?? 0,
              ...(statusHref && { to: statusHref(one.name) }),
            }))}
          />
          {isYoung && <DataSince at={since} now={Date.parse(series.serverTime)} zone={text.zone} />}
        </>
      }
      table={() => ({
        columns: [t(headOf(series.step)), ...drawn.map(({ label }) => label)],
        rows: buckets.map((bucket) => [
          href ? (
            <Anchor key="time" component={Link} to={href(bucket)} size="sm">
              {text.title(bucket.from)}
            </Anchor>
          ) : (
            text.title(bucket.from)
          ),
          ...shown.map((word) => bucket.counts[word] ?? 0),
        ]),
      })}
    >
      {shown.length === 0 ? (
        <Text size="sm" c="dimmed" ta="center" pt={height / 3}>
          {t('ui.notifications.none')}
        </Text>
      ) : (
        <StackedChart
          height={height}
          rows={buckets.map(({ from, counts }) => ({ key: from, counts }))}
          series={drawn}
          tickOf={text.tick}
          titleOf={text.title}
          picked={pickedKeys(buckets, picked ?? null)}
          {...(href && {
            onPick: (index: number) => {
              const bucket = buckets[index];
              if (bucket) void navigate(href(bucket));
            },
          })}
        />
      )}
    </ChartFrame>
  );
}

type Step = NotificationSeries['step'];

function headOf(step: Step): 'ui.notifications.day' | 'ui.notifications.hour' | 'ui.chart.time' {
  if (step === 'day') return 'ui.notifications.day';
  return step === 'hour' ? 'ui.notifications.hour' : 'ui.chart.time';
}

/** A time of day is shown in the reader's zone; a day is one of UTC, as it was counted. */
function useBucketText(step: Step): {
  zone: string;
  tick: (key: string) => string;
  title: (key: string) => string;
} {
  const own = useZone();
  const zone = step === 'day' ? 'UTC' : own;
  const locale = intlLocale();
  const showsDays = step === 'day' || step === 'six_hours';
  const tick = dateTimeFormat(locale, {
    timeZone: zone,
    ...(showsDays ? { day: 'numeric', month: 'short' } : { hour: 'numeric', minute: '2-digit' }),
  });
  return {
    zone,
    tick: (key) => tick.format(Date.parse(key)),
    title: (key) => timeText(Date.parse(key), zone, locale, step === 'day' ? 'date' : 'short'),
  };
}

function pickedKeys(
  buckets: readonly Bucket[],
  picked: { readonly from: string; readonly to: string } | null,
): [string, string] | null {
  if (!picked) return null;
  const within = buckets.filter(
    ({ from, to }) => Date.parse(from) >= Date.parse(picked.from) && Date.parse(to) <= Date.parse(picked.to),
  );
  const [first, last] = [within[0], within.at(-1)];
  return first && last ? [first.from, last.from] : null;
}
