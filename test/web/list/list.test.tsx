/** @jest-environment ./test/web/support/page-environment.cjs */
import { renderPage, type Page } from '../support/render-page';
import { screen, waitFor, within } from '@testing-library/react';
import { ApiError } from '../../../web/src/api/problems';
import type { ListDefinition, ListPage } from '../../../web/src/list/definition';
import { List } from '../../../web/src/list/List';
import { selectedCount } from '../../../web/src/list/selection';

/** What a user notices of every list, with the keyboard above all. */

interface Row {
  readonly id: string;
  readonly name: string;
}

const names = ['Acme', 'Borealis', 'Cobalt', 'Delta'];
const rows: readonly Row[] = names.map((name, index) => ({ id: String(index + 1), name }));
const load = jest.fn<Promise<ListPage<Row>>, [Readonly<Record<string, unknown>>]>();

const definition: ListDefinition<Row> = {
  kind: 'clients',
  name: 'clients',
  title: 'app.nav.clients',
  load: (query) => load(query),
  idOf: ({ id }) => id,
  nameOf: ({ name }) => name,
  columns: [
    { id: 'name', label: 'common.name', sort: 'name', isName: true, render: ({ name }) => name },
    { id: 'id', label: 'common.actions', render: ({ id }) => id },
  ],
  filters: [],
  sort: 'name',
  search: { parameter: 'q', placeholder: 'list.search.label' },
  exported: false,
};

/** Two rows a page, as the API answers. */
async function answer(query: Readonly<Record<string, unknown>>): Promise<ListPage<Row>> {
  const found = rows.filter(({ name }) => name.toLowerCase().includes(String(query['q'] ?? '').toLowerCase()));
  if (query['sort'] === '-name') found.reverse();
  const from = Number(query['cursor'] ?? 0);
  const hasMore = from + 2 < found.length;
  return {
    data: found.slice(from, from + 2),
    hasMore,
    nextCursor: hasMore ? String(from + 2) : null,
    prevCursor: from > 0 ? String(from - 2) : null,
    total: found.length,
    rowFrom: found.length === 0 ? 0 : from + 1,
    rowTo: Math.min(from + 2, found.length),
  };
}

beforeEach(() => load.mockReset().mockImplementation(answer));

async function showList(): Promise<Page> {
  // With a prefix the list is one of several on its page, and offers no saved views.
  const page = renderPage(
    <List
      definition={definition}
      prefix="c."
      hrefOf={({ id }) => `/clients/${id}`}
      bulk={(selection) => <output>{selectedCount(selection)} picked</output>}
      empty={{ title: 'No clients yet', text: 'Clients appear here.' }}
    />,
  );
  await waitFor(() => expect(screen.queryByRole('status', { name: 'Loading' })).toBeNull());
  return page;
}

/** The names that the table shows, from top to bottom. */
const shown = (): (string | null)[] =>
  within(screen.getByRole('table'))
    .getAllByRole('row')
    .slice(1)
    .map((row) => within(row).getByRole('link').textContent);
const bodyRow = (index: number): HTMLElement => screen.getAllByRole('row')[index + 1] as HTMLElement;

test('shows its rows, how many there are, and the page', async () => {
  await showList();
  expect(shown()).toEqual(['Acme', 'Borealis']);
  expect(screen.getByText(/Rows 1 – 2 of 4/)).toBeVisible();
});

test('goes to the next page and back with the keyboard', async () => {
  const { user } = await showList();
  const next = screen.getByRole('button', { name: 'Next page' });
  const previous = screen.getByRole('button', { name: 'Previous page' });
  expect(previous).toBeDisabled();
  next.focus();
  await user.keyboard('{Enter}');
  await waitFor(() => expect(shown()).toEqual(['Cobalt', 'Delta']));
  expect(next).toBeDisabled();
  previous.focus();
  await user.keyboard('{Enter}');
  await waitFor(() => expect(shown()).toEqual(['Acme', 'Borealis']));
});

