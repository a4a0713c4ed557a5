/** @jest-environment ./test/web/support/page-environment.cjs */
import { screen, waitFor, within } from '@testing-library/react';
import type { ReactNode } from 'react';
import { ApiError } from '../../../web/src/api/problems';
import { ChannelsInput } from '../../../web/src/form/recipients/ChannelsInput';
import { phoneError } from '../../../web/src/form/recipients/parse-phone';
import { each, useApiForm } from '../../../web/src/form/use-api-form';
import { fakeApi, pageOf, type FakeApi } from '../support/fake-api';
import { renderPage, type Page } from '../support/render-page';

/** Channels as recipients: what is offered, how a phone number is typed, where faults are shown. */

interface Values extends Record<string, unknown> {
  readonly channels: { channelId: string; address: string | null }[];
}

const channel = (id: string, name: string, kind: string, enabled = true): object => ({ id, name, kind, enabled });
const noc = channel('3', 'NOC', 'slack');
const gateway = channel('4', 'Gateway', 'sms');
const old = channel('5', 'Old', 'teams', false);

const save = jest.fn<Promise<unknown>, [Values]>();

function Form({ channels }: Values): ReactNode {
  const form = useApiForm<Values, unknown>({
    initialValues: { channels },
    validate: (values) => each('#/channels', values.channels, ({ address }) => ({ address: phoneError(address) })),
    save,
    onSaved: () => undefined,
  });
  return (
    <form onSubmit={form.submit} noValidate>
      <ChannelsInput form={form} pointer="#/channels" resellerId="2" />
      <button type="submit">Save</button>
    </form>
  );
}

function show(channels: Values['channels'] = []): Page & { readonly api: FakeApi } {
  save.mockReset().mockResolvedValue({});
  const api = fakeApi({
    'GET /v1/notification-channels': ({ url }) => {
      const named = url.searchParams.get('id')?.split(',');
      if (!named) return pageOf([gateway, noc]);
      return pageOf([noc, gateway, old].filter((one) => named.includes((one as { id: string }).id)));
    },
  });
  return { ...renderPage(<Form channels={channels} />), api };
}

const select = (): HTMLElement => screen.getByRole('combobox', { name: 'Channels' });
const press = (name: string): HTMLElement => screen.getByRole('button', { name });

test('channels of the reseller are added, an SMS channel with a phone number', async () => {
  const { user, api } = show();
  await user.click(select());
  await user.click(await screen.findByRole('option', { name: 'NOC (Slack)' }));
  expect(await screen.findByRole('button', { name: 'Remove NOC' })).toBeVisible();
  await user.click(select());
  await user.click(await screen.findByRole('option', { name: 'Gateway (SMS)' }));
  // Slack has one address; another phone of the same gateway is another recipient.
  await user.click(select());
  expect(await screen.findByRole('option', { name: 'Gateway (SMS)' })).toBeVisible();
  expect(screen.queryByRole('option', { name: 'NOC (Slack)' })).toBeNull();
  await user.click(press('Save'));
  const phone = screen.getByRole('textbox', { name: 'Phone number' });
  expect(phone).toHaveAccessibleDescription(/with its country code/);
  expect(save).not.toHaveBeenCalled();
  await user.type(phone, '+380 (50) 123-45-67');
  await user.click(press('Save'));
  const channels = [
    { channelId: '3', address: null },
    { channelId: '4', address: '+380501234567' },
  ];
  await waitFor(() => expect(save).toHaveBeenCalledWith({ channels }, null, undefined));
  const queries = api.asked('GET /v1/notification-channels').map(({ url }) => url.searchParams);
  expect(queries.every((query) => query.get('usableBy') === '2')).toBe(true);
});

test('a disabled channel and one that is gone are marked, and can be removed', async () => {
  const { user } = show([
    { channelId: '5', address: null },
    { channelId: '99', address: null },
  ]);
  expect(await screen.findByText('Old')).toBeVisible();
  expect(screen.getByText('Disabled')).toBeVisible();
  expect(screen.getByText(/Deleted, or of another reseller/)).toBeVisible();
  await user.click(press('Remove Channel 99'));
  await user.click(press('Save'));
  expect(save).toHaveBeenCalledWith({ channels: [{ channelId: '5', address: null }] }, null, undefined);
});

test('a fault of one recipient is shown at it, and leaves with it', async () => {
  const { user } = show([
    { channelId: '3', address: null },
    { channelId: '4', address: '+380501234567' },
  ]);
  const errors = [
    { pointer: '#/channels/0/channelId', code: 'invalid', detail: 'must be one that this profile can use' },
    { pointer: '#/channels/1/address', code: 'invalid', detail: 'must be a phone number' },
  ];
  save.mockRejectedValueOnce(new ApiError(400, { code: 'invalid', errors }));
  await user.click(press('Save'));
  const group = screen.getByRole('group', { name: 'Channels' });
  expect(await within(group).findByText(/one that this profile can use/)).toBeVisible();
  expect(screen.getByRole('textbox', { name: 'Phone number' })).toHaveAccessibleDescription(/must be a phone number/i);
  await user.click(press('Remove NOC'));
  expect(within(group).queryByText(/one that this profile can use/)).toBeNull();
  expect(screen.getByRole('textbox', { name: 'Phone number' })).toHaveAccessibleDescription(/must be a phone number/i);
});
