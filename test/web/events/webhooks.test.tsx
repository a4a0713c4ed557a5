/** @jest-environment ./test/web/support/page-environment.cjs */
import { screen, waitFor, within } from '@testing-library/react';
import { DeliveriesTab } from '../../../web/src/pages/events/webhooks/DeliveriesTab';
import { EndpointsTab } from '../../../web/src/pages/events/webhooks/EndpointsTab';
import type { DeliveryDetails, Endpoint } from '../../../web/src/pages/events/webhooks/queries';
import { fakeApi, pageOf, type FakeApi } from '../support/fake-api';
import { renderPage } from '../support/render-page';

/** Outgoing webhooks: endpoints with their secret and test, and the log with its attempts. */

const endpoint: Endpoint = {
  ...{ id: '7', name: 'Switch', resellerId: '1', resellerName: 'Company', url: 'https://switch.example/hooks' },
  ...{ kinds: ['payment.refused'], enabled: true, disabledBy: null, previousSecretUntil: null, version: 3 },
  ...{ lastOutcome: 'accepted', lastAt: '2026-03-01T10:00:00Z', failingSince: null, pending: 0, failed: 2, skipped: 0 },
  createdAt: '2026-03-01T09:00:00Z',
};

const delivery: DeliveryDetails = {
  ...{ id: '12', endpointId: '7', endpointName: 'Switch', messageId: 'msg_1', eventId: '5', kind: 'payment.refused' },
  ...{ eventStatus: 'open', clientId: '9', clientName: 'Acme', subject: 'client 9', sequence: 4, status: 'failed' },
  ...{ attempts: 2, nextAttemptAt: null, responseStatus: 503, error: 'status 503' },
  ...{ createdAt: '2026-03-01T10:00:00Z', endedAt: '2026-03-04T10:00:00Z' },
  body: { type: 'payment.refused', timestamp: '2026-03-01T10:00:00Z', data: { sequence: 4 } },
  attemptLog: [
    {
      number: 2,
      startedAt: '2026-03-01T10:00:05Z',
      durationMs: 120,
      responseStatus: 503,
      error: 'status 503',
      responseBody: 'busy',
    },
    {
      number: 1,
      startedAt: '2026-03-01T10:00:00Z',
      durationMs: null,
      responseStatus: null,
      error: null,
      responseBody: null,
    },
  ],
};

const rights = [
  ...['listWebhookEndpoints', 'readWebhookEndpoint', 'createWebhookEndpoint', 'updateWebhookEndpoint'],
  ...['testWebhookEndpoint', 'replayWebhookEndpoint', 'rotateWebhookEndpointSecret', 'deleteWebhookEndpoint'],
  ...['listWebhookDeliveries', 'readWebhookDelivery', 'retryWebhookDelivery'],
];

function answering(test: Partial<DeliveryDetails> = {}): FakeApi {
  return fakeApi(
    {
      'GET /v1/webhook-endpoints': () => pageOf([endpoint]),
      'POST /v1/webhook-endpoints': () => ({ ...endpoint, secret: 'whsec_secret' }),
      'GET /v1/webhook-endpoints/7': () => endpoint,
      'POST /v1/webhook-endpoints/7/test': () => ({ ...delivery, id: '13', status: 'pending' }),
      'POST /v1/webhook-endpoints/7/replay': () => ({ queued: 3, remaining: 0 }),
      'GET /v1/webhook-deliveries': () => pageOf([delivery]),
      'GET /v1/webhook-deliveries/12': () => delivery,
      'POST /v1/webhook-deliveries/12/retry': () => delivery,
      'GET /v1/webhook-deliveries/13': () => ({ ...delivery, id: '13', kind: 'webhook.test', ...test }),
      'GET /v1/views': () => ({ data: [] }),
    },
    rights,
  );
}

test('an endpoint is created with the kinds that are chosen, and its secret is shown once', async () => {
  const api = answering();
  const { user } = renderPage(<EndpointsTab />, { address: '/?endpoint=new' });
  const form = await screen.findByRole('dialog', { name: 'Create endpoint' });
  await user.type(within(form).getByRole('textbox', { name: /^Name/ }), 'Switch');
  await user.type(within(form).getByRole('textbox', { name: /^URL/ }), 'https://switch.example/hooks');
  await user.click(within(form).getByRole('radio', { name: /Selected kinds/ }));
  await user.click(within(form).getByRole('button', { name: 'Create endpoint' }));
  expect(await within(form).findByText('Select at least one kind')).toBeInTheDocument();
  await user.click(within(form).getByLabelText('Selected kinds', { selector: 'input:not([type=radio])' }));
  await user.click(await screen.findByRole('option', { name: 'Payment rejected' }));
  await user.click(within(form).getByRole('button', { name: 'Create endpoint' }));
  expect(await screen.findByText('whsec_secret')).toBeInTheDocument();
  expect(api.asked('POST /v1/webhook-endpoints').map(({ body }) => body)).toEqual([
    { name: 'Switch', url: 'https://switch.example/hooks', kinds: ['payment.refused'], enabled: true },
  ]);
  await user.click(screen.getByRole('button', { name: 'I have saved it' }));
  await waitFor(() => expect(screen.queryByText('whsec_secret')).not.toBeInTheDocument());
});

test.each([
  [
    { status: 'accepted', responseStatus: 204, error: null } as const,
    'The receiver accepted the test with status 204.',
  ],
  [{ status: 'failed', error: 'status 500' } as const, 'The receiver did not accept the test: status 500.'],
])('a test shows its outcome: %j', async (outcome, text) => {
  answering(outcome);
  const { user } = renderPage(<EndpointsTab />, { address: '/?endpoint=7' });
  await user.click(await screen.findByRole('button', { name: 'Send test' }));
  expect(await screen.findByText(text)).toBeInTheDocument();
});

test('what failed is replayed', async () => {
  const api = answering();
  const { user } = renderPage(<EndpointsTab />, { address: '/?endpoint=7' });
  await user.click(await screen.findByRole('button', { name: 'Replay deliveries' }));
  const dialog = await screen.findByRole('dialog', { name: 'Replay deliveries to “Switch”?' });
  await user.click(within(dialog).getByRole('button', { name: 'Replay deliveries' }));
  await waitFor(() => expect(api.asked('POST /v1/webhook-endpoints/7/replay')).toHaveLength(1));
  expect(api.asked('POST /v1/webhook-endpoints/7/replay')[0]?.body).toMatchObject({ statuses: ['failed', 'skipped'] });
});

test('a delivery shows its attempts and its body, and is sent now', async () => {
  const api = answering();
  const { user } = renderPage(<DeliveriesTab />, { address: '/?delivery=12' });
  const drawer = await screen.findByRole('dialog', { name: 'Webhook delivery' });
  const log = within(await within(drawer).findByRole('region', { name: 'Attempts' }));
  expect(log.getByText('busy')).toBeInTheDocument();
  expect(log.getByText('In progress or interrupted')).toBeInTheDocument();
  expect(within(drawer).getByRole('region', { name: 'Body' })).toHaveTextContent('"sequence": 4');
  await user.click(within(drawer).getByRole('button', { name: 'Send now' }));
  await waitFor(() => expect(api.asked('POST /v1/webhook-deliveries/12/retry')).toHaveLength(1));
});
