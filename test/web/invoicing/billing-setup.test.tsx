/** @jest-environment ./test/web/support/page-environment.cjs */
import { renderPage, type Page } from '../support/render-page';
import { fakeApi, pageOf, type FakeApi } from '../support/fake-api';
import { screen, waitFor, within } from '@testing-library/react';
import type { components } from '../../../web/src/api/schema';
import BillingSetupPage from '../../../web/src/pages/invoicing/setup';
import { bodyOf, labelOf, termsErrors, valuesOf } from '../../../web/src/pages/invoicing/setup/terms-values';

type Terms = components['schemas']['PaymentTerms'];

const weekly: Terms = {
  ...{ id: '3', resellerId: '1', resellerName: 'Company', name: 'Weekly', label: '7/7', mode: 'every', days: 7 },
  ...{ day: null, graceDays: 7, remindBefore: [3], remindAfter: [], clients: 2, version: 4 },
  ...{ createdAt: '2026-03-01T10:00:00Z', updatedAt: '2026-03-01T10:00:00Z' },
};

const rights = ['listPaymentTerms', 'createPaymentTerms', 'updatePaymentTerms', 'deletePaymentTerms'];

function show(address = '/', terms: readonly Terms[] = [weekly]): Page & { readonly api: FakeApi } {
  const api = fakeApi(
    {
      'GET /v1/payment-terms': () => pageOf([...terms]),
      'GET /v1/payment-terms/3': () => weekly,
      'GET /v1/views': () => ({ data: [] }),
    },
    rights,
  );
  return { api, ...renderPage(<BillingSetupPage />, { address }) };
}

test('lists payment terms by their short form, with the clients that use them', async () => {
  show();
  const row = (await screen.findByText('Weekly')).closest('tr') as HTMLElement;
  expect(row).toHaveTextContent('7/7');
  expect(row).toHaveTextContent('every 7 days');
  expect(within(row).getByRole('link', { name: '2' })).toHaveAttribute(
    'href',
    '/clients?paymentTermsId=3&status=active,stop',
  );
});

test('without any, says what they are for', async () => {
  show('/', []);
  expect(await screen.findByText('No payment terms yet')).toBeVisible();
});

test('those that clients use can be changed, not deleted', async () => {
  show('/?record=3');
  expect(await screen.findByRole('textbox', { name: /Name/ })).toHaveValue('Weekly');
  expect(screen.getByText('Shown in lists as 7/7')).toBeVisible();
  expect(screen.getByText('Applies from the next invoices of 2 clients.')).toBeVisible();
  await waitFor(() => expect(screen.getByRole('button', { name: 'Delete' })).toHaveAttribute('data-disabled'));
});

test('the form sends the number of its mode only', () => {
  const values = { ...valuesOf(weekly), mode: 'on' as const, day: 30, remindAfter: ['1', '7'] };
  expect(labelOf(values)).toBe('on 28/7');
  expect(bodyOf(values)).toEqual({
    ...{ name: 'Weekly', mode: 'on', days: null, day: 30, graceDays: 7, remindBefore: [3], remindAfter: [1, 7] },
  });
});

test('the form refuses what the service refuses', () => {
  const faults = termsErrors({ ...valuesOf(null), remindBefore: ['0'], remindAfter: ['x'] });
  const wrong = Object.entries(faults).flatMap(([pointer, fault]) => (fault === null ? [] : [pointer]));
  expect(wrong.sort()).toEqual(['#/days', '#/graceDays', '#/name', '#/remindAfter', '#/remindBefore']);
});
