import { SegmentedControl, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, useMemo, useState, type ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { intlLocale } from '../../../i18n/language';
import { t } from '../../../i18n/t';
import { ChartFrame } from '../../../ui/charts/ChartFrame';
import { FailedState } from '../../../ui/FailedState';
import { Money } from '../../../ui/text/Money';
import { moneyText } from '../../../ui/text/money-text';
import { Time } from '../../../ui/text/Time';
import { ranges, timelineQuery, type Client, type Range, type Timeline } from '../queries';
import { chartData, type ChartData } from './chart-data';
import { EventRows } from './EventRows';
import { eventsOf } from './events';
import { Legend } from './Legend';
import { RunwaySentence } from './RunwaySentence';

const TimelineChart = lazy(async () => await import('./TimelineChart'));

const height = 300;

/** Available over time with all that moved it or was caused by it, on one axis. */
export function TimelineCard({ client }: { readonly client: Client }) {
  const [parameters, setParameters] = useSearchParams();
  const days = ranges.find((known) => String(known) === parameters.get('range')) ?? 30;
  const { data, error, refetch } = useQuery(timelineQuery(client.id, days));
  const choose = (next: Range): void =>
    setParameters((now) => {
      const changed = new URLSearchParams(now);
      changed.set('range', String(next));
      return changed;
    });
  if (error && !data) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton h={height + 240} />;
  return <Drawn client={client} timeline={data} days={days} onDays={choose} />;
}

interface DrawnProps {
  readonly client: Client;
  readonly timeline: Timeline;
  readonly days: Range;
  readonly onDays: (days: Range) => void;
}

function Drawn({ client, timeline, days, onDays }: DrawnProps) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const data = useMemo(() => chartData(timeline, client.createdAt), [timeline, client.createdAt]);
  const events = useMemo(() => eventsOf(timeline), [timeline]);
  return (
    <ChartFrame
      title={t('client.timeline')}
      summary={summaryOf(timeline, data, days)}
      height={height}
      controls={<RangeControl days={days} onDays={onDays} />}
      table={() => tableOf(timeline, client.timezone)}
      footer={
        <Stack gap="xs" mt="xs">
          <Legend timeline={timeline} />
          {timeline.runway && (
            <RunwaySentence runway={timeline.runway} currency={timeline.currency} zone={client.timezone} />
          )}
          <EventRows client={client} timeline={timeline} events={events} chosen={chosen} />
        </Stack>
      }
    >
      {data ? (
        <TimelineChart
          client={client}
          timeline={timeline}
          data={data}
          events={events}
          chosen={chosen}
          onChoose={setChosen}
        />
      ) : (
        <Text size="sm" c="dimmed" py="xl" ta="center">
          {t('client.timeline.notLedger')}
        </Text>
      )}
    </ChartFrame>
  );
}

function RangeControl({ days, onDays }: { readonly days: Range; readonly onDays: (days: Range) => void }) {
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('client.timeline.range')}
      value={String(days)}
      onChange={(value) => onDays(ranges.find((known) => String(known) === value) ?? days)}
      data={ranges.map((known) => ({ value: String(known), label: t('client.timeline.days', { n: known }) }))}
    />
  );
}

function summaryOf(timeline: Timeline, data: ChartData | null, days: Range): string {
  const { available, currency, notifications, payments, unlimited } = timeline;
  if (unlimited) return t('client.timeline.unlimited');
  const counts = t('client.timeline.counts', { notifications: notifications.length, payments: payments.length });
  if (!available) return counts;
  const money = (amount: string): string => moneyText(amount, currency, intlLocale());
  if (data?.isNew) return `${t('client.timeline.now', { to: money(available.closing) })} ${counts}`;
  return `${t('client.timeline.summary', { n: days, from: money(available.opening), to: money(available.closing) })} ${counts}`;
}

function tableOf(timeline: Timeline, zone: string): { columns: string[]; rows: ReactNode[][] } {
  const { available, currency } = timeline;
  const money = (amount: string): ReactNode => <Money value={{ amount, currency }} />;
  return {
    columns: [
      t('client.timeline.time'),
      t('client.balance.available'),
      t('client.timeline.lowest'),
      t('client.timeline.highest'),
    ],
    rows: (available?.points ?? [])
      .toReversed()
      .map((point) => [
        <Time key="at" at={point.at} clientZone={zone} />,
        money(point.last),
        money(point.min),
        money(point.max),
      ]),
  };
}
