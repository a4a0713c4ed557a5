import { axisStart } from '../../../../ui/charts/chart-axis';
import { dayMs } from '../../../../ui/durations';
import { isZero } from '../../../../ui/text/money-text';
import type { Timeline } from '../queries';

/**
 * What the chart draws. Here, and nowhere else on the page, an amount becomes a float: it is only a place on the
 * screen.
 */

export interface Point {
  readonly t: number;
  readonly y: number;
  /** the amount as the API wrote it */
  readonly amount: string;
}

export interface ChartData {
  /** the client began within the range: what was there before it is nothing to compare with */
  readonly isNew: boolean;
  readonly steps: readonly Point[];
  /** where the balance goes if spending stays as it is; empty: unknown */
  readonly projection: readonly { readonly t: number; readonly projected: number }[];
  readonly from: number;
  readonly to: number;
  /** the first data, where the range has older times without any; null: it has none */
  readonly since: number | null;
  readonly low: number;
  readonly high: number;
  /** of the axis of amounts */
  readonly ticks: readonly number[];
}

const pixels = Number.parseFloat;
/** How much of the past the future may take. */
const lookahead = 0.2;

/** @param createdAt of the client: before it, and before its first move, there was no balance */
export function chartData(timeline: Timeline, createdAt: string): ChartData | null {
  if (timeline.available === null) return null;
  const range = { from: Date.parse(timeline.from), to: Date.parse(timeline.to) };
  const { opening, closing, points } = timeline.available;
  const begins = Math.min(Date.parse(createdAt), Date.parse(points[0]?.at ?? createdAt));
  const { from, isYoung } = axisStart(range, begins);
  const isNew = begins > range.from && isZero(opening) && points.length > 0;
  const steps: Point[] = isNew ? [] : [pointOf(Math.max(begins, from), opening)];
  for (const point of points) {
    const at = Date.parse(point.at);
    // A dip or a peak within a stretch is a stroke, so that it is not lost.
    const extremes = point.min === point.max ? [] : [point.min, point.max];
    for (const amount of [...extremes, point.last]) steps.push(pointOf(at, amount));
  }
  steps.push(pointOf(range.to, closing));
  const projection = projectionOf(timeline, range.to, range.to - from);
  const lines = timeline.thresholds.flatMap(({ value }) => (value === null ? [] : [pixels(value)]));
  const heights = [...steps.map(({ y }) => y), ...lines, ...projection.map(({ projected }) => projected), 0];
  const [low, high] = [Math.min(...heights), Math.max(...heights)];
  return {
    isNew,
    steps,
    projection,
    from,
    to: projection.at(-1)?.t ?? range.to,
    since: isYoung ? begins : null,
    ...rounded(low, high),
  };
}

const heightTicks = 5;

/** An axis that begins and ends at round amounts, with round amounts between. */
function rounded(low: number, high: number): Pick<ChartData, 'low' | 'high' | 'ticks'> {
  const rough = (high - low || 1) / heightTicks;
  const size = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5].find((factor) => factor * size >= rough) ?? 10) * size;
  const first = Math.floor(low / step);
  const last = Math.ceil((high + step * 0.1) / step);
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
  return { low: first * step, high: last * step, ticks };
}

const pointOf = (t: number, amount: string): Point => ({ t, y: pixels(amount), amount });

/** Nothing follows a stretch of the past but what is known. */
function projectionOf({ available, runway, serverTime }: Timeline, to: number, span: number): ChartData['projection'] {
  if (runway?.status !== 'estimated' || runway.emptyAt === null || runway.spendPerDay === null || !available) return [];
  if (to < Date.parse(serverTime)) return [];
  const until = Math.min(Date.parse(runway.emptyAt), to + span * lookahead);
  const start = pixels(available.closing);
  const end = start - (pixels(runway.spendPerDay) * (until - to)) / dayMs;
  return [
    { t: to, projected: start },
    { t: until, projected: Math.max(0, end) },
  ];
}

/** The balance that held at a moment. */
export function balanceAt(steps: readonly Point[], t: number): number {
  const held = steps.findLast((point) => point.t <= t) ?? steps[0];
  return held?.y ?? 0;
}
