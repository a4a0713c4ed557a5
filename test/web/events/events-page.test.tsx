/** @jest-environment ./test/web/support/page-environment.cjs */
import { renderPage, type Page } from '../support/render-page';
import { fakeApi, pageOf, type FakeApi } from '../support/fake-api';
import { screen, waitFor, within } from '@testing-library/react';
import type { components } from '../../../web/src/api/schema';
import EventsPage from '../../../web/src/pages/events';

/** What staff does with the events log: by cause, one, and many. */

type Event = components['schemas']['Event'];

const event = (id: string, changes: Partial<Event> = {}): Event => ({
  ...{ id, kind: 'payment.refused', group: 'payment.refused:not_found', severity: 'warning', title: '', detail: '' },
  subject: { type: 'payment', id: `p-${id}` },
  ...{ clientId: null, clientName: null, resellerId: '1', resellerName: 'Company' },
  data: { paymentId: `p-${id}`, amount: '5.00', currency: 'USD', client: 'C-9', source: 'key:1', reason: 'not_found' },
  ...{ status: 'open', times: 1, firstAt: '2026-03-01T10:00:00Z', lastAt: '2026-03-01T10:00:00Z' },
  ...{ emailedAt: null, resolvedAt: null, resolvedBy: null, resolvedByName: null, resolvedReason: null },
  ...changes,
});

const group = (changes: Partial<components['schemas']['EventGroup']> = {}): components['schemas']['EventGroup'] => ({
  ...{
    group: 'payment.refused:not_found',
    kind: 'payment.refused',
    reason: 'not_found',
    severity: 'warning',
    title: '',
  },
  ...{ events: 42, times: 60, clients: 0, clientId: null, clientName: null, subjectId: 'p-1' },
  ...{ firstAt: '2026-03-01T10:00:00Z', lastAt: '2026-03-01T12:00:00Z' },
  ...changes,
});

const rateMissing = group({
  ...{ group: 'rate.missing', kind: 'rate.missing', reason: null, severity: 'critical', events: 1, times: 1 },
  subjectId: 'EUR/USD',
});

const all = ['listEvents', 'listEventGroups', 'readEvent', 'resolveEvent', 'resolveEvents', 'createExchangeRate'];

interface Shown extends Page {
  readonly api: FakeApi;
}

function show(address = '/', events: readonly Event[] = [event('1'), event('2')], permissions = all): Shown {
  const facets = { status: [{ word: 'open', count: 2 }], kind: [], severity: [{ word: 'warning', count: 2 }] };
  const groups = events.length === 0 ? [] : [rateMissing, group()];
  const api = fakeApi(
    {
      'GET /v1/events': () => pageOf(events, { facets }),
      'GET /v1/event-groups': () => ({
        ...{ data: groups, total: 43, serverTime: '2026-03-02T00:00:00Z' },
      }),
      'GET /v1/events/2': () => event('2', { times: 3 }),
      'GET /v1/events/7': () =>
        event('7', { ...{ kind: 'rate.missing', group: 'rate.missing', data: { from: 'EUR', to: 'USD' } } }),
      'GET /v1/views': () => ({ data: [] }),
      'POST /v1/events/resolve': () => ({ resolved: 42, remaining: 0 }),
    },
    permissions,
  );
  return { api, ...renderPage(<EventsPage />, { address }) };
}

const causes = async () => within(await screen.findByRole('region', { name: 'By cause' }));
const bodies = (api: FakeApi): readonly unknown[] => api.asked('POST /v1/events/resolve').map(({ body }) => body);

test('says the causes, the most severe first, and narrows the list to one of them', async () => {
  const { user, api, search } = show();
  const buttons = (await causes()).getAllByRole('button', { pressed: false });
  expect(buttons.map(({ textContent }) => textContent)).toEqual([
    'Critical1 missing exchange rate · EUR/USD',
    'Warning42 payments rejected: unknown client · 60 occurrences',
  ]);
  await user.click(buttons[1] as HTMLElement);
  expect(search().get('group')).toBe('payment.refused:not_found');
  await waitFor(() =>
    expect(api.asked('GET /v1/events').at(-1)?.url.searchParams.get('group')).toBe('payment.refused:not_found'),
  );
  // The causes themselves stay as they were.
  expect(api.asked('GET /v1/event-groups').map(({ url }) => url.searchParams.get('group'))).toEqual([null]);
  await user.click((await causes()).getByRole('button', { pressed: true }));
  expect(search().has('group')).toBe(false);
});

