import type { ListDefinition, ListPage } from '../../../web/src/list/definition';
import { freezeRows } from '../../../web/src/list/frozen-rows';
import {
  nextSort,
  readListState,
  resolveTime,
  viewQuery,
  withFilters,
  writeListState,
} from '../../../web/src/list/list-state';
import {
  chosenValues,
  cleared,
  exportHref,
  filterValue,
  isNarrowed,
  requestOf,
  toggled,
} from '../../../web/src/list/request';
import { pageAsked, pageNumbers } from '../../../web/src/list/table/pages';
import { isSelected, nothingSelected, rangeOf, select, selectedCount } from '../../../web/src/list/selection';

interface Row {
  readonly id: string;
  readonly name: string;
}

const status = {
  kind: 'choice',
  label: 'common.status',
  parameter: 'status',
  options: () => [{ value: 'active', label: 'Active' }],
  initial: { value: 'active', cleared: 'all' },
} as const;
const definition: ListDefinition<Row> = {
  kind: 'clients',
  name: 'clients',
  title: 'common.name',
  load: async (): Promise<ListPage<Row>> => ({ data: [], hasMore: false, nextCursor: null, prevCursor: null }),
  idOf: (row) => row.id,
  nameOf: (row) => row.name,
  sort: '-available',
  search: { parameter: 'q', placeholder: 'common.search' },
  columns: [
    { id: 'id', label: 'common.none', render: (row) => row.id },
    { id: 'name', label: 'common.name', render: (row) => row.name, isName: true },
    { id: 'bar', label: 'common.open', render: () => null, exported: false },
    { id: 'live', label: 'common.open', render: () => null, exportedWith: ['currency'] },
    { id: 'fixed', label: 'common.open', render: () => null, exportedWith: ['currency'] },
  ],
  filters: [
    status,
    { kind: 'money', label: 'common.all', from: 'availableFrom', to: 'availableTo', currency: 'currency' },
    { kind: 'time', label: 'common.never', from: 'lastNoticeAfter', to: 'lastNoticeBefore' },
  ],
};
const parameters = {
  filters: ['q', 'status', 'availableFrom', 'availableTo', 'currency', 'lastNoticeAfter', 'lastNoticeBefore'],
};
const stateOf = (query: string) => readListState(new URLSearchParams(query), parameters);

describe('the address of a list', () => {
  it('is read and written back as it was, and leaves what belongs to others', () => {
    const query = 'tab=mails&q=acme&status=active,stop&sort=-available&limit=50&columns=id,name&page=3&cursor=abc';
    const search = new URLSearchParams(query);
    const written = writeListState(search, readListState(search, parameters), parameters);
    expect(Object.fromEntries(written)).toEqual(Object.fromEntries(search));
  });

  it('takes no page size that is not offered', () => {
    expect(stateOf('limit=7').limit).toBeNull();
    expect(stateOf('limit=25').limit).toBeNull();
    expect(stateOf('limit=20').limit).toBe(20);
    expect(stateOf('limit=100').limit).toBe(100);
  });

  it('keeps two lists apart by a prefix', () => {
    const mails = { filters: ['status'], prefix: 'mails.' };
    const search = new URLSearchParams('status=active&mails.status=failed');
    expect(readListState(search, mails).filters).toEqual({ status: 'failed' });
    const written = writeListState(search, withFilters(readListState(search, mails), { status: '' }), mails);
    expect(written.toString()).toBe('status=active');
  });

  it('goes back to the first page when a filter changes', () => {
    const first = { cursor: null, page: null, filters: { q: 'ab' } };
    expect(withFilters(stateOf('cursor=abc&q=a'), { q: 'ab' })).toMatchObject(first);
    expect(withFilters(stateOf('page=7&q=a'), { q: 'ab' })).toMatchObject(first);
  });

  it('takes no page number that is none', () => {
    expect(stateOf('page=3').page).toBe(3);
    expect(['page=0', 'page=-1', 'page=1.5', 'page=two', 'page='].map((query) => stateOf(query).page)).toEqual(
      Array(5).fill(null),
    );
  });

  it('is a saved view without the page', () => {
    expect(viewQuery(stateOf('q=a&cursor=abc&page=4&sort=name'))).toBe('q=a&sort=name');
  });

  it('sorts up, down, then as the list does by itself', () => {
    expect(nextSort('-available', 'name', '-available')).toBe('name');
    expect(nextSort('name', 'name', '-available')).toBe('-name');
    expect(nextSort('-name', 'name', '-available')).toBeNull();
    expect(nextSort('-available', 'available', '-available')).toBe('available');
  });

  it('resolves a time that moves along', () => {
    const now = Date.parse('2026-11-25T12:00:00Z');
    expect(resolveTime('-24h', now)).toBe('2026-11-24T12:00:00.000Z');
    expect(resolveTime('+2w', now)).toBe('2026-12-09T12:00:00.000Z');
    expect(resolveTime('2026-01-01T00:00:00Z', now)).toBe('2026-01-01T00:00:00Z');
  });
});

