import '@mantine/charts/styles.layer.css';
import { BarChart, ChartTooltip } from '@mantine/charts';
import { useReducedMotion } from '@mantine/hooks';
import type { MouseEvent, ReactNode } from 'react';
import { ReferenceArea, type MouseHandlerDataParam, type TooltipPayload } from 'recharts';
import { numberFormat } from '../../i18n/intl';
import { intlLocale } from '../../i18n/language';

interface StackedSeries {
  readonly name: string;
  readonly label: string;
  readonly color: string;
}

interface StackedRow {
  /** names the row; no two have the same */
  readonly key: string;
  readonly counts: Readonly<Record<string, number>>;
}

interface StackedChartProps {
  readonly rows: readonly StackedRow[];
  readonly series: readonly StackedSeries[];
  /** the label of a row, and that of its numbers */
  readonly tickOf: (key: string) => string;
  readonly titleOf: (key: string) => string;
  readonly onPick?: (index: number) => void;
  /** the first and the last row of what is picked */
  readonly picked?: readonly [string, string] | null;
  readonly height: number;
}

const usual = { withLegend: false, strokeDasharray: '3 3' } as const;

/** Whole numbers in stacked bars. Loads the chart library: import it with `lazy`. */
export default function StackedChart(props: StackedChartProps): ReactNode {
  const { rows, series, tickOf, titleOf, onPick, picked, height } = props;
  const still = useReducedMotion();
  const numbers = numberFormat(intlLocale());
  const data = rows.map(({ key, counts }) => ({ key, ...counts }));
  const pick = ({ activeTooltipIndex }: MouseHandlerDataParam): void => {
    const index = Number(activeTooltipIndex ?? -1);
    if (Number.isInteger(index) && index >= 0) onPick?.(index);
  };
  const shared = {
    ...usual,
    h: height,
    data,
    dataKey: 'key',
    series: series.map((one) => ({ ...one })),
    type: 'stacked' as const,
    tooltipAnimationDuration: still ? 0 : 150,
    valueFormatter: (value: number) => numbers.format(value),
    xAxisProps: { tickFormatter: tickOf, minTickGap: 28, interval: 'preserveStartEnd' as const },
    yAxisProps: { allowDecimals: false, width: 36, interval: 0 },
    tooltipProps: {
      // Drawn also while nothing is pointed at: there is no label then.
      content: ({ label, payload }: { label?: unknown; payload: TooltipPayload }) =>
        typeof label === 'string' && (
          <ChartTooltip
            label={titleOf(label)}
            payload={payload.filter(({ value }) => value !== 0)}
            series={series.map((one) => ({ ...one }))}
            valueFormatter={(value) => numbers.format(value)}
          />
        ),
    },
  };
  const animated = { isAnimationActive: false };
  // A finger taps a bar that nothing has pointed at before: the chart does not know its row then, the bar does.
  const pickBar = (_bar: unknown, index: number, event: MouseEvent): void => {
    event.stopPropagation();
    onPick?.(index);
  };
  return (
    <BarChart
      {...shared}
      barProps={{ ...animated, onClick: pickBar }}
      maxBarWidth={36}
      barChartProps={{ barCategoryGap: '12%', onClick: pick, style: { cursor: onPick ? 'pointer' : 'default' } }}
    >
      {picked && <ReferenceArea x1={picked[0]} x2={picked[1]} fill="var(--mantine-color-water-6)" fillOpacity={0.16} />}
    </BarChart>
  );
}
