import { Group, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, useMemo, useState, type ReactNode } from 'react';
import { intlLocale } from '../../../../i18n/language';
import { t } from '../../../../i18n/t';
import { ChartFrame } from '../../../../ui/charts/ChartFrame';
import { DataSince } from '../../../../ui/charts/DataSince';
import { RangePicker } from '../../../../ui/charts/RangePicker';
import { FailedState } from '../../../../ui/FailedState';
import { Money } from '../../../../ui/text/Money';
import { moneyText } from '../../../../ui/text/money-text';
import { Time } from '../../../../ui/text/Time';
import { timeText } from '../../../../ui/text/time-text';
import { timelineQuery, type Client, type Timeline } from '../queries';
import { chartData, type ChartData } from './chart-data';
import { EventRows } from './EventRows';
import { eventsOf } from './events';
import { Legend } from './Legend';
import { RunwaySentence } from './RunwaySentence';
import { useTimelineWindow, type Stretch } from './use-window';
import { ZoomButtons } from './ZoomButtons';

const TimelineChart = lazy(async () => await import('./TimelineChart'));

const height = 300;

/** Available over time with all that moved it or was caused by it, on one axis. */
export function TimelineCard({ client }: { readonly client: Client }) {
  const { window, choose, zoom } = useTimelineWindow(client.timezone);
  const { data, error, refetch } = useQuery(timelineQuery(client.id, window));
  if (error && !data) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton h={height + 240} />;
  const shown = { from: Date.parse(data.from), to: Date.parse(data.to) };
  return (
    <Drawn
      client={client}
      timeline={data}
      zone={window.zone}
      onZoom={zoom}
      zoomed={window.zoom}
      controls={
        <Group gap="xs">
          <ZoomButtons shown={shown} isZoomed={window.zoom !== null} onZoom={zoom} />
          <RangePicker value={window.range} onChange={choose} />
        </Group>
      }
    />
  );
}

interface DrawnProps {
  readonly client: Client;
  readonly timeline: Timeline;
  readonly zone: string;
  readonly zoomed: Stretch | null;
  readonly onZoom: (stretch: Stretch) => void;
  readonly controls: ReactNode;
}

function Drawn({ client, timeline, zone, zoomed, onZoom, controls }: DrawnProps) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const data = useMemo(() => chartData(timeline, client.createdAt), [timeline, client.createdAt]);
  const events = useMemo(() => eventsOf(timeline), [timeline]);
  return (
    <ChartFrame
      title={t('client.timeline')}
      summary={summaryOf(timeline, data, { zoomed, zone })}
      height={height}
      controls={controls}
      table={() => tableOf(timeline, client.timezone)}
      footer={
        <Stack gap="xs" mt="xs">
          {data && data.since !== null && <DataSince at={data.since} now={Date.parse(timeline.to)} zone={zone} />}
          <Legend timeline={timeline} hasProjection={(data?.projection.length ?? 0) > 0} />
          {timeline.runway && (
            <RunwaySentence runway={timeline.runway} currency={timeline.currency} zone={client.timezone} />
          )}
          <EventRows client={client} timeline={timeline} events={events} chosen={chosen} zone={zone} />
        </Stack>
      }
    >
      {data ? (
        <TimelineChart
          timeline={timeline}
          data={data}
          events={events}
          chosen={chosen}
          zone={zone}
          onChoose={setChosen}
          onZoom={onZoom}
        />
      ) : (
        <Text size="sm" c="dimmed" py="xl" ta="center">
          {t('client.timeline.notLedger')}
        </Text>
      )}
    </ChartFrame>
  );
}

interface Shown {
  readonly zoomed: Stretch | null;
  readonly zone: string;
}

function summaryOf(timeline: Timeline, data: ChartData | null, { zoomed, zone }: Shown): string {
  const { available, currency, notifications, payments, unlimited } = timeline;
  if (unlimited) return t('client.timeline.unlimited');
  const parts = [t('client.timeline.counts', { notifications: notifications.length, payments: payments.length })];
  if (available) {
    const money = (amount: string): string => moneyText(amount, currency, intlLocale());
    const to = money(available.closing);
    parts.unshift(
      data?.isNew && zoomed === null
        ? t('client.timeline.now', { to })
        : t('client.timeline.summary', { from: money(available.opening), to }),
    );
  }
  if (zoomed) {
    const [from, to] = [zoomed.from, zoomed.to].map((at) => timeText(at, zone, intlLocale(), 'short'));
    parts.unshift(t('client.timeline.zoomed', { from: from ?? '', to: to ?? '' }));
  }
  return parts.join(' ');
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
