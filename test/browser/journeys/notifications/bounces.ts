import { Webhook } from 'standardwebhooks';
import { until } from '../../../support/run/lowwater.js';
import { billingOf, charge, newClient, newProfile } from '../../support/clients.js';
import { journey } from '../../support/journey.js';

describe('a bounced address', () => {
  journey('is shown where it is used, and cleared with a reason', async ({ page, open, api, mail, ready }) => {
    const client = await newClient({ profileId: (await newProfile()).id });
    const address = billingOf(client);
    await charge(client, '10.00');
    const sent = () => mail.messages.find(({ to }) => to.includes(address));
    await until('the email has arrived', () => sent() !== undefined);

    // What the provider of the mail server reports.
    const source = await api.post<{ readonly secret: string }>('/v1/webhook-sources', { name: 'walk-provider' });
    const data = { messageId: sent()?.messageId, code: '5.1.1', detail: '550 5.1.1 User unknown' };
    const body = JSON.stringify({ type: 'email.bounced', data });
    const at = new Date();
    const headers = {
      ...{ 'content-type': 'application/json', 'webhook-id': 'walk-1' },
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(source.secret).sign('walk-1', at, body),
    };
    const reported = await fetch(`${ready.api}/v1/mail-bounces/walk-provider`, { method: 'POST', headers, body });
    expect(reported.status).toBe(200);

    await open(`/clients/${client.id}`);
    await page.getByText(`Emails to ${address} came back. Correct the address.`).waitFor();
    await open('/bounced-addresses');
    const row = page.getByRole('row', { name: new RegExp(address) });
    await row.getByText('550 5.1.1 User unknown').waitFor();
    await row.getByText(address).click();
    const asked = page.getByRole('dialog', { name: `Clear ${address}?` });
    await asked.getByRole('textbox', { name: 'Reason' }).fill('they corrected it');
    await asked.getByRole('button', { name: 'Clear' }).click();
    await page.getByText('Address cleared').waitFor();
    await row.waitFor({ state: 'detached' });
  });
});
