import { dayMs, hourMs } from '../../ui/durations';

/** Up to here hours can be distinguished; the API counts at most 800 stretches. */
const maxHours = 72;
const maxDays = 790;
const minHours = 12;

export interface ChartWindow {
  readonly from: number;
  readonly to: number;
  readonly step: 'hour' | 'day';
  /** more is drawn than is asked for, so that what is asked for has neighbours */
  readonly isWidened: boolean;
}

/** What to draw over a list that shows the time between `from` and `to`; null: without end. */
export function chartWindow(
  asked: { readonly from: number | null; readonly to: number | null },
  now: number,
): ChartWindow {
  const to = asked.to ?? now;
  const from = Math.max(asked.from ?? to - dayMs, to - maxDays * dayMs);
  if (from >= to) return { from: to - dayMs, to, step: 'hour', isWidened: false };
  if (to - from < minHours * hourMs && asked.to !== null) {
    const middle = (from + to) / 2;
    const end = Math.min(Math.max(now, to), middle + dayMs / 2);
    return { from: end - dayMs, to: end, step: 'hour', isWidened: true };
  }
  return { from, to, step: to - from <= maxHours * hourMs ? 'hour' : 'day', isWidened: false };
}