describe('the request of a list', () => {
  it('is the address with what the list has by itself', () => {
    expect(requestOf(definition, stateOf('q=acme'), { resellerId: '3' })).toEqual({
      q: 'acme',
      resellerId: '3',
      sort: '-available',
      limit: '20',
      include: 'total',
    });
  });

  it('is the page that was jumped to, until a cursor leads on', () => {
    expect(requestOf(definition, stateOf('page=3'), {})).toMatchObject({ page: '3' });
    expect(requestOf(definition, stateOf('page=3&cursor=abc'), {})).not.toHaveProperty('page');
  });

  const comma = { type: 'csv', delimiter: ',' } as const;

  it('is a CSV of the shown columns without the page', () => {
    const href = exportHref(definition, stateOf('q=a b&cursor=x&page=2&limit=50'), {}, ['name', 'bar', 'id'], 0, comma);
    expect(href).toBe('/v1/exports/clients.csv?q=a+b&sort=-available&columns=name%2Cid');
  });

  it('is the CSV of another list where a page narrows that one', () => {
    const narrowed = { ...definition, name: 'client-clients', exportName: 'clients' };
    const href = exportHref(narrowed, stateOf(''), { resellerId: '7' }, ['name'], 0, comma);
    expect(href).toMatch(/^\/v1\/exports\/clients\.csv\?resellerId=7&/);
  });

  it('gives amounts the currency that the cells have', () => {
    const href = exportHref(definition, stateOf(''), {}, ['name', 'live', 'fixed'], 0, comma);
    expect(new URL(href, 'http://x').searchParams.get('columns')).toBe('name,live,currency,fixed');
  });

  it('is a CSV with the delimiter of the user', () => {
    const href = exportHref(definition, stateOf(''), {}, ['name'], 0, { type: 'csv', delimiter: ';' });
    expect(new URL(href, 'http://x').searchParams.get('delimiter')).toBe(';');
  });

  it('shows a filter that holds by itself until it is taken away', () => {
    expect(filterValue(status, {})).toBe('active');
    expect(filterValue(status, { status: 'all' })).toBeNull();
    expect(cleared(definition, { q: 'a', availableTo: '0.00' })).toEqual({
      q: '',
      status: 'all',
      availableFrom: '',
      availableTo: '',
      currency: '',
    });
    expect(isNarrowed(definition, { status: 'all' })).toBe(false);
    expect(isNarrowed(definition, { status: 'all', q: 'a' })).toBe(true);
  });

  it('takes one value of a facet in and out', () => {
    const state = { parameter: 'state' };
    expect(toggled({ state: 'low' }, state, 'critical')).toEqual({ state: 'low,critical' });
    expect(toggled({ state: 'low,critical' }, state, 'low')).toEqual({ state: 'critical' });
    expect(toggled({ state: 'low' }, state, 'low')).toEqual({ state: '' });
  });

  it('shows a facet as chosen that holds without a word of the user, and takes it away as its chip does', () => {
    const known = [{ ...status, multiple: true }];
    const facet = { parameter: 'status' };
    expect(chosenValues({}, 'status', known)).toEqual(['active']);
    expect(chosenValues({ status: 'all' }, 'status', known)).toEqual([]);
    expect(toggled({}, facet, 'stop', known)).toEqual({ status: 'active,stop' });
    expect(toggled({}, facet, 'active', known)).toEqual({ status: 'all' });
    expect(toggled({}, { ...facet, isSingle: true }, 'stop', known)).toEqual({ status: 'stop' });
  });

  it('does not call a list narrowed that shows what all users want to see', () => {
    const usual = { ...status, initial: { value: 'active', cleared: 'all', isUsual: true } };
    const list = { ...definition, filters: [usual] };
    expect(isNarrowed(list, {})).toBe(false);
    expect(isNarrowed(list, { status: 'stop' })).toBe(true);
    expect(isNarrowed({ ...definition, filters: [status] }, {})).toBe(true);
  });
});

