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
import { numberFormat } from '../../../../i18n/intl';
import { tickText, timeTicks } from '../../../../ui/charts/chart-axis';
import { intlLocale } from '../../../../i18n/language';
import { moneyText } from '../../../../ui/text/money-text';
import { timeText } from '../../../../ui/text/time-text';
import type { Timeline } from '../queries';
import { balanceAt, type ChartData, type Point } from './chart-data';
import { markersOf, type Marker, type TimelineEvent } from './events';
import { DragZoom } from './DragZoom';
import { namesOf } from './Legend';
import { MarkerShape } from './MarkerShape';
import { thresholdLines, type ThresholdLine } from './threshold-lines';
import type { Stretch } from './use-window';
import classes from './timeline.module.css';

interface TimelineChartProps {
  readonly timeline: Timeline;
  readonly data: ChartData;
  readonly events: readonly TimelineEvent[];
  readonly chosen: readonly string[];
  readonly zone: string;
  readonly onChoose: (keys: readonly string[]) => void;
  readonly onZoom: (stretch: Stretch) => void;
}

const axisWidth = 52;
const marginRight = 8;

/** The library's charts know no keyboard; the rows under the chart and its table say the same to every user. */
export default function TimelineChart(props: TimelineChartProps) {
  const { timeline, data, events, chosen, zone, onChoose, onZoom } = props;
  const markers = useMemo(() => markersOf(events, data.from, data.to), [events, data]);
  const ticks = useMemo(() => timeTicks(data.from, data.to, zone), [data, zone]);
  const lines = useMemo(() => thresholdLines(timeline.thresholds), [timeline.thresholds]);
  const amounts = numberFormat(intlLocale(), { notation: 'compact', maximumFractionDigits: 1 });
  const axis = { fontSize: 12, fill: 'var(--quiet)' };
  return (
    <div className={`${classes['chart']} ${classes['fill']}`}>
      <DragZoom from={data.from} to={data.to} left={axisWidth} right={marginRight} onZoom={onZoom}>
        <ResponsiveContainer>
          <ComposedChart accessibilityLayer={false} margin={{ top: 8, right: marginRight, bottom: 0, left: 0 }}>
            <CartesianGrid vertical={false} stroke="var(--grid)" />
            <XAxis
              dataKey="t"
              type="number"
              scale="time"
              domain={[data.from, data.to]}
              ticks={[...ticks]}
              tickFormatter={(at: number) => tickText(at, data, zone)}
              tick={axis}
              stroke="var(--grid)"
              allowDataOverflow
            />
            <YAxis
              domain={[data.low, data.high]}
              tickFormatter={(value: number) => amounts.format(value).replace('-', '\u2212')}
              tick={axis}
              ticks={[...data.ticks]}
              width={axisWidth}
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
            {lines.map(({ value, color, dash }) => (
              <ReferenceLine
                key={value}
                y={Number.parseFloat(value)}
                stroke={color}
                strokeWidth={1.5}
                strokeDasharray={dash}
              />
            ))}
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
                  <Reading at={label} timeline={timeline} data={data} lines={lines} zone={zone} />
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
      </DragZoom>
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

interface ReadingProps extends Pick<TimelineChartProps, 'timeline' | 'data' | 'zone'> {
  readonly at: number;
  readonly lines: readonly ThresholdLine[];
}

function Reading({ at, timeline, data, lines, zone }: ReadingProps) {
  const { currency } = timeline;
  const held: Point | undefined = data.steps.findLast((point) => point.t <= at);
  const locale = intlLocale();
  return (
    <div className={classes['tooltip']}>
      <div>{timeText(at, zone, locale)}</div>
      {held && <strong>{moneyText(held.amount, currency, locale)}</strong>}
      {lines
        .filter(({ value }) => held && held.y < Number.parseFloat(value))
        .map(({ value, thresholds }) => (
          <div key={value}>
            {'<'} {namesOf(thresholds)} {moneyText(value, currency, locale)}
          </div>
        ))}
    </div>
  );
}
