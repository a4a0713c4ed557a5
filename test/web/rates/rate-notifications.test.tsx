/** @jest-environment ./test/web/support/page-environment.cjs */
import { screen, waitFor, within } from '@testing-library/react';
import type { components } from '../../../web/src/api/schema';
import { RateNotifications } from '../../../web/src/list/rate-notifications/RateNotifications';
import { fakeApi, pageOf, type FakeApi } from '../support/fake-api';
import { renderPage, type Page } from '../support/render-page';

/** Who is notified of new rates, what would be sent, and what was sent. */

type Schemas = components['schemas'];

const subscription: Schemas['RateSubscription'] = {
  ...{ id: '7/3', clientId: '7', clientName: 'Acme', rateTableId: '3', rateTableName: 'Wholesale' },
  ...{ direction: 'origination', enabled: true, type: 'changed', format: 'xlsx', unique: true },
  ...{ agreementId: null, agreementName: null, recipient: 'rates@acme.example' },
  ...{ lastNotifiedAt: null, nextNotificationAt: null },
};
const counts = { total: 1, new: 0, increased: 1, decreased: 0, unchanged: 0, closed: 0 };
const preview: Schemas['RateNotificationPreview'] = {
  ...{ kind: 'forced', clientId: '7', clientName: 'Acme', rateTableId: '3', rateTableName: 'Wholesale' },
  ...{ enabled: true, type: 'changed', format: 'xlsx', unique: true, agreementId: null, agreementName: null },
  ...{ recipient: 'rates@acme.example', lastNotifiedAt: null, referenceAt: '2026-03-01T00:00:00Z' },
  ...{ dueAt: '2026-03-02T00:15:00Z', isWaiting: false, refusal: null, counts },
  files: [{ fileName: 'rates-changed.xlsx', timeProfile: 'all', rates: 1 }],
  rates: [
    {
      ...{ code: '380', codeName: null, timeProfile: 'all', policy: 'regular', effectiveFrom: '2026-03-03T00:00:00Z' },
      ...{ endsAt: null, rate: '0.15', previousRate: '0.10', prevDiff: '0.05', prevDiffStatus: 'increased' },
      ...{ prevDiffExport: '0.05', prevDiffStatusExport: 'increased', statusText: 'increased (0.0500)' },
    },
  ],
};
const sent: Schemas['RateNotification'] = {
  ...{ id: '11', kind: 'forced', state: 'accepted', skipReason: null, clientId: '7', clientName: 'Acme' },
  ...{ resellerId: '1', resellerName: 'Company', rateTableId: '3', rateTableName: 'Wholesale', agreementId: null },
  ...{ agreementName: null, type: 'changed', format: 'xlsx', dueAt: '2026-03-02T00:00:00Z', counts },
  ...{ changedAt: '2026-03-02T00:00:00Z', composedAt: '2026-03-02T00:00:01Z', referenceAt: '2026-03-01T00:00:00Z' },
  ...{ recipient: 'rates@acme.example', firstEffectiveAt: null, notificationId: '21', deliveryId: '22' },
  files: [{ position: 0, fileName: 'rates-changed.xlsx', timeProfile: 'all', rates: 1, bytes: 4000, removedAt: null }],
  ...{ acceptedAt: '2026-03-02T00:00:02Z', nextAttemptAt: null, requestedBy: null, requestedByName: null },
  ...{ reason: null, createdAt: '2026-03-02T00:00:00Z' },
};

const rights = ['listRateSubscriptions', 'sendRateNotifications', 'resendDelivery'];

function show(refusal: Schemas['RateNotificationPreview']['refusal'] = null): Page & { api: FakeApi } {
  const api = fakeApi(
    {
      'GET /v1/rate-subscriptions': () => pageOf([subscription]),
      'GET /v1/rate-notifications': () => pageOf([sent]),
      'GET /v1/rate-notifications/11': () => sent,
      'GET /v1/rate-notification-preview': () => ({ ...preview, refusal }),
      'POST /v1/rate-notifications': () => ({ notifications: [sent], skipped: [] }),
      'GET /v1/views': () => ({ data: [] }),
    },
    rights,
  );
  return { api, ...renderPage(<RateNotifications of={{ rateTableId: '3' }} />, { permissions: rights }) };
}

async function previewOf(user: Page['user']): Promise<HTMLElement> {
  const [row] = await screen.findAllByText('Acme');
  await user.click(row as HTMLElement);
  const dialog = await screen.findByRole('dialog', { name: 'Rates of Wholesale for Acme' });
  await within(dialog).findByText('380');
  return dialog;
}

test('sending now is previewed, and says that the last notification does not move', async () => {
  const { api, user } = show();
  const dialog = await previewOf(user);
  expect(within(dialog).queryByRole('button', { name: 'Send now' })).toBeNull();
  await user.click(within(dialog).getByRole('radio', { name: 'Send now' }));
  expect(within(dialog).getByText(/The last notification does not move/)).toBeVisible();
  await user.click(await within(dialog).findByRole('button', { name: 'Send now' }));
  await waitFor(() => expect(api.asked('POST /v1/rate-notifications')).toHaveLength(1));
  expect(api.asked('POST /v1/rate-notifications')[0]?.body).toEqual({
    rateTableId: '3',
    clientId: '7',
    kind: 'forced',
  });
});

test('what cannot be sent says why, before it is tried', async () => {
  const { user } = show({ reason: 'no_recipients', detail: 'the client has no rates email' });
  const dialog = await previewOf(user);
  await user.click(within(dialog).getByRole('radio', { name: 'Correction' }));
  expect(within(dialog).getAllByText('The client has no rates email')[0]).toBeVisible();
  expect(await within(dialog).findByRole('button', { name: 'Send now' })).toHaveAttribute('data-disabled');
});

test('all clients of a table are sent what is late for each, and those left out are counted', async () => {
  const { api, user } = show();
  await user.click(await screen.findByRole('button', { name: 'Send to all clients' }));
  const dialog = await screen.findByRole('dialog', { name: 'Send rates to all clients of the table now?' });
  await user.click(within(dialog).getByRole('button', { name: 'Send now' }));
  await waitFor(() => expect(api.asked('POST /v1/rate-notifications')).toHaveLength(1));
  expect(api.asked('POST /v1/rate-notifications')[0]?.body).toEqual({ rateTableId: '3', kind: 'forced' });
});

test('a notification offers its files as they were sent, and their resend', async () => {
  const { user } = show();
  await user.click(await screen.findByText(/^Mar 2/));
  const drawer = await screen.findByRole('dialog', { name: 'Rate notification' });
  const file = await within(drawer).findByRole('link', { name: /rates-changed\.xlsx/ });
  expect(file).toHaveAttribute('href', '/v1/rate-notifications/11/files/0');
  expect(within(drawer).getByText('1: 1 increased')).toBeVisible();
  expect(within(drawer).getByRole('button', { name: 'Resend' })).toBeEnabled();
});
