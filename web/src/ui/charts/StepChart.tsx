import '@mantine/charts/styles.layer.css';
import { AreaChart, ChartTooltip } from '@mantine/charts';
import { useReducedMotion } from '@mantine/hooks';
import type { ReactNode } from 'react';
import type { TooltipPayload } from 'recharts';
import { numberFormat } from '../../i18n/intl';
import { intlLocale } from '../../i18n/language';
import { tickText, timeTicks } from './chart-axis';
import { stepsWithin, type Observed } from './step-series';

interface StepSeries {
  readonly name: string;
  readonly label: string;
  readonly color: string;
}

interface StepChartProps {
  /** what held from an instant until the next one, in order of time */
  readonly observed: readonly Observed<Readonly<Record<string, number>>>[];
  readonly series: readonly StepSeries[];
  readonly from: number;
  readonly to: number;
  /** of the labels of the axis */
  readonly zone: string;
  readonly titleOf: (at: number) => string;
  readonly height: number;
}

/** Stacked counts over time that hold until the next observation. Loads the chart library: import it with `lazy`. */
export default function StepChart(props: StepChartProps): ReactNode {
  const { observed, series, from, to, zone, titleOf, height } = props;
  const still = useReducedMotion();
  const numbers = numberFormat(intlLocale());
  const drawn = series.map((one) => ({ ...one }));
  return (
    <AreaChart
      h={height}
      data={stepsWithin(observed, from, to).map(({ at, value }) => ({ at, ...value }))}
      dataKey="at"
      series={drawn}
      type="stacked"
      curveType="stepAfter"
      withLegend={false}
      withDots={false}
      withGradient={false}
      fillOpacity={0.85}
      strokeDasharray="3 3"
      tooltipAnimationDuration={still ? 0 : 150}
      areaProps={{ isAnimationActive: false }}
      xAxisProps={{
        type: 'number',
        scale: 'time',
        domain: [from, to],
        ticks: [...timeTicks(from, to, zone)],
        tickFormatter: (at: number) => tickText(at, { from, to }, zone),
        allowDataOverflow: true,
        minTickGap: 16,
      }}
      yAxisProps={{ allowDecimals: false, width: 36, interval: 0, tickCount: 5 }}
      tooltipProps={{
        // Drawn also while nothing is pointed at: there is no label then.
        content: ({ label, payload }: { label?: unknown; payload: TooltipPayload }) =>
          typeof label === 'number' && (
            <ChartTooltip
              label={titleOf(label)}
              payload={payload.filter(({ value }) => value !== 0)}
              series={drawn}
              valueFormatter={(value) => numbers.format(value)}
            />
          ),
      }}
    />
  );
}