describe('the pages of a list', () => {
  const page = (rowFrom: number, total: number): ListPage<Row> => ({
    data: total === 0 ? [] : [{ id: '1', name: 'one' }],
    hasMore: false,
    nextCursor: null,
    prevCursor: null,
    rowFrom,
    total,
  });

  it('are numbered by their rows, and reached by a jump within the first 10,000', () => {
    expect(pageNumbers(page(41, 120), 20)).toEqual({ page: 3, pages: 6, last: 6 });
    expect(pageNumbers(page(1, 100_000), 20)).toEqual({ page: 1, pages: 5000, last: 500 });
    expect(pageNumbers(page(0, 0), 20)).toBeNull();
  });

  it('take a number that somebody types, and nothing else', () => {
    expect(['1', ' 6 ', '006'].map((text) => pageAsked(text, 6))).toEqual([1, 6, 6]);
    expect(['0', '7', '-1', '1.5', 'two', ''].map((text) => pageAsked(text, 6))).toEqual(Array(6).fill(null));
  });
});

const row = (id: string, name = id): Row => ({ id, name });
const idOf = (of: Row): string => of.id;

describe('rows that stay in their places', () => {
  it('change where they are, and new ones wait', () => {
    const held = freezeRows([row('1'), row('2')], [row('3'), row('2', 'renamed')], idOf);
    expect(held).toEqual({ rows: [row('1'), row('2', 'renamed')], waiting: 1 });
  });

  it('go when they are gone and nothing has come', () => {
    expect(freezeRows([row('1'), row('2')], [row('2')], idOf)).toEqual({ rows: [row('2')], waiting: 0 });
  });

  it('are the fresh ones where none were shown', () => {
    expect(freezeRows([], [row('1')], idOf)).toEqual({ rows: [row('1')], waiting: 0 });
    expect(freezeRows(null, [row('1')], idOf)).toEqual({ rows: [row('1')], waiting: 0 });
  });
});

describe('a selection', () => {
  const page = ['1', '2', '3', '4'].map((id) => row(id));

  it('takes rows in and out, and ranges either way', () => {
    const some = select(nothingSelected<Row>(), rangeOf(page, 2, 0), true, page, idOf);
    expect(selectedCount(some)).toBe(3);
    expect(isSelected(select(some, [row('2')], false, page, idOf), '2')).toBe(false);
  });

  it('becomes the other rows of the page when one is taken out of all', () => {
    const all = { kind: 'all', filters: {}, total: 120 } as const;
    expect(selectedCount(all)).toBe(120);
    const rest = select<Row>(all, [row('2')], false, page, idOf);
    expect(rest.kind === 'rows' && [...rest.rows.keys()]).toEqual(['1', '3', '4']);
  });
});
