import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../../api/client';
import { keys } from '../../api/keys';
import type { components } from '../../api/schema';

/** What the numbers are read with; the stream asks for them anew. */

export type Summary = components['schemas']['OverviewSummary'];
export type StatesSeries = components['schemas']['OverviewSeries'];
export type Headroom = components['schemas']['OverviewHeadroom']['data'][number];
export type Runway = components['schemas']['OverviewRunway']['data'][number];
export type Upcoming = components['schemas']['OverviewUpcoming'];

export const summaryQuery = queryOptions({
  queryKey: keys.overview('summary'),
  queryFn: ({ signal }) => unwrap(api.GET('/v1/overview/summary', { signal })),
});

export const notificationsQuery = queryOptions({
  queryKey: keys.overview('series', 'notifications'),
  queryFn: ({ signal }) => unwrap(api.GET('/v1/overview/series', { params: { query: { step: 'hour' } }, signal })),
});

export const statesQuery = queryOptions({
  queryKey: keys.overview('series', 'states'),
  queryFn: ({ signal }) =>
    unwrap(api.GET('/v1/overview/series', { params: { query: { metric: 'states', step: 'day' } }, signal })),
});

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
/** Checks are many and all alike: they are counted, the rest is told one by one. */
const told = ['credit_start', 'credit_warning', 'credit_revert', 'mail_retry', 'silence_end'] as const;

export const upcomingQuery = queryOptions({
  queryKey: keys.overview('upcoming'),
  queryFn: ({ signal }) =>
    unwrap(api.GET('/v1/overview/upcoming', { params: { query: { limit: nextRows, kind: [...told] } }, signal })),
});
