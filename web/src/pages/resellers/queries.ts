import { useQueryClient } from '@tanstack/react-query';
import { api, unwrap, unwrapVersioned, type Versioned } from '../../api/client';
import { keys } from '../../api/keys';
import type { components } from '../../api/schema';
import { refreshLists } from '../../list/refresh';

export type Reseller = components['schemas']['Reseller'];
export type ResellerNode = components['schemas']['ResellerNode'];
export type ResellerEntry = components['schemas']['ResellerEntry'];
export type MoveEffects = components['schemas']['ResellerMoveEffects'];

export const treeQuery = {
  queryKey: keys.one('resellers', 'tree'),
  queryFn: ({ signal }: { readonly signal: AbortSignal }) => unwrap(api.GET('/v1/resellers/tree', { signal })),
};

export const resellerUseQuery = (id: string) => ({
  queryKey: keys.one('resellers', id, 'use'),
  queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
    unwrap(api.GET('/v1/resellers/{id}/use', { params: { path: { id } }, signal })),
  staleTime: 0,
});

export const managersQuery = (id: string) => ({
  queryKey: keys.one('resellers', id, 'managers'),
  queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
    unwrap(api.GET('/v1/resellers', { params: { query: { parentId: id, kind: 'manager', limit: 200 } }, signal })),
});

export const moveQuery = (id: string, parentId: string) => ({
  queryKey: keys.one('resellers', id, 'move', parentId),
  queryFn: () => unwrap(api.POST('/v1/resellers/{id}/move/preview', { params: { path: { id } }, body: { parentId } })),
  enabled: parentId !== '',
  retry: false,
  staleTime: 0,
});

export function readReseller(id: string, signal: AbortSignal): Promise<Versioned<Reseller>> {
  return unwrapVersioned(api.GET('/v1/resellers/{id}', { params: { path: { id } }, signal }));
}

/** What follows a change: lists, the tree, and pickers show it. */
export function useRefreshResellers(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await refreshLists(queries, 'resellers');
    for (const key of [['resellers'], ['resellerEntries'], ['options', 'resellers'], ['options', 'managers']]) {
      await queries.invalidateQueries({ queryKey: key });
    }
  };
}

/** As the API takes it: absent where nothing was typed. */
export function reasonOf(typed: string): { reason?: string } {
  const reason = typed.trim();
  return reason === '' ? {} : { reason };
}
