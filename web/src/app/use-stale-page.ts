import { useQuery } from '@tanstack/react-query';
import { pageId, readServedPageId } from '../api/page-id';

/** Whether the service serves another build of this page than the one that runs here. */
export function useStalePage(): boolean {
  const { data: served } = useQuery({
    queryKey: ['page'],
    queryFn: readServedPageId,
    enabled: pageId !== 'development',
    refetchInterval: 5 * 60_000,
    staleTime: 60_000,
  });
  return typeof served === 'string' && served !== pageId;
}
