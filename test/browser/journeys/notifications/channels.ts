import { newClient, newName } from '../../support/clients.js';
import { journey } from '../../support/journey.js';
import { startReceiver } from '../../../support/webhooks/receiver.js';

describe('notification channels', () => {
  journey('I create a Slack channel, test it, notify it from a rule, and find its notification', async (scene) => {
    const { page, open } = scene;
    const receiver = await startReceiver();
    receiver.answer = (response): void => void response.writeHead(404).end('no_service');
    const channel = newName('Duty');
    const profile = newName('To Slack');
    try {
      await open('/developers?tab=channels');
      await page.getByRole('button', { name: 'Create channel' }).first().click();
      const form = page.getByRole('dialog', { name: 'Create channel' });
      await form.getByRole('textbox', { name: 'Name' }).fill(channel);
      await form.getByLabel('Address').fill(receiver.url);
      await form.getByRole('button', { name: 'Create channel' }).click();
      const details = page.getByRole('dialog', { name: 'Notification channel' });
      const test = details.getByRole('button', { name: 'Send test message' });
      await test.click();
      await details.getByText(/^The receiver rejected the test message\./).waitFor();
      await details.getByText('status 404: no_service').waitFor();
      receiver.answer = (response): void => void response.writeHead(200).end('ok');
      await test.click();
      await details.getByText('The receiver accepted the test message.').waitFor();

      await open('/profiles/new');
      await page.getByRole('textbox', { name: 'Name', exact: true }).fill(profile);
      const rule = page.getByRole('group', { name: 'Client notification' });
      await rule.getByLabel('Threshold').fill('50');
      await rule.getByPlaceholder('Add channel').fill(channel);
      await page.getByRole('option', { name: `${channel} (Slack)` }).click();
      await page.getByRole('radio', { name: 'Immediately' }).check();
      await page.getByRole('button', { name: 'Create profile' }).click();
      await page.getByRole('heading', { level: 1, name: profile }).waitFor();

      const profileId = new URL(page.url()).pathname.split('/').at(-1);
      const client = await newClient({ openingBalance: '10.00', profileId });
      await receiver.arrived(3);
      expect(receiver.received.at(-1)?.body.text).toContain(client.name);

      await open(`/notifications?via=slack&q=${encodeURIComponent(client.name)}`);
      const row = page.getByRole('row', { name: new RegExp(client.name) });
      await row.getByText('Accepted').waitFor();
      await row.getByRole('link', { name: /^Low balance/ }).click();
      const shown = page.getByRole('dialog', { name: 'Notification' });
      await shown.getByRole('button', { name: channel }).waitFor();
      await open(`/notifications?via=sms&q=${encodeURIComponent(client.name)}`);
      await page.getByText('No rows match these filters.').waitFor();
    } finally {
      await receiver.stop();
    }
  });
});