test('resolves a cause in one request: what opened while the dialog was asking is not among it', async () => {
  const { user, api } = show('/?severity=warning');
  const row = (await causes()).getByText(/42 payments rejected/).closest('li');
  await user.click(within(row as HTMLElement).getByRole('button', { name: 'Resolve' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Resolve 42 events?' }));
  expect(dialog.getByText('42 payments rejected: unknown client')).toBeVisible();
  expect(dialog.getByRole('button', { name: 'Resolve 42 events' })).toBeDisabled();
  await user.type(dialog.getByRole('textbox', { name: /Reason/ }), 'tests of the gateway');
  await user.click(dialog.getByRole('button', { name: 'Resolve 42 events' }));
  await waitFor(() => expect(bodies(api)).toHaveLength(1));
  const [{ selection, reason }] = bodies(api) as [{ selection: { query: string }; reason: string }];
  const query = Object.fromEntries(new URLSearchParams(selection.query));
  expect([reason, query]).toEqual([
    'tests of the gateway',
    { severity: 'warning', group: 'payment.refused:not_found', to: expect.stringMatching(/^\d{4}-.*Z$/) },
  ]);
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
});

test('resolves the selected rows', async () => {
  const { user, api } = show();
  await user.click(await screen.findByRole('checkbox', { name: /Select Payment p-2/ }));
  await user.click(
    within(screen.getByRole('region', { name: 'Bulk actions' })).getByRole('button', { name: 'Resolve' }),
  );
  const dialog = within(await screen.findByRole('dialog', { name: 'Resolve 1 event?' }));
  await user.type(dialog.getByRole('textbox', { name: /Reason/ }), 'sent again');
  await user.click(dialog.getByRole('button', { name: 'Resolve 1 event' }));
  await waitFor(() => expect(bodies(api)).toEqual([{ selection: { ids: ['2'] }, reason: 'sent again' }]));
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Bulk actions' })).not.toBeInTheDocument());
});

test('shows one event: what happened, why, what to do, and the way to it', async () => {
  const { user } = show();
  await user.click(await screen.findByRole('link', { name: /Payment p-2 of 5.00/ }));
  const drawer = within(await screen.findByRole('dialog', { name: 'Event' }));
  expect(await drawer.findByRole('heading', { name: /Payment p-2 of 5.00.USD was not recorded/ })).toBeVisible();
  expect(drawer.getByText(/Rejected because of: unknown client/)).toBeVisible();
  expect(drawer.getByText(/create the client “C-9”/)).toBeVisible();
  expect(drawer.getByText(/3 occurrences/)).toBeVisible();
  expect(drawer.queryByText(/resolves this event automatically/)).not.toBeInTheDocument();
});

test('a missing rate leads to the form of that pair, and says that it ends without a person', async () => {
  show('/?event=7');
  const link = await screen.findByRole('link', { name: 'Add rate' });
  expect(link).toHaveAttribute('href', '/rates?new=EUR-USD');
  expect(screen.getByText(/resolves this event automatically/)).toBeVisible();
});

test('who may only read is offered nothing to resolve', async () => {
  show('/', [event('1')], ['listEvents', 'listEventGroups', 'readEvent']);
  await screen.findByRole('link', { name: /Payment p-1/ });
  expect(screen.queryByRole('button', { name: 'Resolve' })).not.toBeInTheDocument();
  expect(screen.queryByRole('checkbox', { name: /Select/ })).not.toBeInTheDocument();
});

test('with nothing open, the page says so; with a filter, that nothing matches', async () => {
  const { user, search } = show('/', []);
  expect(await screen.findByRole('heading', { name: 'No open events' })).toBeVisible();
  expect(screen.queryByRole('region', { name: 'By cause' })).not.toBeInTheDocument();
  await user.type(screen.getByRole('searchbox', { name: 'Search' }), 'x');
  await waitFor(() => expect(search().get('q')).toBe('x'));
  expect(await screen.findByRole('heading', { name: 'No matches' })).toBeVisible();
});
