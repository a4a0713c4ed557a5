import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { allParameters, type ListDefinition } from './definition';
import { firstPage, readListState, withFilters, writeListState, type ListState } from './list-state';
import { withoutCurrency, type Filters } from './request';

export interface ListControls {
  readonly state: ListState;
  /** a step that Back undoes */
  readonly set: (changes: Partial<ListState>) => void;
  /** sets filters; `typing` steps are not kept one by one */
  readonly filter: (changes: Filters, typing?: boolean) => void;
  /** the address of a saved view, in place of all that is set */
  readonly show: (query: string) => void;
}

/** The state of a list, which is its address. */
export function useListState<Row>(definition: ListDefinition<Row>, prefix?: string): ListControls {
  const [search, setSearch] = useSearchParams();
  const parameters = useMemo(
    () => ({ filters: allParameters(definition), ...(prefix !== undefined && { prefix }) }),
    [definition, prefix],
  );
  const state = useMemo(() => readListState(search, parameters), [search, parameters]);
  const write = useCallback(
    (change: (before: ListState) => ListState, replace: boolean) => {
      setSearch((before) => writeListState(before, change(readListState(before, parameters)), parameters), { replace });
    },
    [setSearch, parameters],
  );
  return {
    state,
    set: (changes) => write((before) => ({ ...before, ...firstPage, ...changes }), false),
    filter: (changes, typing = false) =>
      write((before) => {
        const values = { ...before.filters, ...changes };
        return withFilters(before, { ...changes, ...withoutCurrency(definition.filters, values) });
      }, typing),
    show: (query) => write(() => readListState(new URLSearchParams(query), { filters: parameters.filters }), false),
  };
}
