import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from '../../../api/client';
import { keys } from '../../../api/keys';
import type { Import } from '../../../api/types';

export const importQuery = (id: string) =>
  queryOptions({
    queryKey: keys.one('imports', id),
    queryFn: ({ signal }) => unwrap(api.GET('/v1/imports/{id}', { params: { path: { id } }, signal })),
  });

/** The first rows that made no client. */
export const rejectsQuery = (id: string, version: string) =>
  queryOptions({
    queryKey: keys.one('imports', id, 'rejects', version),
    queryFn: ({ signal }) =>
      unwrap(api.GET('/v1/imports/{id}/rejects', { params: { path: { id }, query: { limit: 20 } }, signal })),
  });

export const rejectsHref = (id: string): string => `/v1/imports/${id}/rejects.csv`;

export const importSteps = ['upload', 'mapping', 'check', 'result'] as const;
export type ImportStep = (typeof importSteps)[number];

export function stepOf({ jobId, isMapped }: Import): Exclude<ImportStep, 'upload'> {
  if (jobId !== null) return 'result';
  return isMapped ? 'check' : 'mapping';
}

/** Shows an import as a request has answered it. */
export function useShowImport(): (changed: Import) => void {
  const queries = useQueryClient();
  return (changed) => void queries.setQueryData(keys.one('imports', changed.id), changed);
}

const types: Readonly<
  Record<string, 'text/csv' | 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'>
> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

export async function uploadFile(file: File): Promise<Import> {
  const type = types[file.name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'text/csv';
  return unwrap(
    api.POST('/v1/imports', {
      params: { query: { fileName: file.name.slice(0, 200) } },
      headers: { 'Content-Type': type },
      // The document says that the body is a file; its type in the page is a text.
      body: file as unknown as string,
      bodySerializer: (body) => body,
    }),
  );
}
