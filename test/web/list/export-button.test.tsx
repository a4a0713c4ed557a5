/** @jest-environment ./test/web/support/page-environment.cjs */
import { renderPage, type Page } from '../support/render-page';
import { screen } from '@testing-library/react';
import type { ReactElement } from 'react';
import type { ListDefinition } from '../../../web/src/list/definition';
import { ExportButton } from '../../../web/src/list/ExportButton';
import { useColumns } from '../../../web/src/list/table/use-columns';
import { useListState } from '../../../web/src/list/use-list-state';

interface Row {
  readonly id: string;
}

const definition: ListDefinition<Row> = {
  kind: 'clients',
  name: 'clients',
  title: 'app.nav.clients',
  load: () => Promise.reject(new Error('an export asks for no page of the list')),
  idOf: ({ id }) => id,
  nameOf: ({ id }) => id,
  columns: [
    { id: 'name', label: 'common.name', isName: true, render: ({ id }) => id },
    { id: 'actions', label: 'common.actions', exported: false, render: () => null },
  ],
  filters: [],
  sort: 'name',
};

function Shown(): ReactElement {
  const controls = useListState(definition);
  const columns = useColumns(definition, controls);
  return <ExportButton definition={definition} controls={controls} columns={columns} fixed={{ resellerId: '7' }} />;
}

const showButton = (): Page => renderPage(<Shown />);
/** What the link asks the API for. */
function asked(): URL {
  return new URL(screen.getByRole('link').getAttribute('href') ?? '', 'https://page.example');
}

beforeEach(() => localStorage.clear());

test('is a link to the CSV of the shown list: its filters, its order, and the columns that a file can have', () => {
  showButton();
  expect(asked().pathname).toBe('/v1/exports/clients.csv');
  expect(Object.fromEntries(asked().searchParams)).toMatchObject({ resellerId: '7', sort: 'name', columns: 'name' });
  expect(screen.getByRole('link')).toHaveAttribute('download');
});

test('the menu sets the delimiter, and the browser keeps it for other lists', async () => {
  const { user } = showButton();
  await user.click(screen.getByRole('button', { name: 'More download options' }));
  expect(await screen.findByRole('menuitemradio', { checked: true })).toHaveTextContent(/comma/i);
  await user.click(screen.getByRole('menuitemradio', { checked: false }));
  expect(asked().searchParams.get('delimiter')).toBe(';');
  expect(localStorage.getItem('lowwater.csv-delimiter')).toBe(';');
});

test('the menu has the same list as XLSX, which takes no delimiter', async () => {
  localStorage.setItem('lowwater.csv-delimiter', ';');
  const { user } = showButton();
  await user.click(screen.getByRole('button', { name: 'More download options' }));
  const link = await screen.findByRole('menuitem', { name: 'Download XLSX' });
  const href = new URL(link.getAttribute('href') ?? '', 'https://page.example');
  expect(href.pathname).toBe('/v1/exports/clients.xlsx');
  expect(Object.fromEntries(href.searchParams)).toEqual({ resellerId: '7', sort: 'name', columns: 'name' });
  expect(link).toHaveAttribute('download');
});
