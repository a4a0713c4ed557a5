import { lazy, type ReactNode } from 'react';
import { intlLocale } from '../../../i18n/language';
import { t } from '../../../i18n/t';
import { useZone } from '../../../i18n/zone';
import { stateText, clientStates } from '../../../ui/badges/StateBadge';
import { axisStart } from '../../../ui/charts/chart-axis';
import { stateColors } from '../../../ui/charts/chart-colors';
import { chartRangeMs, type ChartRange } from '../../../ui/charts/chart-range';
import { ChartFrame } from '../../../ui/charts/ChartFrame';
import { ChartLegend } from '../../../ui/charts/ChartLegend';
import { DataSince } from '../../../ui/charts/DataSince';
import { stepsWithin } from '../../../ui/charts/step-series';
import { timeText } from '../../../ui/text/time-text';
import { countedFilter } from './counted-filter';
import type { StatesSeries } from './queries';

const StepChart = lazy(() => import('../../../ui/charts/StepChart'));

interface StatesChartProps {
  readonly series: StatesSeries;
  readonly range: ChartRange;
  readonly height: number;
}

/** How many clients were in which state, as known at the end of each interval. */
export function StatesChart({ series, range, height }: StatesChartProps): ReactNode {
  const locale = intlLocale();
  const zone = useZone();
  const now = Date.parse(series.serverTime);
  const since = series.dataSince === null ? null : Date.parse(series.dataSince);
  const { from, isYoung } = axisStart({ from: now - chartRangeMs[range], to: now }, since);
  // The last interval is not over: its count is that of now.
  const observed = series.buckets
    .map(({ to, counts }) => ({ at: Math.min(now, Date.parse(to)), value: counts }))
    .filter(({ at }) => since === null || at >= since);
  const steps = stepsWithin(observed, from, now);
  const shown = clientStates.filter((state) => steps.some(({ value }) => (value[state] ?? 0) > 0));
  const drawn = shown.map((name) => ({ name, label: stateText(name), color: stateColors[name] }));
  const titleOf = (at: number): string => timeText(at, zone, locale, 'short');
  return (
    <ChartFrame
      title={t('overview.states')}
      height={height}
      footer={
        <>
          <ChartLegend entries={drawn.map((one) => ({ ...one, to: `/clients?${countedFilter}&state=${one.name}` }))} />
          {isYoung && <DataSince at={from} now={now} zone={zone} />}
        </>
      }
      table={() => ({
        columns: [t('ui.chart.time'), ...drawn.map(({ label }) => label)],
        rows: steps.map(({ at, value }) => [titleOf(at), ...shown.map((state) => value[state] ?? 0)]),
      })}
    >
      <StepChart height={height} observed={steps} series={drawn} from={from} to={now} zone={zone} titleOf={titleOf} />
    </ChartFrame>
  );
}
