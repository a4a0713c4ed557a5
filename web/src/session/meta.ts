import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client';
import { keys } from '../api/keys';

/** What this service is: version, features, whether it shows demo data. */
export const metaQuery = queryOptions({
  queryKey: keys.meta,
  queryFn: ({ signal }) => unwrap(api.GET('/v1/meta', { signal })),
  staleTime: 60_000,
});

/** How its parts are; renewed by the stream, and every half minute for what the stream does not report. */
export const healthQuery = queryOptions({
  queryKey: keys.health,
  queryFn: ({ signal }) => unwrap(api.GET('/v1/health/summary', { signal })),
  refetchInterval: 30_000,
});
