import type { ListQuery } from '../api/lists';
import type { Delimiter } from './csv-delimiter';
import type { ListColumn, ListDefinition, ListFilter } from './definition';
import { resolveTime, type ListState } from './list-state';

const defaultLimit = 20;

export type Filters = Readonly<Record<string, string>>;

export const sortOf = <Row>(definition: ListDefinition<Row>, state: ListState): string => state.sort ?? definition.sort;

/** The list with what its shown columns need besides the rows. */
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
    ...askedInitially(definition),
    ...state.filters,
    ...fixed,
    sort: sortOf(definition, state),
    limit: String(limitOf(state)),
    include: ['total', definition.include].filter(Boolean).join(','),
    ...(state.cursor !== null && { cursor: state.cursor }),
    ...(state.cursor === null && state.page !== null && { page: String(state.page) }),
  };
}

function askedInitially<Row>({ filters }: ListDefinition<Row>): Filters {
  const asked = filters.flatMap((filter) =>
    filter.kind === 'choice' && filter.initial?.isAsked ? [[filter.parameter, filter.initial.value] as const] : [],
  );
  return Object.fromEntries(asked);
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

/** What the list can be downloaded as. */
export type FileFormat = { readonly type: 'csv'; readonly delimiter: Delimiter } | { readonly type: 'xlsx' };

/** The address of the file: all rows that match, the shown columns in their order. */
export function exportHref<Row>(
  definition: ListDefinition<Row>,
  state: ListState,
  fixed: Filters,
  columns: readonly string[],
  now: number,
  format: FileFormat,
): string {
  const exported = columns
    .map((id) => definition.columns.find((column) => column.id === id))
    .filter((column) => column?.exported !== false)
    .flatMap((column) => (column ? [...(column.exportedAs ?? [column.id]), ...(column.exportedWith ?? [])] : []));
  const filters = Object.entries({ ...askedInitially(definition), ...state.filters, ...fixed });
  const taken = filters.filter(([name]) => definition.unexported?.includes(name) !== true);
  const query = new URLSearchParams({
    ...resolved(definition, Object.fromEntries(taken), now),
    sort: sortOf(definition, state),
    columns: [...new Set(exported)].join(','),
    ...(format.type === 'csv' && format.delimiter !== ',' && { delimiter: format.delimiter }),
  });
  return `/v1/exports/${definition.exportName ?? definition.name}.${format.type}?${query.toString()}`;
}

/** The value of a filter's first parameter, defaults included; null where the filter is not set. */
export function filterValue(filter: ListFilter, filters: Filters): string | null {
  switch (filter.kind) {
    case 'money':
    case 'time':
    case 'percentRange':
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
    case 'percentRange':
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

/** The filters as they are before the user changes them. */
export function cleared<Row>(definition: ListDefinition<Row>, filters: Filters): Filters {
  const search = definition.search ? { [definition.search.parameter]: '' } : {};
  const set = definition.filters.filter((filter) => filterValue(filter, filters) !== null);
  return Object.assign(search, ...set.map(withoutFilter)) as Filters;
}

/** Whether the user has narrowed the list: nothing found then means "nothing matches", else "nothing yet". */
export function isNarrowed<Row>(definition: ListDefinition<Row>, filters: Filters): boolean {
  const search = definition.search && filters[definition.search.parameter];
  return Boolean(search) || definition.filters.some((filter) => isSetByUser(filter, filters));
}

function isSetByUser(filter: ListFilter, filters: Filters): boolean {
  const isUsual = filter.kind === 'choice' && filter.initial?.isUsual === true;
  return filterValue(filter, filters) !== null && !(isUsual && filters[filter.parameter] === undefined);
}

/** The values of a parameter that hold, those that hold without a word of the user included. */
export function chosenValues(filters: Filters, parameter: string, known: readonly ListFilter[]): readonly string[] {
  const filter = known.find((one) => one.kind === 'choice' && one.parameter === parameter);
  const value = filter ? filterValue(filter, filters) : filters[parameter];
  return (value ?? '').split(',').filter((part) => part !== '');
}

/** Takes one value of a choice in or out, as a facet does. Without any, the filter is gone. */
export function toggled(
  filters: Filters,
  facet: { readonly parameter: string; readonly isSingle?: boolean },
  value: string,
  known: readonly ListFilter[] = [],
): Filters {
  const { parameter, isSingle = false } = facet;
  const values = chosenValues(filters, parameter, known);
  const kept = isSingle ? [] : values.filter((part) => part !== value);
  const next = values.includes(value) ? kept : [...kept, value];
  if (next.length > 0) return { [parameter]: next.join(',') };
  const filter = known.find((one) => one.kind === 'choice' && one.parameter === parameter);
  return filter ? withoutFilter(filter) : { [parameter]: '' };
}
