import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { keys } from '../api/keys';
import { serverNow } from '../api/transport';
import { useChanges } from '../api/use-changes';
import type { ListDefinition, ListPage } from './definition';
import { freezeRows } from './frozen-rows';
import type { ListState } from './list-state';
import { useRevealNewRows } from './refresh';
import { requestOf, resolved, type Filters } from './request';

export interface ListRows<Row> {
  /** the page that the rows are of; null before the first answer */
  readonly page: ListPage<Row> | null;
  readonly rows: readonly Row[];
  /** new rows that wait to be shown */
  readonly waiting: number;
  readonly showWaiting: () => void;
  /** the rows are those of the filters before, while the new ones are on their way */
  readonly isOld: boolean;
  readonly error: unknown;
  readonly retry: () => void;
}

interface Held<Row> {
  readonly request: string;
  readonly reveals: number;
  readonly page: ListPage<Row> | null;
  readonly rows: readonly Row[];
  readonly waiting: number;
}

/** The rows of a list: fetched by its address, kept in their places while others change them. */
export function useListRows<Row>(definition: ListDefinition<Row>, state: ListState, fixed: Filters): ListRows<Row> {
  const request = requestOf(definition, state, fixed);
  const signature = JSON.stringify(request);
  const reveals = useRevealNewRows(definition.kind);
  const query = useQuery({
    queryKey: keys.list(definition.kind, [definition.name, request]),
    queryFn: ({ signal }) => definition.load(resolved(definition, request, serverNow()), signal),
    placeholderData: keepPreviousData,
  });
  const [held, setHeld] = useState<Held<Row>>({ request: '', reveals, page: null, rows: [], waiting: 0 });

  const fresh = query.isPlaceholderData ? null : (query.data ?? null);
  if (fresh && (fresh !== held.page || signature !== held.request)) {
    const isAsked = signature !== held.request || reveals !== held.reveals;
    const next = freezeRows(isAsked ? null : held.rows, fresh.data, definition.idOf);
    setHeld({ request: signature, reveals, page: fresh, ...next });
  }
  const { refetch } = query;
  useChanges(definition.kind, refetch, { clientId: fixed['clientId'] ?? null, gatherMs: definition.gatherMs });

  return {
    page: held.page,
    rows: held.rows,
    waiting: held.waiting,
    showWaiting: () => setHeld((before) => ({ ...before, rows: before.page?.data ?? [], waiting: 0 })),
    isOld: query.isPlaceholderData,
    error: query.isError ? query.error : null,
    retry: () => void refetch(),
  };
}
