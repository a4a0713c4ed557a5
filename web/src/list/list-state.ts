import { dayMs, hourMs } from '../ui/durations';

/**
 * What a list shows is what its address says. The parameters have the API's own names, so that an address, a saved
 * view, a request and a CSV file of one list are one and the same text.
 */
export interface ListState {
  /** every filter that is set, the search box among them, by the API's parameter */
  readonly filters: Readonly<Record<string, string>>;
  /** as the API takes it, `-available,name`; null: the list's own order */
  readonly sort: string | null;
  readonly cursor: string | null;
  /** number of the page that was jumped to; null: the first, or the one of the cursor */
  readonly page: number | null;
  /** rows on a page; null: the list's own */
  readonly limit: number | null;
  /** the shown columns in order; null: as chosen before, else the list's own */
  readonly columns: readonly string[] | null;
}

/** Which parameters of the address belong to a list. */
export interface ListParameters {
  readonly filters: readonly string[];
  /** set in front of every parameter where two lists share an address */
  readonly prefix?: string;
}

export const pageSizes = [20, 50, 100, 200] as const;
const own = ['sort', 'cursor', 'page', 'limit', 'columns'] as const;
/** The first page, which every other choice goes back to. */
export const firstPage = { cursor: null, page: null } as const;

export function readListState(search: URLSearchParams, parameters: ListParameters): ListState {
  const read = (name: string): string | null => search.get(`${parameters.prefix ?? ''}${name}`) || null;
  const filters: Record<string, string> = {};
  for (const name of parameters.filters) {
    const value = read(name);
    if (value !== null) filters[name] = value;
  }
  const limit = Number(read('limit'));
  const page = Number(read('page'));
  return {
    filters,
    sort: read('sort'),
    cursor: read('cursor'),
    page: Number.isSafeInteger(page) && page > 0 ? page : null,
    limit: pageSizes.some((size) => size === limit) ? limit : null,
    columns: read('columns')?.split(',') ?? null,
  };
}

/** The address with this state in it; parameters of others (a tab, a range) stay as they are. */
export function writeListState(search: URLSearchParams, state: ListState, parameters: ListParameters): URLSearchParams {
  const written = new URLSearchParams(search);
  const prefix = parameters.prefix ?? '';
  for (const name of [...parameters.filters, ...own]) written.delete(`${prefix}${name}`);
  for (const [name, value] of stateEntries(state)) written.set(`${prefix}${name}`, value);
  return written;
}

function stateEntries(state: ListState): [string, string][] {
  const entries: [string, string | null][] = [
    ...Object.entries(state.filters),
    ['sort', state.sort],
    ['limit', state.limit === null ? null : String(state.limit)],
    ['columns', state.columns?.join(',') ?? null],
    ['cursor', state.cursor],
    ['page', state.page === null ? null : String(state.page)],
  ];
  return entries.filter((entry): entry is [string, string] => entry[1] !== null && entry[1] !== '');
}

/** Sets some filters (an empty text takes one away) and goes back to the first page. */
export function withFilters(state: ListState, changes: Readonly<Record<string, string>>): ListState {
  const merged = Object.entries({ ...state.filters, ...changes }).filter(([, value]) => value !== '');
  return { ...state, filters: Object.fromEntries(merged), ...firstPage };
}

/** The text of a saved view: all but the current page. */
export function viewQuery(state: ListState): string {
  return new URLSearchParams(stateEntries({ ...state, ...firstPage })).toString();
}

export type SortDirection = 'ascending' | 'descending';

/** How a column takes part in the order, by the first name in it. */
export function directionOf(sort: string, name: string): SortDirection | null {
  const [first] = sort.split(',');
  if (first === name) return 'ascending';
  return first === `-${name}` ? 'descending' : null;
}

/** What a click on a header makes of the order: up, down, then the list's own again. */
export function nextSort(sort: string, name: string, byDefault: string): string | null {
  const direction = directionOf(sort, name);
  if (direction === null) return name;
  if (direction === 'ascending') return `-${name}`;
  return directionOf(byDefault, name) === 'descending' ? name : null;
}

const relative = /^([+-])(\d{1,5})([hdw])$/;
const unitMs = { h: hourMs, d: dayMs, w: 7 * dayMs } as const;

/** `-24h`, `+7d`: a time that moves along, so that a saved view of the last day stays one. */
export function isRelativeTime(text: string): boolean {
  return relative.test(text);
}

/** A filter's time as the API takes it. */
export function resolveTime(text: string, now: number): string {
  const match = relative.exec(text);
  if (!match) return text;
  const ms = Number(match[2]) * unitMs[match[3] as keyof typeof unitMs];
  return new Date(match[1] === '-' ? now - ms : now + ms).toISOString();
}
