import { useQuery } from '@tanstack/react-query';
import { pageId, readServedPageId } from '../api/page-id';
import { minuteMs } from '../ui/durations';

/** Whether the service serves another build of this page than the one that runs here. */
export function useStalePage(): boolean {
  const { data: served } = useQuery({
    queryKey: ['page'],
    queryFn: readServedPageId,
    enabled: pageId !== 'development',
    refetchInterval: 5 * minuteMs,
    staleTime: 60_000,
  });
  return typeof served === 'string' && served !== pageId;
}
