/** @jest-environment ./test/web/support/page-environment.cjs */
import { renderPage, type Page } from '../support/render-page';
import { fakeApi, pageOf, type FakeApi } from '../support/fake-api';
import { screen, waitFor, within } from '@testing-library/react';
import type { components } from '../../../web/src/api/schema';
import PaymentsPage from '../../../web/src/pages/payments';
import { addressText, parseAddress } from '../../../web/src/pages/payments/queries';

/** Payments of all clients, and the ones that were rejected. */

type Item = components['schemas']['PaymentItem'];

const payment: Item = {
  ...{ id: 'bank/1 7', entryId: '12', clientId: '7', clientName: 'Acme', resellerId: '1', resellerName: 'Company' },
  ...{ amount: '1250.50', currency: 'USD', at: '2026-03-01T10:00:00Z', recordedAt: '2026-03-01T10:00:05Z' },
  ...{ source: 'webhook:bank', sourceName: null, note: null, liveAfter: '1300.50' },
};

const permissions = [
  'listPayments',
  'readPayment',
  'listEvents',
  'listEventGroups',
  'listWebhookSources',
  'listApiKeys',
];

interface Shown extends Page {
  readonly api: FakeApi;
}

function show(address = '/', rejected = 3, rights: readonly string[] = permissions): Shown {
  const unused = { accountId: null, reversed: '0.00', refunded: '0.00', unallocated: '1250.50', allocations: [] };
  const resets = [{ rule: 'client', count: 2, at: '2026-03-01T10:00:10Z' }];
  const detail = { ...payment, balance: { live: '1300.50', available: null }, resets, ...unused };
  const totals = [
    { currency: 'USD', payments: 2, amount: '1300.50' },
    { currency: 'EUR', payments: 1, amount: '7.00' },
  ];
  const api = fakeApi(
    {
      'GET /v1/payments': () => pageOf([payment], { totals }),
      'GET /v1/payments/bank%2F1%207': () => detail,
      'GET /v1/clients/7/balances': () => ({ refundable: '20.00' }),
      'GET /v1/event-groups': ({ url }) => ({ data: [], total: url.searchParams.has('subjectId') ? 1 : rejected }),
      'GET /v1/webhook-sources': () => pageOf([{ id: '4' }]),
      'GET /v1/views': () => ({ data: [] }),
    },
    rights,
  );
  return { api, ...renderPage(<PaymentsPage />, { address }) };
}

const plain = (element: HTMLElement): string => (element.textContent ?? '').replaceAll('\u00a0', ' ');

test('lists payments with what they add up to, each currency alone', async () => {
  show();
  const row = (await screen.findByRole('link', { name: 'bank/1 7' })).closest('tr') as HTMLElement;
  expect(plain(row)).toContain('1,250.50 USD');
  expect(within(row).getByRole('link', { name: 'Acme' })).toHaveAttribute('href', '/clients/7');
  expect(plain(screen.getByRole('status', { name: 'Total' }))).toBe('1,300.50 USD 2 payments7.00 EUR 1 payment');
});

test('rejected payments are a link to their events, and those with the id that is searched for are named', async () => {
  const { user } = show();
  expect(await screen.findByText('3 rejected payments are open')).toBeVisible();
  expect(screen.getByRole('link', { name: 'Show events' })).toHaveAttribute('href', '/events?kind=payment.refused');
  await user.type(screen.getByRole('searchbox', { name: 'Search' }), 'p&1');
  expect(await screen.findByText('1 rejected payment matches this ID')).toBeVisible();
  expect(screen.getByRole('link', { name: 'Show events' })).toHaveAttribute(
    'href',
    '/events?kind=payment.refused&subjectId=p%261',
  );
});

test('without rejected payments, or the right to see events, there is no notice', async () => {
  const { api } = show('/', 3, ['listPayments']);
  await screen.findByRole('link', { name: 'bank/1 7' });
  expect(api.asked('GET /v1/event-groups')).toEqual([]);
  expect(screen.queryByText(/rejected payment/)).not.toBeInTheDocument();
});

test('one payment is titled by amount and date, and says who recorded it and what it reset', async () => {
  const { user } = show();
  await user.click(await screen.findByRole('link', { name: 'bank/1 7' }));
  const drawer = within(await screen.findByRole('dialog', { name: 'Payment' }));
  expect(plain(await drawer.findByRole('heading', { name: /1,250/ }))).toContain('1,250.50 USD on Mar 1, 2026');
  expect(drawer.getByText('Client notification: 2 notifications counted until then')).toBeVisible();
  expect(drawer.getByText('No limit')).toBeVisible();
  await waitFor(() =>
    expect(drawer.getByRole('link', { name: 'bank' })).toHaveAttribute('href', '/developers?tab=webhooks&source=4'),
  );
});

test('a refund says what is refundable, and takes no more', async () => {
  const { api, user } = show(`/?payment=${addressText(payment)}`, 0, [...permissions, 'createRefund']);
  await user.click(await screen.findByRole('button', { name: 'Refund' }));
  const dialog = await screen.findByRole('dialog', { name: 'Record a refund' });
  await waitFor(() => expect(plain(dialog)).toContain('Refundable now20.00 USD'));
  const amount = within(dialog).getByRole('textbox', { name: /^Amount/ });
  expect(amount).toHaveValue('20.00');
  await user.clear(amount);
  await user.type(amount, '20.01');
  await user.type(within(dialog).getByRole('textbox', { name: /^Reason/ }), 'closed');
  await user.click(within(dialog).getByRole('button', { name: 'Refund' }));
  await waitFor(() => expect(plain(dialog)).toContain('Up to 20.00 USD is refundable'));
  expect(api.asked('POST /v1/clients/7/refunds')).toEqual([]);
});

test('an id may hold what separates it from its client in the address', () => {
  for (const address of [
    { clientId: '7', id: 'a/b/c' },
    { clientId: '12', id: '/' },
  ]) {
    expect(parseAddress(addressText(address))).toEqual(address);
  }
});
