import { QueryClient } from '@tanstack/react-query';
import { isApiError } from './problems';

/** Defaults of the cache. The transport has tried again already; the stream reports what is stale. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        retry: (failures, error) => failures < 2 && isApiError(error) && error.status === 503,
        retryDelay: (failures, error) => 1000 * (isApiError(error) ? (error.retryAfterSeconds ?? 2 ** failures) : 1),
        staleTime: 10_000,
        refetchOnWindowFocus: true,
      },
      mutations: { retry: false },
    },
  });
}
