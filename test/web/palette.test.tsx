/** @jest-environment ./test/web/support/page-environment.cjs */
import { renderPage, type Page } from './support/render-page';
import { IconCash } from '@tabler/icons-react';
import { QueryClientProvider } from '@tanstack/react-query';
import { act, screen, waitFor, within } from '@testing-library/react';
import { QueryClient } from '@tanstack/react-query';
import { keys } from '../../web/src/api/keys';
import { Palette } from '../../web/src/app/palette/Palette';
import { palette } from '../../web/src/app/palette/palette-store';
import { commandIn } from '../../web/src/app/palette/palette-entries';
import { useCommands } from '../../web/src/ui/page/commands';

/** The palette: what it offers, and that the keyboard alone reaches it. */

let asked: string[];
let recorded: jest.Mock;

const acme = {
  id: '7',
  name: 'Acme Telecom',
  billingEmail: 'pay@acme.example',
  externalId: 'CRM-7',
  status: 'active',
  state: 'low',
  available: { amount: '32.00', currency: 'USD' },
};
const free = {
  ...acme,
  id: '8',
  name: 'Acme Free',
  state: 'unlimited',
  available: { unlimited: true, currency: 'USD' },
};

beforeEach(() => {
  asked = [];
  recorded = jest.fn();
  globalThis.fetch = async (input) => {
    const { url, method } = input as Request;
    asked.push(`${method} ${new URL(url).pathname}${new URL(url).search}`);
    if (method === 'DELETE') return new Response(null, { status: 204 });
    const words = new URL(url).searchParams.get('q') ?? '';
    const clients = [acme, free].filter(({ id, name }) => `${id} ${name}`.toLowerCase().includes(words.toLowerCase()));
    return Response.json({ clients, profiles: [], payments: [], notifications: [], serverTime: '' });
  };
});
afterEach(() => act(() => palette.close()));

const permissions = ['listClients', 'postClientPayment', 'grantTemporaryCredit', 'silenceMonitor', 'createClient'];

function OpenClient() {
  useCommands('Customer B', [{ id: 'payment', label: 'Record payment for Customer B', icon: IconCash, run: recorded }]);
  return <h1>Customer B</h1>;
}

async function open(can: readonly string[] = permissions, withClient = false): Promise<Page> {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } });
  queries.setQueryData(keys.session, {
    csrfToken: 'x',
    user: { id: '1', name: 'Anna', role: 'operator', permissions: can },
  });
  const page = renderPage(
    <QueryClientProvider client={queries}>
      {withClient && <OpenClient />}
      <Palette onHelp={() => undefined} />
    </QueryClientProvider>,
  );
  act(() => palette.open());
  await screen.findByRole('combobox');
  return page;
}

const options = (): string[] => screen.queryAllByRole('option').map((option) => option.textContent ?? '');
const chosen = (): string => screen.getByRole('option', { selected: true }).textContent ?? '';

test('what can be done with what is open comes first, and Enter does it', async () => {
  const { user } = await open(permissions, true);
  await waitFor(() => expect(options()[0]).toContain('Record payment for Customer B'));
  await user.keyboard('record pay');
  await waitFor(() => expect(chosen()).toContain('Record payment for Customer B'));
  await user.keyboard('{Enter}');
  expect(recorded).toHaveBeenCalledTimes(1);
});

test('without an open client, nothing is offered for one', async () => {
  await open();
  expect(options().join()).not.toContain('Customer B');
});

test('clients that are found show their state and what is available', async () => {
  const { user } = await open();
  await user.keyboard('acme');
  const found = await screen.findByRole('option', { name: /Acme Telecom/ });
  expect(found).toHaveTextContent('7 · CRM-7 · pay@acme.example');
  expect(found).toHaveTextContent(/32\.00\sUSD/);
  expect(within(found).getByText('Low')).toBeInTheDocument();
  expect(await screen.findByRole('option', { name: /Acme Free/ })).toHaveTextContent('Unlimited');
});

test('a command and a client in one line lead to the form on the client’s page', async () => {
  const { user, path } = await open();
  await user.keyboard('grant acme');
  const row = await screen.findByRole('option', { name: /Grant credit to Acme Telecom/ });
  expect(asked.at(-1)).toBe('GET /v1/search?q=acme');
  // A client without a limit takes no credit.
  expect(screen.queryByRole('option', { name: /Grant credit to Acme Free/ })).toBeNull();
  await waitFor(() => expect(row).toHaveAttribute('aria-selected', 'true'));
  await user.keyboard('{Enter}');
  await waitFor(() => expect(path()).toBe('/clients/7'));
});

test('a command that is chosen asks for its client', async () => {
  const { user } = await open();
  await user.keyboard('silence{Enter}');
  const field = screen.getByRole('combobox');
  await waitFor(() => expect(field).toHaveValue('Silence '));
  await user.keyboard('acme');
  expect(await screen.findByRole('option', { name: /Silence Acme Telecom/ })).toBeInTheDocument();
});

test('who may not do something is not offered it', async () => {
  const { user } = await open(['listClients']);
  await user.keyboard('grant acme');
  await screen.findByText('No results for “grant acme”').catch(() => undefined);
  expect(screen.queryByRole('option', { name: /Grant credit/ })).toBeNull();
});

test('it knows theme, language, and logging out', async () => {
  const { user, path } = await open();
  for (const [typed, label] of [
    ['dark', 'Theme: Dark'],
    ['lang', 'Language: Українська'],
  ] as const) {
    await user.clear(screen.getByRole('combobox'));
    await user.keyboard(typed);
    expect(await screen.findByRole('option', { name: new RegExp(label) })).toBeInTheDocument();
  }
  await user.clear(screen.getByRole('combobox'));
  await user.keyboard('log out');
  await waitFor(() => expect(chosen()).toContain('Log out'));
  await user.keyboard('{Enter}');
  await waitFor(() => expect(path()).toBe('/login'));
  expect(asked).toContain('DELETE /v1/session');
});

test('a screen reader hears the row that the arrows choose', async () => {
  const { user } = await open();
  const field = screen.getByRole('combobox');
  expect(field).toHaveAttribute('aria-controls', screen.getByRole('listbox').id);
  await user.keyboard('{ArrowDown}');
  const first = field.getAttribute('aria-activedescendant') ?? '';
  await user.keyboard('{ArrowDown}');
  const second = field.getAttribute('aria-activedescendant') ?? '';
  expect(second).not.toBe(first);
  expect(document.getElementById(second)).toHaveAttribute('aria-selected', 'true');
  expect(document.getElementById(second)).toHaveAttribute('role', 'option');
});

describe('a command with its client', () => {
  const labels = { payment: 'Record payment for…', grant: 'Grant credit to…', silence: 'Silence…' };
  it.each([
    ['grant acme', { id: 'grant', rest: 'acme' }],
    ['grant credit to Acme Telecom', { id: 'grant', rest: 'Acme Telecom' }],
    ['rec pay acme', { id: 'payment', rest: 'acme' }],
    ['Silence  7', { id: 'silence', rest: '7' }],
    ['grant', null],
    ['gr acme', null],
    ['acme grant', null],
    ['', null],
  ])('%p', (typed, command) => expect(commandIn(typed, labels)).toEqual(command));
});