test('is sorted by its head, which says how, and begins at the first page again', async () => {
  const { user } = await showList();
  await user.click(screen.getByRole('button', { name: 'Next page' }));
  await waitFor(() => expect(shown()).toEqual(['Cobalt', 'Delta']));
  const head = screen.getByRole('columnheader', { name: 'Name' });
  expect(head).toHaveAttribute('aria-sort', 'ascending');
  within(head).getByRole('button').focus();
  await user.keyboard('{Enter}');
  await waitFor(() => expect(shown()).toEqual(['Delta', 'Cobalt']));
  expect(head).toHaveAttribute('aria-sort', 'descending');
});

test('is searched from the keyboard, and keeps the search in its address', async () => {
  const { user, search } = await showList();
  await user.keyboard('/');
  expect(screen.getByRole('searchbox')).toHaveFocus();
  await user.keyboard('delta');
  await waitFor(() => expect(shown()).toEqual(['Delta']));
  expect([...search().values()]).toContain('delta');
});

test('rows are walked and selected with the keyboard', async () => {
  const { user } = await showList();
  await user.keyboard('j');
  expect(bodyRow(0)).toHaveFocus();
  await user.keyboard('x');
  expect(bodyRow(0)).toHaveAttribute('aria-selected', 'true');
  expect(screen.getByText('1 selected')).toBeInTheDocument();
  await user.keyboard('j');
  expect(bodyRow(1)).toHaveFocus();
  await user.keyboard('{Shift>}X{/Shift}');
  expect(screen.getByText('2 selected')).toBeInTheDocument();
  await user.keyboard('k{Enter}');
  expect(await screen.findByText('another page')).toBeVisible();
});

test('all rows of the page are selected by the box in the head, and by none a second time', async () => {
  const { user } = await showList();
  const all = screen.getByRole('checkbox', { name: 'Select all rows on this page' });
  await user.click(all);
  expect(screen.getByText('2 selected')).toBeInTheDocument();
  await user.click(screen.getByRole('checkbox', { name: 'Select Acme' }));
  expect(screen.getByText('1 selected')).toBeInTheDocument();
  expect(all).toBePartiallyChecked();
});

test('says that nothing exists yet, and other words where only the search finds nothing', async () => {
  load.mockImplementation(async () => ({ ...(await answer({ q: 'no such name' })) }));
  const { user } = await showList();
  expect(await screen.findByText('No clients yet')).toBeVisible();
  load.mockImplementation(answer);
  await user.type(screen.getByRole('searchbox'), 'zzz');
  await user.click(await screen.findByRole('button', { name: 'Clear filters' }));
  await waitFor(() => expect(shown()).toEqual(['Acme', 'Borealis']));
});

test('says why it could not be read, and reads again when asked to', async () => {
  load.mockRejectedValueOnce(
    new ApiError(503, {
      code: 'database_unavailable',
      title: 'The database cannot be reached',
      requestId: 'request-9',
    }),
  );
  const { user } = await showList();
  const alert = await screen.findByRole('alert');
  expect(alert).toHaveTextContent('request-9');
  await user.click(within(alert).getByRole('button', { name: /again|retry/i }));
  await waitFor(() => expect(shown()).toEqual(['Acme', 'Borealis']));
  expect(screen.queryByRole('alert')).toBeNull();
});

describe.each([
  { screenIs: 'wide', isNarrow: false, role: 'row' },
  { screenIs: 'narrow', isNarrow: true, role: 'listitem' },
] as const)('rows without a page, on a $screenIs screen', ({ isNarrow, role }) => {
  const { matchMedia } = window;
  beforeEach(() => {
    window.matchMedia = (media) => ({ ...matchMedia(media), matches: isNarrow && media.includes('max-width') });
  });
  afterEach(() => {
    window.matchMedia = matchMedia;
  });

  test('open by a click or a tap anywhere on them', async () => {
    const opened: string[] = [];
    const { user } = renderPage(
      <List
        definition={definition}
        prefix="c."
        onOpen={({ name }) => opened.push(name)}
        empty={{ title: 'No clients yet', text: 'Clients appear here.' }}
      />,
    );
    const name = await screen.findByText('Borealis');
    expect(name.closest(role === 'row' ? 'tr' : 'li')).not.toBeNull();
    await user.click(name);
    expect(opened).toEqual(['Borealis']);
  });
});
