/** @jest-environment ./test/web/support/page-environment.cjs */
import { screen, waitFor, within } from '@testing-library/react';
import { ChannelsTab } from '../../../web/src/pages/notifications/channels/ChannelsTab';
import type { Channel } from '../../../web/src/pages/notifications/channels/queries';
import { fakeApi, pageOf, type FakeApi } from '../support/fake-api';
import { renderPage } from '../support/render-page';

/** Notification channels: what each format asks for, secrets that stay, the test, and what uses a channel. */

const slack: Channel = {
  ...{ id: '3', resellerId: '1', resellerName: 'Company', name: 'NOC', kind: 'slack', format: 'slack_webhook' },
  ...{
    enabled: true,
    host: 'hooks.slack.com',
    account: '',
    sender: '',
    hasToken: false,
    profiles: 0,
    companies: 0,
    version: 1,
  },
  ...{ createdAt: '2026-03-01T09:00:00Z', updatedAt: '2026-03-01T09:00:00Z' },
};
const gateway: Channel = {
  ...slack,
  ...{ id: '4', name: 'Gateway', kind: 'sms', format: 'sms_json', host: 'sms.example', sender: 'Lowwater' },
  ...{ hasToken: true, profiles: 1 },
};

const rights = [
  ...['listNotificationChannels', 'readNotificationChannel', 'createNotificationChannel', 'updateNotificationChannel'],
  ...['deleteNotificationChannel', 'testNotificationChannel'],
];

function answering(): FakeApi {
  return fakeApi(
    {
      'GET /v1/notification-channels': () => pageOf([slack, gateway]),
      'POST /v1/notification-channels': () => slack,
      'GET /v1/notification-channels/3': () => slack,
      'GET /v1/notification-channels/4': () => gateway,
      'PATCH /v1/notification-channels/4': () => gateway,
      'DELETE /v1/notification-channels/3': () => ({}),
      'POST /v1/notification-channels/3/test': () => ({
        ...{ outcome: 'rejected', status: 404, reply: 'status 404: no_service', durationMs: 12 },
      }),
      'POST /v1/notification-channels/4/test': () => ({
        ...{ outcome: 'accepted', status: 200, reply: 'status 200: queued', durationMs: 12 },
      }),
      'GET /v1/profiles': () => pageOf([{ id: '7', name: 'Wholesale' }]),
      'GET /v1/resellers/1': () => ({ id: '1', name: 'Company' }),
      'GET /v1/resellers': () => pageOf([]),
      'GET /v1/views': () => ({ data: [] }),
    },
    rights,
  );
}

const show = (address: string) =>
  renderPage(<ChannelsTab />, { address, permissions: rights, me: { resellerId: '1' } });

test('each format asks for what it needs, and sends nothing of another one', async () => {
  const api = answering();
  const { user } = show('/?channel=new');
  const form = within(await screen.findByRole('dialog', { name: 'Create channel' }));
  await user.type(form.getByRole('textbox', { name: /^Name/ }), 'NOC');
  expect(form.queryByLabelText(/^Account SID/)).toBeNull();
  await user.click(form.getByRole('combobox', { name: 'Format' }));
  await user.click(await screen.findByRole('option', { name: 'SMS by Twilio' }));
  await user.type(form.getByLabelText(/^Account SID/), 'AC1');
  await user.click(form.getByRole('button', { name: 'Create channel' }));
  expect(form.getByLabelText(/^Auth token/)).toHaveAccessibleDescription(/Required/);
  expect(form.getByRole('textbox', { name: /^Sender/ })).toHaveAccessibleDescription(/Required/);
  await user.click(form.getByRole('combobox', { name: 'Format' }));
  await user.click(await screen.findByRole('option', { name: 'Slack' }));
  await user.type(form.getByLabelText(/^Address/), 'https://hooks.slack.com/services/T/B/X');
  await user.click(form.getByRole('button', { name: 'Create channel' }));
  await waitFor(() => expect(api.asked('POST /v1/notification-channels')).toHaveLength(1));
  expect(api.asked('POST /v1/notification-channels')[0]?.body).toEqual({
    ...{ name: 'NOC', format: 'slack_webhook', resellerId: '1', enabled: true },
    url: 'https://hooks.slack.com/services/T/B/X',
  });
});

test('secrets stay unless they are entered, and a token can be removed', async () => {
  const api = answering();
  const { user } = show('/?channel=4');
  await user.click(await screen.findByRole('button', { name: 'Edit' }));
  expect(await screen.findByLabelText(/^Address/)).toHaveAccessibleDescription(
    /keep the current address at sms\.example/,
  );
  await user.click(screen.getByRole('checkbox', { name: 'Remove the current token' }));
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(api.asked('PATCH /v1/notification-channels/4')).toHaveLength(1));
  expect(api.asked('PATCH /v1/notification-channels/4')[0]?.body).toEqual({
    ...{ name: 'Gateway', account: '', sender: 'Lowwater', enabled: true, token: '' },
  });
});

test('a test shows what the receiver answered; an SMS needs a phone number', async () => {
  const api = answering();
  const { user } = show('/?channel=4');
  const test = await screen.findByRole('button', { name: 'Send test message' });
  await user.click(test);
  const phone = screen.getByRole('textbox', { name: 'Phone number for the test' });
  expect(phone).toHaveAccessibleDescription(/with its country code/);
  expect(api.asked('POST /v1/notification-channels/4/test')).toHaveLength(0);
  await user.type(phone, '+380 50 123 45 67');
  await user.click(test);
  expect(await screen.findByText('The receiver accepted the test message.')).toBeInTheDocument();
  expect(screen.getByText('status 200: queued')).toBeInTheDocument();
  expect(api.asked('POST /v1/notification-channels/4/test')[0]?.body).toEqual({ address: '+380501234567' });
});

test('a rejected test says what to do', async () => {
  answering();
  const { user } = show('/?channel=3');
  await user.click(await screen.findByRole('button', { name: 'Send test message' }));
  expect(await screen.findByText(/rejected the test message. Check the address/)).toBeInTheDocument();
  expect(screen.getByText('status 404: no_service')).toBeInTheDocument();
});

test('a channel that profiles notify is not deleted, and leads to them', async () => {
  const api = answering();
  const { user } = show('/?channel=4');
  expect(await screen.findByRole('link', { name: 'Wholesale' })).toHaveAttribute('href', '/profiles/7');
  const blocked = screen.getByRole('button', { name: 'Delete' });
  expect(blocked).toHaveAttribute('aria-disabled', 'true');
  await user.click(blocked);
  expect(screen.queryByRole('dialog', { name: /^Delete/ })).toBeNull();
  expect(api.asked('GET /v1/profiles')[0]?.url.searchParams.get('channelId')).toBe('4');
});

test('a channel that is not used is deleted after a question', async () => {
  const api = answering();
  const { user } = show('/?channel=3');
  expect(await screen.findByText('No profile or company notifies this channel.')).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Delete' }));
  const question = within(await screen.findByRole('dialog', { name: 'Delete “NOC”?' }));
  await user.click(question.getByRole('button', { name: 'Delete' }));
  await waitFor(() => expect(api.asked('DELETE /v1/notification-channels/3')).toHaveLength(1));
});
