/** @jest-environment ./test/web/support/page-environment.cjs */
import { screen } from '@testing-library/react';
import { CapacityCard } from '../../../web/src/pages/clients/client/CapacityCard';
import { RulesCard } from '../../../web/src/pages/clients/client/rules/RulesCard';
import { renderPage } from '../support/render-page';
import { stubApi } from '../support/stub-api';
import { clientOf, explanationOf, ruleOf } from './client-data';

const plain = (element: HTMLElement): string => (element.textContent ?? '').replaceAll('\u00a0', ' ');

const reduced = {
  ...{ applied: true, capacity: 1, normalCapacity: 3, reason: 'below_threshold' as const },
  ...{ available: '4.99', threshold: '5.00', restoreAt: null },
};
const at = '2026-03-01T09:00:00Z';

test('a capacity that is reduced says so, why, and what it was before', async () => {
  const restored = { ...reduced, applied: false, capacity: 3, reason: 'recovered', available: '12.00' };
  stubApi({
    'GET /v1/clients/7/capacity-changes': {
      data: [
        { id: '2', sequence: 2, at, ...reduced },
        { id: '1', sequence: 1, at, ...restored },
      ],
      hasMore: false,
    },
  });
  renderPage(<CapacityCard client={clientOf({ capacity: { ...reduced, since: at }, lowBalanceCapacity: 1 })} />);
  expect(screen.getByText('Reduced')).toBeVisible();
  const rows = (await screen.findAllByRole('row')).slice(1).map(plain);
  expect(rows).toEqual([
    expect.stringContaining('14.99 USD available, below 5.00 USD'),
    expect.stringContaining('312.00 USD available, balance recovered'),
  ]);
});

test('a client without a lower capacity has no card', () => {
  stubApi({});
  renderPage(<CapacityCard client={clientOf()} />);
  expect(screen.queryByText('Origination capacity')).toBeNull();
});

test('rules of the client’s own threshold say what they do: applied, event added, and to whom', async () => {
  const own = { source: 'own' as const, maxNotifications: 1, count: 1, lastReason: 'sent' as const, reasonNow: null };
  const nobody = { recipients: [], resolvedRecipients: [] };
  stubApi({
    'GET /v1/clients/7/explain': explanationOf([
      ruleOf({ ...own, key: 'client-own', audience: 'client-own' }),
      ruleOf({ ...own, ...nobody, key: 'admin-own', audience: 'admin-own', action: 'event' }),
      ruleOf({ ...own, ...nobody, key: 'capacity', audience: 'capacity', action: 'capacity', count: 0 }),
    ]),
  });
  renderPage(<RulesCard client={clientOf()} onDialog={() => undefined} />);
  expect(await screen.findByText('Notify client')).toBeVisible();
  expect(screen.getByText('Event added')).toBeVisible();
  expect(screen.getByText('Applied')).toBeVisible();
  expect(screen.getAllByText('To')).toHaveLength(1);
});
