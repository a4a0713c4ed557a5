import { compareAmounts } from '../../../../ui/text/money-text';
import type { Timeline } from '../queries';

type Threshold = Timeline['thresholds'][number];

/** Thresholds that are drawn as one line, because they are at one amount of the available balance. */
export interface ThresholdLine {
  readonly value: string;
  readonly thresholds: readonly Threshold[];
  /** distinguished by color and by dashes, so that lines differ without color */
  readonly color: string;
  readonly dash: string;
}

const looks = [
  { color: 'var(--threshold-1)', dash: '6 3' },
  { color: 'var(--threshold-2)', dash: '2 3' },
  { color: 'var(--threshold-3)', dash: '10 3 2 3' },
  { color: 'var(--threshold-4)', dash: '12 4' },
  { color: 'var(--threshold-5)', dash: '4 2 1 2' },
] as const;

/** The lines of a chart, the highest first; thresholds without an amount have none. */
export function thresholdLines(thresholds: readonly Threshold[]): readonly ThresholdLine[] {
  const lines: { value: string; thresholds: Threshold[] }[] = [];
  for (const threshold of thresholds) {
    const { value } = threshold;
    if (value === null) continue;
    const same = lines.find((line) => compareAmounts(line.value, value) === 0);
    if (same) same.thresholds.push(threshold);
    else lines.push({ value, thresholds: [threshold] });
  }
  return lines
    .sort((a, b) => compareAmounts(b.value, a.value))
    .map((line, index) => ({ ...line, ...(looks[index % looks.length] ?? looks[0]) }));
}
