import { useSearchParams } from 'react-router';
import { dayMs, hourMs } from '../durations';

/** The time ranges that charts offer, the same on every page. */
export const chartRanges = ['1h', '24h', '7d', '30d', '90d'] as const;
export type ChartRange = (typeof chartRanges)[number];

export const chartRangeMs: Readonly<Record<ChartRange, number>> = {
  '1h': hourMs,
  '24h': dayMs,
  '7d': 7 * dayMs,
  '30d': 30 * dayMs,
  '90d': 90 * dayMs,
};

/** The range that the address names; another value is as none. */
export function chartRangeOf(parameters: URLSearchParams, standard: ChartRange): ChartRange {
  return chartRanges.find((known) => known === parameters.get('range')) ?? standard;
}

/** The range of the address, `?range=7d`. */
export function useChartRange(standard: ChartRange): [ChartRange, (next: ChartRange) => void] {
  const [parameters, setParameters] = useSearchParams();
  const choose = (next: ChartRange): void =>
    setParameters((current) => {
      const changed = new URLSearchParams(current);
      changed.set('range', next);
      return changed;
    });
  return [chartRangeOf(parameters, standard), choose];
}
