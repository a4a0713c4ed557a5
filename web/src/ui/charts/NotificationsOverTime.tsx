import type { DeliveryOutcome } from '../../api/types';
import { Anchor, Text } from '@mantine/core';
import { lazy, type ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import type { components } from '../../api/schema';
import { intlLocale } from '../../i18n/language';
import { t } from '../../i18n/t';
import { useZone } from '../../i18n/zone';
import { outcomeColors } from './chart-colors';
import { ChartFrame } from './ChartFrame';
import { ChartLegend } from './ChartLegend';
import { outcomes, outcomeText } from '../badges/OutcomeBadge';
import { timeText } from '../text/time-text';

const StackedChart = lazy(() => import('./StackedChart'));

type NotificationSeries = components['schemas']['OverviewSeries'];
type Bucket = NotificationSeries['buckets'][number];

interface NotificationsOverTimeProps {
  readonly title: string;
  readonly series: NotificationSeries;
  /** the list of the mails of a bar */
  readonly hrefOf: (from: string, to: string) => string;
  /** the list of the mails with a status */
  readonly statusHref?: (status: DeliveryOutcome) => string;
  /** what the list beside it is narrowed to, where that is less than is drawn */
  readonly picked?: { readonly from: string; readonly to: string } | null;
  readonly height: number;
  readonly summary?: string;
  readonly controls?: ReactNode;
}

/** Mails by hour or by day and how they stand; a bar leads to its mails. */
export function NotificationsOverTime(props: NotificationsOverTimeProps): ReactNode {
  const { title, series, hrefOf, statusHref, picked, height, summary, controls } = props;
  const navigate = useNavigate();
  const text = useBucketText(series.step);
  const { buckets } = series;
  const totals = new Map(
    outcomes.map((word) => [word, buckets.reduce((sum, one) => sum + (one.counts[word] ?? 0), 0)]),
  );
  const shown = outcomes.filter((word) => (totals.get(word) ?? 0) > 0);
  const drawn = shown.map((name) => ({ name, label: outcomeText(name), color: outcomeColors[name] }));
  const href = (bucket: Bucket): string => hrefOf(bucket.from, bucket.to);
  return (
    <ChartFrame
      title={title}
      {...(summary !== undefined && { summary })}
      height={height}
      controls={controls}
      footer={
        <ChartLegend
          entries={drawn.map((one) => ({
            ...one,
            count: totals.get(one.name) ?? 0,
            ...(statusHref && { to: statusHref(one.name) }),
          }))}
        />
      }
      table={() => ({
        columns: [
          t(series.step === 'hour' ? 'ui.notifications.hour' : 'ui.notifications.day'),
          ...drawn.map(({ label }) => label),
        ],
        rows: buckets.map((bucket) => [
          <Anchor key="time" component={Link} to={href(bucket)} size="sm">
            {text.title(bucket.from)}
          </Anchor>,
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
          kind="bars"
          height={height}
          rows={buckets.map(({ from, counts }) => ({ key: from, counts }))}
          series={drawn}
          tickOf={text.tick}
          titleOf={text.title}
          picked={pickedKeys(buckets, picked ?? null)}
          onPick={(index) => {
            const bucket = buckets[index];
            if (bucket) void navigate(href(bucket));
          }}
        />
      )}
    </ChartFrame>
  );
}

/** An hour is shown in the reader's zone; a day is one of UTC, as it was counted. */
function useBucketText(step: NotificationSeries['step']): {
  tick: (key: string) => string;
  title: (key: string) => string;
} {
  const own = useZone();
  const zone = step === 'hour' ? own : 'UTC';
  const locale = intlLocale();
  const tick = new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    ...(step === 'hour' ? { hour: 'numeric', minute: '2-digit' } : { day: 'numeric', month: 'short' }),
  });
  return {
    tick: (key) => tick.format(Date.parse(key)),
    title: (key) => timeText(Date.parse(key), zone, locale, step === 'hour' ? 'short' : 'date'),
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
