/** @jest-environment ./test/web/support/page-environment.cjs */
import { renderPage } from '../support/render-page';
import { cleanup, screen } from '@testing-library/react';
import type { components } from '../../../web/src/api/schema';
import { notificationColumns } from '../../../web/src/list/notifications/columns';
import { notificationFacets } from '../../../web/src/list/notifications/filters';

/** What a row of a list of notifications says. */

type Notification = components['schemas']['Notification'];
type Delivery = components['schemas']['Delivery'];

const delivery = (to: string, status: Delivery['status'], failure: Delivery['failure'] = null): Delivery => ({
  ...{
    id: to,
    to,
    channel: null,
    status,
    failure,
    bounce: null,
    attempts: 1,
    acceptedAt: null,
    nextAttemptAt: null,
    locale: 'en',
    timezone: 'UTC',
  },
  ...{ subject: 'Low', messageId: `<${to}>`, template: 'built-in', templateUsed: null },
  rendered: { html: '', txt: '', eml: '' },
});

const notification = (changes: Partial<Notification> = {}): Notification => ({
  ...{ id: '1', clientId: '7', clientName: 'Acme', kind: 'low_balance', rule: 'advanced:urgent', to: [] },
  ...{ companyId: null, companyName: null },
  ...{ available: '45.00', currency: 'USD', availableConverted: null, threshold: '50.00', thresholdCurrency: 'USD' },
  ...{ profileName: 'default', number: 2, max: 3, episode: 1, status: 'accepted', at: '2026-03-01T10:00:00Z' },
  ...{ acceptedAt: null, acceptedFor: [], nextAttemptAt: null, subject: 'Low balance' },
  deliveries: [delivery('a@acme.example', 'accepted')],
  ...changes,
});

function cell(id: string, of: Notification): string {
  const column = notificationColumns.find((one) => one.id === id);
  if (!column) throw new Error(`no column ${id}`);
  renderPage(<div data-testid="cell">{column.render(of)}</div>);
  const text = screen.getByTestId('cell').textContent ?? '';
  cleanup();
  return text.replaceAll('\u00a0', ' ');
}

test.each<[string, Partial<Notification>, string]>([
  ['available', {}, '45.00 USD'],
  ['available', { available: '-3.005' }, '−3.005 USD'],
  ['available', { availableConverted: '41.556789', thresholdCurrency: 'EUR' }, '45.00 USD≈ 41.56 EUR'],
  ['available', { availableConverted: '49.999999', thresholdCurrency: 'EUR' }, '45.00 USD≈ 49.99 EUR'],
  ['available', { available: null }, ''],
  ['threshold', {}, '50.00 USD'],
  ['threshold', { threshold: '5000', thresholdCurrency: 'JPY' }, '5,000 JPY'],
  ['threshold', { threshold: null, thresholdCurrency: null }, ''],
  ['number', {}, '2 of 3'],
  ['number', { max: null }, '2, no limit'],
  ['number', { kind: 'credit_granted', rule: 'credit_granted' }, ''],
  ['rule', {}, 'Advanced rule “urgent”'],
  ['rule', { kind: 'credit_granted', rule: 'credit_granted' }, 'Temporary credit granted'],
  ['rule', { kind: 'company_balance', rule: 'their' }, 'Their balance'],
  ['subject', { subject: null }, 'Not created yet'],
])('%s of %j is "%s"', (id, changes, text) => {
  expect(cell(id, notification(changes))).toBe(text);
});

test('the client or the company is a link', () => {
  const render = notificationColumns.find(({ id }) => id === 'clientName')?.render;
  renderPage(render?.(notification()));
  expect(screen.getByRole('link', { name: 'Acme' })).toHaveAttribute('href', '/clients/7');
  renderPage(render?.(notification({ clientId: null, clientName: null, companyId: '3', companyName: 'Carrier' })));
  expect(screen.getByRole('link', { name: 'Carrier' })).toHaveAttribute('href', '/companies/3');
});

test('several outcomes are counted, and each recipient has its own on hover and focus', async () => {
  const deliveries = [
    delivery('a@acme.example', 'accepted'),
    delivery('b@acme.example', 'accepted'),
    delivery('c@acme.example', 'failed', { reason: 'rejected', code: 550, reply: '550 unknown' }),
  ];
  const { user } = renderPage(
    notificationColumns.find(({ id }) => id === 'outcomes')?.render(notification({ deliveries })),
  );
  expect(screen.getByText('2 accepted, 1 failed')).toBeVisible();
  await user.tab();
  const details = await screen.findByRole('tooltip');
  expect([...details.querySelectorAll('p')].map(({ textContent }) => textContent)).toEqual([
    'a@acme.example: Accepted',
    'b@acme.example: Accepted',
    'c@acme.example: Failed · Rejected by the server · 550 unknown',
  ]);
});

test('a single outcome is its word, and what is not created yet has none', () => {
  expect(cell('outcomes', notification())).toBe('Accepted');
  expect(cell('outcomes', notification({ deliveries: [] }))).toBe('');
});

test('facets have the values that were counted, in the order of the filters', () => {
  const facets = {
    status: [
      { word: 'failed', count: 2 },
      { word: 'accepted', count: 5 },
    ],
    ...{ reason: [{ word: 'rejected', count: 2 }], kind: [], rule: [] },
  };
  const page = { data: [], hasMore: false, nextCursor: null, prevCursor: null, facets };
  expect(
    notificationFacets(page).map(({ parameter, options }) => [parameter, options.map(({ count }) => count)]),
  ).toEqual([
    ['status', [5, 2]],
    ['reason', [2]],
  ]);
  expect(notificationFacets({ ...page, facets: undefined } as never)).toEqual([]);
});
