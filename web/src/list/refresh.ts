import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import type { Kind } from '../api/keys';
import { renewNow } from '../api/renewal';

const reveals = new Map<Kind, number>();
const listeners = new Set<() => void>();

/**
 * Fetches the lists of a kind again after the user's own change, and shows what is new at once: users know their own
 * changes.
 */
export async function refreshLists(queries: QueryClient, kind: Kind): Promise<void> {
  reveals.set(kind, revealsOf(kind) + 1);
  for (const listener of listeners) listener();
  await renewNow(queries, ([of, part]) => of === kind && part === 'list');
}

const revealsOf = (kind: Kind): number => reveals.get(kind) ?? 0;

/** Grows with every own change. */
export function useRevealNewRows(kind: Kind): number {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => revealsOf(kind),
  );
}
