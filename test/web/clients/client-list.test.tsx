/** @jest-environment ./test/web/support/page-environment.cjs */
import { renderPage, type Page } from '../support/render-page';
import { screen, waitFor, within } from '@testing-library/react';
import type { ListPage } from '../../../web/src/list/definition';
import { List } from '../../../web/src/list/List';
import { clientsList, type ClientRow } from '../../../web/src/pages/clients/clients-list';
import { RowActions, rowOperations } from '../../../web/src/pages/clients/RowActions';
import { clientOf } from './client-data';

/** How the list of clients shows rules, which columns it has by default, and which actions it offers to which user. */

const acme: ClientRow = clientOf({
  name: 'Acme Telecom',
  status: 'active',
  state: 'exhausted',
  currency: 'USD',
  balanceModel: 'prepaid',
  balance: { available: { amount: '32.00', currency: 'USD' }, live: null, fixed: null, lastKnown: null },
  profileName: 'a profile with a rather long name',
  tags: ['wholesale', 'vip', 'night rate'],
  warningThresholds: [],
  lowRule: {
    ...{ rule: 'client', source: 'profile', audience: 'client', name: null, reason: 'max_reached' },
    threshold: { comparison: 'below', value: '50.00', percent: null, currency: 'USD' },
  },
  ruleReasons: [
    { rule: 'user', reason: 'silenced' },
    { rule: 'client', reason: 'max_reached' },
  ],
});

const load = jest.fn<Promise<ListPage<ClientRow>>, [Readonly<Record<string, unknown>>]>();
beforeEach(() => {
  const facets = {
    ruleReason: [
      { word: 'max_reached', count: 3 },
      { word: 'above_threshold', count: 9 },
    ],
  };
  const page = { data: [acme], hasMore: false, nextCursor: null, prevCursor: null, total: 1, facets };
  load.mockReset().mockResolvedValue(page);
});

async function showList(permissions: readonly string[] = [], width = 1440): Promise<Page> {
  window.innerWidth = width;
  const can = (operation: string): boolean => permissions.includes(operation);
  const page = renderPage(
    <List
      definition={{ ...clientsList, load }}
      prefix="c."
      empty={{ title: 'No clients yet' }}
      rowActions={rowOperations.some(can) ? (client) => <RowActions client={client} /> : null}
    />,
    { permissions },
  );
  await screen.findByText('Acme Telecom');
  return page;
}

const heads = (): (string | null)[] => screen.getAllByRole('columnheader').map((head) => head.textContent);

test('a low rule is named with its threshold and its reason, and the other rules next to it', async () => {
  await showList();
  const cell = screen.getByText('Client 50.00').closest('td');
  expect(cell).toHaveTextContent('Client 50.00Max qty reached+1');
  expect(screen.getByRole('img', { name: 'User notification: Silenced' })).toBeInTheDocument();
});

test.each([
  [1280, ['Name', 'Available', 'State', 'Low rule', 'Headroom', 'Next check']],
  // The balances are below one heading.
  [1440, ['ID', 'Name', 'Balance', 'State', 'Low rule', 'Headroom', 'Next check', 'Available', 'Live']],
])('without a choice the columns have room in a window of %d px', async (width, wanted) => {
  await showList([], width);
  expect(heads()).toEqual(wanted);
});

test('a wide window shows the balances of the manual and the tags, as many as have room', async () => {
  await showList([], 1920);
  expect(heads()).toEqual(expect.arrayContaining(['ID', 'Live', 'Fixed', 'Tags']));
  expect(screen.getByRole('img', { name: 'wholesale, vip, night rate' })).toHaveTextContent('wholesalevip+1');
});

test('why clients were not notified is counted, and a press filters by it', async () => {
  const { user, search } = await showList();
  const reasons = screen.getByRole('group', { name: 'Not notified' });
  expect(within(reasons).getAllByRole('checkbox')).toHaveLength(1);
  await user.click(within(reasons).getByRole('checkbox', { name: 'Max qty reached 3' }));
  await waitFor(() =>
    expect(load).toHaveBeenLastCalledWith(expect.objectContaining({ ruleReason: 'max_reached' }), expect.anything()),
  );
  expect([...search().values()]).toContain('max_reached');
});

test('a row offers what the user may do, and nothing else', async () => {
  const { user } = await showList(['postClientPayment', 'silenceMonitor']);
  await user.click(screen.getByRole('button', { name: 'Actions for Acme Telecom' }));
  const items = await screen.findAllByRole('menuitem');
  expect(items.map((item) => item.textContent)).toEqual(['Record payment', 'Silence notifications']);
});

test('a viewer has no actions in the rows, and no column for them', async () => {
  await showList(['listClients', 'getClient']);
  expect(screen.queryByRole('button', { name: /Actions for/ })).toBeNull();
  expect(heads()).not.toContain('Actions');
});

async function itemsOf(client: Partial<ClientRow>, permissions: readonly string[]): Promise<(string | null)[]> {
  const { user } = renderPage(<RowActions client={{ ...acme, ...client }} />, { permissions: [...permissions] });
  await user.click(screen.getByRole('button', { name: 'Actions for Acme Telecom' }));
  return (await screen.findAllByRole('menuitem')).map((item) => item.textContent);
}

test('a row leads to what the client has, and to its deletion', async () => {
  expect(
    await itemsOf({}, ['listActivity', 'readBalanceReport', 'listNotifications', 'listAudit', 'deleteClient']),
  ).toEqual(['Ledger', 'Balance report', 'Notifications', 'Audit log', 'Delete']);
});

test('a deleted client can be restored, and removed by who may', async () => {
  const operator = ['postClientPayment', 'deleteClient', 'restoreClient'];
  expect(await itemsOf({ status: 'deleted' }, operator)).toEqual(['Restore client']);
});

test('an administrator removes a deleted client', async () => {
  const admin = ['restoreClient', 'fullDeleteClient'];
  expect(await itemsOf({ status: 'deleted' }, admin)).toEqual(['Restore client', 'Full Delete']);
});
