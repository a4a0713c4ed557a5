import {
  ComposedChart,
  CartesianGrid,
  Line,
  ReferenceArea,
  ReferenceDot,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { useMemo } from 'react';
import { intlLocale } from '../../../i18n/language';
import { useZone } from '../../../i18n/zone';
import { dayMs } from '../../../ui/durations';
import { moneyText } from '../../../ui/text/money-text';
import { timeText } from '../../../ui/text/time-text';
import { plusDays, wallClock, instantOf } from '../../../ui/text/zoned';
import type { Client, Timeline } from '../queries';
import { ruleName } from '../../../ui/text/rule-label';
import { balanceAt, type ChartData, type Point } from './chart-data';
import { markersOf, type Marker, type TimelineEvent } from './events';
import { dashOf } from './Legend';
import { MarkerShape } from './MarkerShape';
import classes from './timeline.module.css';

interface TimelineChartProps {
  readonly client: Client;
  readonly timeline: Timeline;
  readonly data: ChartData;
  readonly events: readonly TimelineEvent[];
  readonly chosen: readonly string[];
  readonly onChoose: (keys: readonly string[]) => void;
}

/** The library's charts know no keyboard; the rows under the chart and its table say the same to everybody. */
export default function TimelineChart(props: TimelineChartProps) {
  const { client, timeline, data, events, chosen, onChoose } = props;
  const zone = useZone(client.timezone);
  const markers = useMemo(() => markersOf(events, data.from, data.to), [events, data]);
  const ticks = useMemo(() => ticksOf(data, zone), [data, zone]);
  const amounts = new Intl.NumberFormat(intlLocale(), { notation: 'compact', maximumFractionDigits: 1 });
  const axis = { fontSize: 12, fill: 'var(--quiet)' };
  return (
    <div className={`${classes['chart']} ${classes['fill']}`}>
      <ResponsiveContainer>
        <ComposedChart accessibilityLayer={false} margin={{ top: 8, right: 8, bottom: 0, left: 0 }}>
          <CartesianGrid vertical={false} stroke="var(--grid)" />
          <XAxis
            dataKey="t"
            type="number"
            scale="time"
            domain={[data.from, data.to]}
            ticks={[...ticks]}
            tickFormatter={(t: number) => (isShort(data) ? hourText(t, zone) : dayText(t, zone))}
            tick={axis}
            stroke="var(--grid)"
            allowDataOverflow
          />
          <YAxis
            domain={[data.low, data.high]}
            tickFormatter={(value: number) => amounts.format(value).replace('-', '\u2212')}
            tick={axis}
            ticks={[...data.ticks]}
            width={52}
            stroke="var(--grid)"
          />
          {timeline.temporaryCredits.map((grant) => (
            <ReferenceArea
              key={grant.id}
              x1={Math.max(data.from, Date.parse(grant.from))}
              x2={Math.min(data.to, Date.parse(grant.until))}
              fill="var(--credit)"
              fillOpacity={0.14}
              ifOverflow="hidden"
            />
          ))}
          {data.low < 0 && <ReferenceLine y={0} stroke="var(--quiet)" />}
          {timeline.thresholds.map(({ rule, value }, index) =>
            value === null ? null : (
              <ReferenceLine
                key={rule}
                y={Number.parseFloat(value)}
                stroke="var(--threshold)"
                strokeWidth={1.5}
                strokeDasharray={dashOf(index)}
              />
            ),
          )}
          <Line
            data={[...data.steps]}
            dataKey="y"
            type="stepAfter"
            stroke="var(--line)"
            strokeWidth={2}
            dot={false}
            isAnimationActive={false}
          />
          <Line
            data={[...data.projection]}
            dataKey="projected"
            stroke="var(--line)"
            strokeWidth={1.5}
            strokeDasharray="3 4"
            dot={false}
            isAnimationActive={false}
          />
          <Tooltip
            isAnimationActive={false}
            content={({ active, label }) =>
              active && typeof label === 'number' ? (
                <Reading at={label} timeline={timeline} data={data} zone={zone} />
              ) : null
            }
          />
          {markers.map((marker) => (
            <ReferenceDot
              key={`${marker.look} ${marker.t}`}
              x={marker.t}
              y={balanceAt(data.steps, marker.t)}
              r={11}
              shape={({ cx, cy }: { cx?: number; cy?: number }) => (
                <Mark marker={marker} x={cx ?? 0} y={cy ?? 0} chosen={chosen} onChoose={onChoose} />
              )}
            />
          ))}
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
}

interface MarkProps extends Pick<TimelineChartProps, 'chosen' | 'onChoose'> {
  readonly marker: Marker;
  readonly x: number;
  readonly y: number;
}

function Mark({ marker, x, y, chosen, onChoose }: MarkProps) {
  const keys = marker.events.map(({ key }) => key);
  const isChosen = keys.some((key) => chosen.includes(key));
  return (
    <g transform={`translate(${x},${y})`} className={classes['marker']} onClick={() => onChoose(keys)} aria-hidden>
      <circle r={12} className={classes['halo']} data-chosen={isChosen || undefined} />
      <MarkerShape look={marker.look} />
    </g>
  );
}

interface ReadingProps extends Pick<TimelineChartProps, 'timeline' | 'data'> {
  readonly at: number;
  readonly zone: string;
}

function Reading({ at, timeline, data, zone }: ReadingProps) {
  const { currency, thresholds } = timeline;
  const held: Point | undefined = data.steps.findLast((point) => point.t <= at);
  const locale = intlLocale();
  return (
    <div className={classes['tooltip']}>
      <div>{timeText(at, zone, locale)}</div>
      {held && <strong>{moneyText(held.amount, currency, locale)}</strong>}
      {thresholds
        .filter(({ value }) => value !== null && held && held.y < Number.parseFloat(value))
        .map(({ rule, value }) => (
          <div key={rule}>
            {'<'} {ruleName(rule)} {moneyText(value ?? '', currency, locale)}
          </div>
        ))}
    </div>
  );
}

/** Below this there are hours on the axis. */
const isShort = ({ from, to }: ChartData): boolean => to - from < 2 * dayMs;

/** Midnights of the zone, or every sixth hour, as many as have room. */
function ticksOf(data: ChartData, zone: string): readonly number[] {
  const { from, to } = data;
  if (isShort(data)) {
    const { year, month, day } = wallClock(from, zone);
    return Array.from({ length: 12 }, (_, index) =>
      instantOf({ year, month, day, hour: 6 * index, minute: 0 }, zone),
    ).filter((at) => at > from && at < to);
  }
  const days = Math.round((to - from) / dayMs);
  const step = Math.max(1, Math.ceil(days / 7));
  const first = wallClock(from, zone);
  const ticks: number[] = [];
  for (
    let at = instantOf({ ...first, day: first.day + 1, hour: 0, minute: 0 }, zone);
    at < to;
    at = plusDays(at, step, zone)
  ) {
    ticks.push(at);
  }
  return ticks;
}

const hourText = (at: number, zone: string): string =>
  new Intl.DateTimeFormat(intlLocale(), { timeZone: zone, hour: 'numeric', minute: '2-digit' }).format(at);

const dayFormats = new Map<string, Intl.DateTimeFormat>();

function dayText(at: number, zone: string): string {
  const key = `${intlLocale()} ${zone}`;
  const format =
    dayFormats.get(key) ?? new Intl.DateTimeFormat(intlLocale(), { timeZone: zone, month: 'short', day: 'numeric' });
  dayFormats.set(key, format);
  return format.format(at);
}
