import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { api, unwrapVersioned, unwrap } from '../../../api/client';
import { keys } from '../../../api/keys';
import type { components } from '../../../api/schema';
import { refreshLists } from '../../../list/refresh';
import { toastDone } from '../../../ui/toast';

export type RateTable = components['schemas']['RateTable'];
export type TableRate = components['schemas']['TableRate'];

export const rateTableQuery = (id: string) =>
  queryOptions({
    queryKey: keys.one('rateTables', id),
    queryFn: ({ signal }) => unwrap(api.GET('/v1/rate-tables/{id}', { params: { path: { id } }, signal })),
  });

export const tableRateQuery = (id: string) =>
  queryOptions({
    queryKey: keys.one('tableRates', id),
    queryFn: ({ signal }) => unwrapVersioned(api.GET('/v1/table-rates/{id}', { params: { path: { id } }, signal })),
    // A form that is being filled in does not change under the hands.
    refetchOnWindowFocus: false,
    staleTime: 0,
    gcTime: 0,
  });

/** What follows a change of a table or of a rate: lists, pickers, and pages show it. */
export function useRatesSaved(): (message: string) => Promise<void> {
  const queries = useQueryClient();
  return async (message) => {
    toastDone(message);
    await refreshLists(queries, 'rateTables');
    await refreshLists(queries, 'tableRates');
    for (const key of [['rateTables'], ['tableRates'], ['options', 'rateTables']]) {
      await queries.invalidateQueries({ queryKey: key });
    }
  };
}

/** As the API takes it: absent where nothing was typed. */
export function reasonOf(typed: string): { reason?: string } {
  const reason = typed.trim();
  return reason === '' ? {} : { reason };
}

/** Null where nothing was typed. */
export const textOrNull = (typed: string): string | null => (typed.trim() === '' ? null : typed.trim());
