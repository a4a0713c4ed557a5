import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../../../api/client';
import { keys } from '../../../api/keys';
import type { components } from '../../../api/schema';
import { serverNow } from '../../../api/transport';
import { chartRangeMs, type ChartRange } from '../../../ui/charts/chart-range';

/** What the numbers are read with; the stream renews them. */

export type Summary = components['schemas']['OverviewSummary'];
export type StatesSeries = components['schemas']['OverviewSeries'];
export type Headroom = components['schemas']['OverviewHeadroom']['data'][number];
export type Runway = components['schemas']['OverviewRunway']['data'][number];
export type Upcoming = components['schemas']['OverviewUpcoming'];

export const summaryQuery = queryOptions({
  queryKey: keys.overview('summary'),
  queryFn: ({ signal }) => unwrap(api.GET('/v1/overview/summary', { signal })),
});

/** Bars for what happened, finer steps for what held. */
const steps = {
  '1h': { bars: 'five_minutes', states: 'minute' },
  '24h': { bars: 'hour', states: 'quarter_hour' },
  '7d': { bars: 'six_hours', states: 'hour' },
  '30d': { bars: 'day', states: 'six_hours' },
  '90d': { bars: 'day', states: 'day' },
} as const satisfies Readonly<Record<ChartRange, Readonly<Record<'bars' | 'states', StatesSeries['step']>>>>;

export const notificationsQuery = (range: ChartRange) =>
  queryOptions({
    queryKey: keys.overview('notifications', range),
    queryFn: ({ signal }) => {
      const query = { step: steps[range].bars, from: startOf(range) };
      return unwrap(api.GET('/v1/overview/series', { params: { query }, signal }));
    },
  });

export const statesQuery = (range: ChartRange) =>
  queryOptions({
    queryKey: keys.overview('states', range),
    queryFn: ({ signal }) => {
      const query = { metric: 'states', step: steps[range].states, from: startOf(range) } as const;
      return unwrap(api.GET('/v1/overview/series', { params: { query }, signal }));
    },
  });

const startOf = (range: ChartRange): string => new Date(serverNow() - chartRangeMs[range]).toISOString();

export const headroomQuery = queryOptions({
  queryKey: keys.overview('headroom'),
  queryFn: ({ signal }) => unwrap(api.GET('/v1/overview/headroom', { signal })),
});

const shortestRows = 7;

export const runwayQuery = (currency: string | null) =>
  queryOptions({
    queryKey: keys.overview('runway', currency),
    queryFn: ({ signal }) => {
      const query = { limit: shortestRows, ...(currency !== null && { currency }) };
      return unwrap(api.GET('/v1/overview/runway', { params: { query }, signal }));
    },
  });

const nextRows = 5;
/** Checks are many and all alike: they are counted, the rest is listed one by one. */
const listedKinds = ['credit_start', 'credit_warning', 'credit_revert', 'mail_retry', 'silence_end'] as const;

export const upcomingQuery = queryOptions({
  queryKey: keys.overview('upcoming'),
  queryFn: ({ signal }) =>
    unwrap(
      api.GET('/v1/overview/upcoming', { params: { query: { limit: nextRows, kind: [...listedKinds] } }, signal }),
    ),
});
