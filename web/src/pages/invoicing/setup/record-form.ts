import { useQueryClient } from '@tanstack/react-query';
import type { Kind } from '../../../api/keys';
import { refreshLists } from '../../../list/refresh';
import { toastDone } from '../../../ui/toast';

/** What follows a change of a record: its lists and pickers show it. */
export function useRecordSaved(kind: Kind, onClose: () => void): (message: string) => Promise<void> {
  const queries = useQueryClient();
  return async (message) => {
    toastDone(message);
    onClose();
    await refreshLists(queries, kind);
    await queries.invalidateQueries({ queryKey: [kind] });
    await queries.invalidateQueries({ queryKey: ['options', kind] });
  };
}

/** As the API takes it: absent where nothing was typed. */
export function reasonOf(typed: string): { reason?: string } {
  const reason = typed.trim();
  return reason === '' ? {} : { reason };
}
