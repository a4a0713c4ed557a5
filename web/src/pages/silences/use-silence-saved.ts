import { useQueryClient } from '@tanstack/react-query';
import { refreshLists } from '../../list/refresh';
import { toastDone } from '../../ui/toast';

/** What follows a change of a silence: the list and the clients that it covers show it. */
export function useSilenceSaved(onClose: () => void): (message: string) => Promise<void> {
  const queries = useQueryClient();
  return async (message) => {
    toastDone(message);
    onClose();
    await refreshLists(queries, 'silences');
    await queries.invalidateQueries({ queryKey: ['silences'] });
    await queries.invalidateQueries({ queryKey: ['clients'] });
  };
}
