import { useQueryClient } from '@tanstack/react-query';
import { renewNow } from '../../api/renewal';
import { refreshLists } from '../../list/refresh';

/** Renews all that a change of a temporary credit may have changed. */
export function useCreditRefresh(): (clientId: string) => Promise<void> {
  const queries = useQueryClient();
  return async (clientId) => {
    const isConcerned = (kind: unknown, one: unknown): boolean =>
      ((kind === 'credits' || kind === 'creditRequests') && one !== 'list') || (kind === 'clients' && one === clientId);
    await Promise.all([
      refreshLists(queries, 'credits'),
      refreshLists(queries, 'creditRequests'),
      refreshLists(queries, 'clients'),
      renewNow(queries, ([kind, one]) => isConcerned(kind, one)),
    ]);
  };
}
