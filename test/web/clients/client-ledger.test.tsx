/** @jest-environment ./test/web/support/page-environment.cjs */
import { renderPage } from '../support/render-page';
import { stubApi, type StubbedApi } from '../support/stub-api';
import { screen, within } from '@testing-library/react';
import { LedgerTab } from '../../../web/src/pages/clients/client/tabs/LedgerTab';
import { clientOf } from './client-data';

/** The ledger of a client: charges per day, payments single, every entry in the file. */

const entry = {
  ...{ id: 'pay-9-of-bank', entryId: '9', clientId: '7', kind: 'payment', amount: '100.00', currency: 'USD' },
  ...{ at: '2026-03-02T08:00:00Z', recordedAt: '2026-03-02T08:00:01Z', liveAfter: '90.00', source: 'key:1' },
  note: 'bank transfer',
};
const day = { date: '2026-03-01', from: '2026-03-01T00:00:00Z', to: '2026-03-02T00:00:00Z' };
const page = (data: readonly unknown[]) => ({
  ...{ data, hasMore: false, nextCursor: null, prevCursor: null, total: data.length, rowFrom: 1, rowTo: data.length },
});
const single = { ...entry, count: 1, day: null, entry };
const charges = {
  ...{ id: '8', kind: 'charge', at: '2026-03-01T21:00:00Z', amount: '-10.00', currency: 'USD', count: 240 },
  ...{ liveAfter: '-10.00', day, entry: null },
};
const charge = { ...entry, id: 'cdr-1', entryId: '8', kind: 'charge', amount: '-0.04', at: '2026-03-01T21:00:00Z' };

let api: StubbedApi;

async function shown() {
  api = stubApi({
    'GET /v1/clients/7/activity': page([single, charges]),
    'GET /v1/clients/7/entries': page([charge]),
  });
  const rendered = renderPage(<LedgerTab client={clientOf()} onDialog={() => undefined} />);
  await screen.findByText('240 charges');
  return rendered;
}

test('the charges of a day are one row that opens to its charges', async () => {
  const { user } = await shown();
  await user.click(screen.getByText('240 charges'));
  const drawer = await screen.findByRole('dialog', { name: '240 charges, Mar 1, 2026' });
  await within(drawer).findByText('cdr-1');
  const asked = api.asked.find(({ path }) => path.startsWith('/v1/clients/7/entries'));
  const query = new URLSearchParams(asked?.path.split('?')[1]);
  expect([query.get('kind'), query.get('from'), query.get('to')]).toEqual(['charge', day.from, day.to]);
});

test('a payment is titled by its amount and date, and has its id to copy', async () => {
  const { user } = await shown();
  await user.click(screen.getByText('bank transfer'));
  const drawer = await screen.findByRole('dialog', { name: /^Payment of 100\.00.USD, Mar 2, 2026$/ });
  expect(within(drawer).getByText('pay-9-of-bank')).toBeVisible();
  expect(within(drawer).getByRole('button', { name: 'Copy Reference' })).toBeVisible();
});

test('days are those of the reader; the file has entries, which have no days', async () => {
  await shown();
  const asked = api.asked.find(({ path }) => path.startsWith('/v1/clients/7/activity'));
  expect(new URLSearchParams(asked?.path.split('?')[1]).get('timezone')).toBeTruthy();
  const file = new URL(screen.getByRole('link', { name: 'Download CSV' }).getAttribute('href') ?? '', 'http://x');
  expect(file.pathname).toBe('/v1/exports/ledger-entries.csv');
  expect(Object.fromEntries(file.searchParams)).toEqual({
    clientId: '7',
    sort: '-at',
    columns: 'at,kind,amount,currency,liveAfter,id,note',
  });
});
