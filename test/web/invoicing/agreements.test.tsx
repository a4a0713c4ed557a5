/** @jest-environment ./test/web/support/page-environment.cjs */
import { screen, waitFor } from '@testing-library/react';
import type { components } from '../../../web/src/api/schema';
import BillingSetupPage from '../../../web/src/pages/invoicing/setup';
import { agreementErrors, bodyOf, valuesOf } from '../../../web/src/pages/invoicing/setup/agreement-values';
import { fakeApi, pageOf, type FakeApi } from '../support/fake-api';
import { renderPage, type Page } from '../support/render-page';

type Agreement = components['schemas']['Agreement'];

const none = { value: 0, unit: 'days_from_midnight' } as const;
const weekly: Agreement = {
  ...{ id: '5', resellerId: '1', resellerName: 'Company', name: 'Carriers', hour: 9, timezone: 'Europe/Kyiv' },
  notificationDays: { mode: 'weekly', days: [1, 4] },
  terms: { new: none, increased: { ...none, value: 7 }, decreased: none, unchanged: none, closed: none },
  ...{ nextNotificationAt: '2026-03-05T07:00:00Z', clients: 0, rateTables: 3, version: 2 },
  ...{ createdAt: '2026-03-01T10:00:00Z', updatedAt: '2026-03-01T10:00:00Z' },
};
const rights = ['listAgreements', 'readAgreement', 'createAgreement', 'updateAgreement', 'deleteAgreement'];

function show(address = '/?tab=agreements', agreements: readonly Agreement[] = [weekly]): Page & { api: FakeApi } {
  const api = fakeApi(
    {
      'GET /v1/agreements': () => pageOf([...agreements]),
      'GET /v1/agreements/5': () => weekly,
      'POST /v1/agreements': () => weekly,
      'GET /v1/views': () => ({ data: [] }),
    },
    rights,
  );
  return { api, ...renderPage(<BillingSetupPage />, { address }) };
}

test('lists agreements with their days in words', async () => {
  show();
  const row = (await screen.findByText('Carriers')).closest('tr') as HTMLElement;
  expect(row).toHaveTextContent('Mon and Thu');
  expect(row).toHaveTextContent('09:00 Europe/Kyiv');
});

test('without any, says what they are for', async () => {
  show('/?tab=agreements', []);
  expect(await screen.findByText('No agreements yet')).toBeVisible();
});

test('a new one is sent with the days that were chosen', async () => {
  const { api, user } = show('/?tab=agreements&record=new');
  await user.type(await screen.findByRole('textbox', { name: /^Name/ }), 'Twice a week');
  await user.click(screen.getByRole('radio', { name: 'Weekdays' }));
  await user.click(screen.getByRole('button', { name: 'Create' }));
  expect(await screen.findByText('Choose at least 1 day')).toBeVisible();
  for (const day of ['Thursday', 'Monday']) await user.click(screen.getByRole('checkbox', { name: day }));
  await user.click(screen.getByRole('button', { name: 'Create' }));
  await waitFor(() => expect(api.asked('POST /v1/agreements')).toHaveLength(1));
  expect(api.asked('POST /v1/agreements')[0]?.body).toMatchObject({
    ...{ name: 'Twice a week', notificationDays: { mode: 'weekly', days: [4, 1] }, hour: 9, timezone: 'UTC' },
    terms: { increased: none },
  });
});

test('the form sends what it has read, and refuses what the service refuses', () => {
  const values = valuesOf(weekly);
  const { name, notificationDays, hour, timezone, terms } = weekly;
  expect(bodyOf(values)).toEqual({ name, notificationDays, hour, timezone, terms });
  expect(Object.values(agreementErrors(values)).filter(Boolean)).toEqual([]);
  const wrong = { ...values, hour: 24, mode: 'monthly' as const, monthDays: ['29'] };
  const refused = agreementErrors({ ...wrong, terms: { ...values.terms, closed: { ...none, value: 366 } } });
  const pointers = Object.entries(refused).flatMap(([pointer, error]) => (error === null ? [] : pointer));
  expect(pointers).toEqual(['#/monthDays', '#/hour', '#/terms/closed/value']);
});
