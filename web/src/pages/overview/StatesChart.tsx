import { lazy, type ReactNode } from 'react';
import { intlLocale } from '../../i18n/language';
import { t } from '../../i18n/t';
import { stateColors } from '../../ui/charts/chart-colors';
import { ChartFrame } from '../../ui/charts/ChartFrame';
import { ChartLegend } from '../../ui/charts/ChartLegend';
import { stateText, clientStates } from '../../ui/badges/StateBadge';
import { timeText } from '../../ui/text/time-text';
import type { StatesSeries } from './queries';

const StackedChart = lazy(() => import('../../ui/charts/StackedChart'));

/** A new fleet has no past: its chart begins where there is something, but not with a single day. */
const minDays = 7;

/** How many clients were in which state at the end of each day; the last day is not over. */
export function StatesChart({ series, height }: { readonly series: StatesSeries; readonly height: number }): ReactNode {
  const locale = intlLocale();
  const first = series.buckets.findIndex(({ counts }) => Object.values(counts).some((clients) => clients > 0));
  const buckets = series.buckets.slice(Math.max(0, Math.min(first, series.buckets.length - minDays)));
  const shown = clientStates.filter((word) => buckets.some(({ counts }) => (counts[word] ?? 0) > 0));
  const drawn = shown.map((name) => ({ name, label: stateText(name), color: stateColors[name] }));
  const day = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'short' });
  const titleOf = (key: string): string => timeText(Date.parse(key), 'UTC', locale, 'date');
  return (
    <ChartFrame
      title={t('overview.states')}
      height={height}
      footer={
        <ChartLegend entries={drawn.map((one) => ({ ...one, to: `/clients?status=active,stop&state=${one.name}` }))} />
      }
      table={() => ({
        columns: [t('overview.states.day'), ...drawn.map(({ label }) => label)],
        rows: buckets.map(({ from, counts }) => [titleOf(from), ...shown.map((word) => counts[word] ?? 0)]),
      })}
    >
      <StackedChart
        kind="areas"
        height={height}
        rows={buckets.map(({ from, counts }) => ({ key: from, counts }))}
        series={drawn}
        tickOf={(key) => day.format(Date.parse(key))}
        titleOf={titleOf}
      />
    </ChartFrame>
  );
}
