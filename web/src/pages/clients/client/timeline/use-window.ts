import { useSearchParams } from 'react-router';
import { useZone } from '../../../../i18n/zone';
import { chartRangeOf, type ChartRange } from '../../../../ui/charts/chart-range';
import { minuteMs } from '../../../../ui/durations';
import type { TimelineWindow } from '../queries';

export interface Stretch {
  readonly from: number;
  readonly to: number;
}

interface WindowControls {
  readonly window: TimelineWindow;
  readonly choose: (range: ChartRange) => void;
  /** null: back to the range */
  readonly zoom: (stretch: Stretch | null) => void;
}

const minSpan = minuteMs;

/** What the timeline shows, as the address has it: `?range=7d&zoom=<from>~<to>`. */
export function useTimelineWindow(clientZone: string): WindowControls {
  const [parameters, setParameters] = useSearchParams();
  const zone = useZone(clientZone);
  const change = (edit: (changed: URLSearchParams) => void): void =>
    setParameters(
      (now) => {
        const changed = new URLSearchParams(now);
        edit(changed);
        return changed;
      },
      { preventScrollReset: true },
    );
  return {
    window: {
      range: chartRangeOf(parameters, '30d'),
      zoom: readZoom(parameters.get('zoom')),
      zone,
    },
    choose: (range) =>
      change((changed) => {
        changed.set('range', range);
        changed.delete('zoom');
      }),
    zoom: (stretch) =>
      change((changed) => {
        if (stretch === null) changed.delete('zoom');
        else changed.set('zoom', zoomText(stretch));
      }),
  };
}

export function readZoom(text: string | null): Stretch | null {
  const [from = Number.NaN, to = Number.NaN] = (text ?? '').split('~').map((part) => Date.parse(part));
  return to - from >= minSpan ? { from, to } : null;
}

/** Widened where it is too short to show anything. */
function zoomText({ from, to }: Stretch): string {
  const middle = (from + to) / 2;
  const half = Math.max(minSpan, to - from) / 2;
  return [middle - half, middle + half].map((at) => new Date(Math.round(at)).toISOString()).join('~');
}

/** The stretch next to it, half as long or twice as long around its middle; never beyond now. */
export function moved(stretch: Stretch, how: 'in' | 'out' | 'earlier' | 'later', now: number): Stretch {
  const span = stretch.to - stretch.from;
  const by = {
    in: [span / 4, -span / 4],
    out: [-span / 2, span / 2],
    earlier: [-span / 2, -span / 2],
    later: [span / 2, span / 2],
  }[how];
  const [from, to] = [stretch.from + (by[0] ?? 0), stretch.to + (by[1] ?? 0)];
  const beyond = Math.max(0, to - now);
  return { from: from - beyond, to: to - beyond };
}
