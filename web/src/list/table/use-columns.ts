import { useQueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { api, unwrap } from '../../api/client';
import { updateCachedMe, useSession } from '../../session/session';
import type { ListColumn, ListDefinition } from '../definition';
import type { ListControls } from '../use-list-state';

export interface Columns<Row> {
  readonly shown: readonly ListColumn<Row>[];
  /** the shown ones first, in their order, then the others */
  readonly all: readonly ListColumn<Row>[];
  readonly choose: (ids: readonly string[]) => void;
  /** goes back to the default columns */
  readonly reset: () => void;
}

/** The columns of a list: those in its address, else those that the user chose last, else its own. */
export function useColumns<Row>(definition: ListDefinition<Row>, controls: ListControls): Columns<Row> {
  const kept = useSession()?.user.preferences?.columns[definition.name] ?? null;
  const keep = useKeepColumns(definition.name);
  const width = useWindowWidth(definition.columns);
  const shown = columnsOf(definition, controls.state.columns ?? kept, width);
  const change = (ids: readonly string[] | null): void => {
    const { cursor, page } = controls.state;
    controls.set({ columns: ids, cursor, page });
    keep(ids);
  };
  return {
    shown,
    all: [...shown, ...definition.columns.filter((column) => !shown.includes(column))],
    choose: change,
    reset: () => change(null),
  };
}

/** The widest window that a column asks for and that there is: it changes only where the columns do. */
function useWindowWidth<Row>(columns: readonly ListColumn<Row>[]): number {
  const widest = (): number =>
    Math.max(0, ...columns.flatMap(({ minWindow = 0 }) => (minWindow <= window.innerWidth ? minWindow : [])));
  return useSyncExternalStore(onResize, widest);
}

function onResize(changed: () => void): () => void {
  window.addEventListener('resize', changed);
  return () => window.removeEventListener('resize', changed);
}

/** Ids of a version of the page that is gone are passed over; the name is always there. */
function columnsOf<Row>(
  { columns }: Pick<ListDefinition<Row>, 'columns'>,
  ids: readonly string[] | null,
  width: number,
): readonly ListColumn<Row>[] {
  const chosen = (ids ?? []).flatMap((id) => columns.find((column) => column.id === id) ?? []);
  if (chosen.length === 0) {
    return columns.filter(({ optional, minWindow = 0 }) => !optional && minWindow <= width);
  }
  const name = columns.find((column) => column.isName);
  return name && !chosen.includes(name) ? [name, ...chosen] : chosen;
}

/**
 * What the user chose is kept with him, so that it is there on another desk too; where that fails the address still has
 * it.
 */
function useKeepColumns(name: string): (ids: readonly string[] | null) => void {
  const queries = useQueryClient();
  return (ids) => {
    const columns = { [name]: ids === null ? null : [...ids] };
    unwrap(api.PATCH('/v1/me', { body: { preferences: { columns } } })).then(
      (me) => updateCachedMe(queries, me),
      () => undefined,
    );
  };
}
