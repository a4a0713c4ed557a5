import type { ListQuery } from '../api/lists';
import type { Delimiter } from './csv-delimiter';
import type { ListColumn, ListDefinition, ListFilter } from './definition';
import { resolveTime, type ListState } from './list-state';

const defaultLimit = 20;

export type Filters = Readonly<Record<string, string>>;

export const sortOf = <Row>(definition: ListDefinition<Row>, state: ListState): string => state.sort ?? definition.sort;

/** The list with what its shown columns need beside the rows. */
export function withIncludes<Row>(
  definition: ListDefinition<Row>,
  shown: readonly ListColumn<Row>[],
): ListDefinition<Row> {
  const includes = [definition.include, ...shown.map((column) => column.include)].filter(Boolean);
  return { ...definition, include: [...new Set(includes)].join(',') };
}

export const limitOf = (state: ListState): number => state.limit ?? defaultLimit;

/** The request for a page as the address says it: times that move along are still to be resolved. */
export function requestOf<Row>(definition: ListDefinition<Row>, state: ListState, fixed: Filters): Filters {
  return {
    ...state.filters,
    ...fixed,
    sort: sortOf(definition, state),
    limit: String(limitOf(state)),
    include: ['total', definition.include].filter(Boolean).join(','),
    ...(state.cursor !== null && { cursor: state.cursor }),
    ...(state.cursor === null && state.page !== null && { page: String(state.page) }),
  };
}

/** The request as it is sent. */
export function resolved<Row>(definition: ListDefinition<Row>, request: Filters, now: number): ListQuery {
  const times = new Set(
    definition.filters.flatMap((filter) => (filter.kind === 'time' ? [filter.from, filter.to] : [])),
  );
  const entries = Object.entries(request).map(([name, value]): [string, string] => [
    name,
    times.has(name) ? resolveTime(value, now) : value,
  ]);
  return Object.fromEntries(entries);
}

/** The address of the CSV: all rows that match, the shown columns in their order. */
export function exportHref<Row>(
  definition: ListDefinition<Row>,
  state: ListState,
  fixed: Filters,
  columns: readonly string[],
  now: number,
  delimiter: Delimiter,
): string {
  const exported = columns
    .map((id) => definition.columns.find((column) => column.id === id))
    .filter((column) => column?.exported !== false)
    .flatMap((column) => (column ? [column.id, ...(column.exportedWith ?? [])] : []));
  const query = new URLSearchParams({
    ...resolved(definition, { ...state.filters, ...fixed }, now),
    sort: sortOf(definition, state),
    columns: [...new Set(exported)].join(','),
    ...(delimiter !== ',' && { delimiter }),
  });
  return `/v1/exports/${definition.name}.csv?${query.toString()}`;
}

/** The value of a filter's first parameter, what holds by itself included; null where the filter is not set. */
export function filterValue(filter: ListFilter, filters: Filters): string | null {
  switch (filter.kind) {
    case 'money':
    case 'time':
      return filters[filter.from] ?? filters[filter.to] ?? null;
    case 'choice': {
      const value = filters[filter.parameter] ?? filter.initial?.value ?? null;
      return value !== null && value === filter.initial?.cleared ? null : value;
    }
    default:
      return filters[filter.parameter] ?? null;
  }
}

/** What takes a filter away. */
export function withoutFilter(filter: ListFilter): Filters {
  switch (filter.kind) {
    case 'money':
      return { [filter.from]: '', [filter.to]: '', ...(!filter.keepsCurrency && { [filter.currency]: '' }) };
    case 'time':
      return { [filter.from]: '', [filter.to]: '' };
    case 'choice':
      return { [filter.parameter]: filter.initial?.cleared ?? '' };
    default:
      return { [filter.parameter]: '' };
  }
}

/** An amount without its currency compares nothing: what goes with a currency that is taken away. */
export function withoutCurrency(filters: readonly ListFilter[], values: Filters): Filters {
  const orphans = filters.filter((filter) => filter.kind === 'money' && !values[filter.currency]);
  return Object.assign({}, ...orphans.map(withoutFilter)) as Filters;
}

/** The filters as they are before anybody touches them. */
export function cleared<Row>(definition: ListDefinition<Row>, filters: Filters): Filters {
  const search = definition.search ? { [definition.search.parameter]: '' } : {};
  const set = definition.filters.filter((filter) => filterValue(filter, filters) !== null);
  return Object.assign(search, ...set.map(withoutFilter)) as Filters;
}

/** Whether the user has narrowed the list: nothing found then means "nothing matches", else "nothing yet". */
export function isNarrowed<Row>(definition: ListDefinition<Row>, filters: Filters): boolean {
  const search = definition.search && filters[definition.search.parameter];
  return Boolean(search) || definition.filters.some((filter) => filterValue(filter, filters) !== null);
}

/** Takes one value of a choice in or out, as a facet does. */
export function toggled(filters: Filters, parameter: string, value: string): Filters {
  const values = (filters[parameter] ?? '').split(',').filter((part) => part !== '');
  const next = values.includes(value) ? values.filter((part) => part !== value) : [...values, value];
  return { [parameter]: next.join(',') };
}
