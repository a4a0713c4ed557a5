import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../../../api/client';
import { keys } from '../../../api/keys';
import type { components } from '../../../api/schema';

export type RateImport = components['schemas']['RateImport'];

export const rateImportQuery = (id: string) =>
  queryOptions({
    queryKey: keys.one('rateImports', id),
    queryFn: ({ signal }) => unwrap(api.GET('/v1/rate-imports/{id}', { params: { path: { id } }, signal })),
  });

/** The first rows that are not imported. */
export const rejectedRatesQuery = (id: string) =>
  queryOptions({
    queryKey: keys.one('rateImports', id, 'rejects'),
    queryFn: ({ signal }) =>
      unwrap(api.GET('/v1/rate-imports/{id}/rejects', { params: { path: { id }, query: { limit: 20 } }, signal })),
    gcTime: 0,
  });

/** The first rows that come too soon for the agreement. */
export const earlyRatesQuery = (id: string) =>
  queryOptions({
    queryKey: keys.one('rateImports', id, 'early'),
    queryFn: ({ signal }) =>
      unwrap(api.GET('/v1/rate-imports/{id}/early', { params: { path: { id }, query: { limit: 20 } }, signal })),
    gcTime: 0,
  });

/** Shows an import as a request has answered it. */
export function useShowRateImport(): (changed: RateImport) => void {
  const queries = useQueryClient();
  return (changed) => void queries.setQueryData(keys.one('rateImports', changed.id), changed);
}

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export async function uploadRates(tableId: string, file: File): Promise<RateImport> {
  const type = file.name.toLowerCase().endsWith('.xlsx') ? xlsx : 'text/csv';
  return unwrap(
    api.POST('/v1/rate-tables/{id}/imports', {
      params: { path: { id: tableId }, query: { fileName: file.name.slice(0, 200) } },
      headers: { 'Content-Type': type },
      // The document says that the body is a file; its type in the page is a text.
      body: file as unknown as string,
      bodySerializer: (body) => body,
    }),
  );
}
