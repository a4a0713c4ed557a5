import { useQueryClient } from '@tanstack/react-query';
import { refreshLists } from '../../../list/refresh';

/** What follows a change of a template, or of the template of a client: lists, pickers, and clients show it. */
export function useRefreshTemplates(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await refreshLists(queries, 'clientTemplates');
    await refreshLists(queries, 'clients');
    for (const key of [['clientTemplates'], ['options', 'clientTemplates'], ['clients']]) {
      await queries.invalidateQueries({ queryKey: key });
    }
  };
}

/** As the API takes it: absent where nothing was typed. */
export function reasonOf(typed: string): { reason?: string } {
  const reason = typed.trim();
  return reason === '' ? {} : { reason };
}
