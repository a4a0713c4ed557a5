import { newName } from '../../support/clients.js';
import { journey } from '../../support/journey.js';
import { startReceiver, verify } from '../../../support/webhooks/receiver.js';

describe('outgoing webhooks', () => {
  journey('I create an endpoint, test it, and find the test in the log', async ({ page, open }) => {
    const receiver = await startReceiver();
    const name = newName('switch');
    try {
      await open('/developers?tab=endpoints');
      await page.getByRole('button', { name: 'Create endpoint' }).first().click();
      const form = page.getByRole('dialog', { name: 'Create endpoint' });
      await form.getByRole('textbox', { name: 'Name' }).fill(name);
      await form.getByRole('textbox', { name: 'URL' }).fill('https://10.0.0.1/hooks');
      await form.getByRole('button', { name: 'Create endpoint' }).click();
      await form.getByText(/public host: private/).waitFor();
      await form.getByRole('textbox', { name: 'URL' }).fill(receiver.url);
      await form.getByRole('button', { name: 'Create endpoint' }).click();
      const shown = page.getByRole('dialog', { name: 'Signing secret' });
      const secret = /whsec_[\w+/=]+/.exec(await shown.innerText())?.[0] ?? '';
      await shown.getByRole('button', { name: 'I have saved it' }).click();

      await page
        .getByRole('row', { name: new RegExp(name) })
        .getByText(name)
        .click();
      const endpoint = page.getByRole('dialog', { name: 'Endpoint' });
      await endpoint.getByRole('button', { name: 'Send test' }).click();
      await endpoint.getByText('The receiver accepted the test with status 204.').waitFor();
      await receiver.arrived(1);
      const [message] = receiver.received;
      if (!message) throw new Error('nothing arrived');
      verify(secret, message);

      await endpoint.getByRole('link', { name: 'Open delivery log' }).click();
      await page.getByRole('row', { name: /Test/ }).getByText('Accepted').click();
      await page.getByRole('dialog', { name: 'Webhook delivery' }).getByText('Accepted, status 204').waitFor();
    } finally {
      await receiver.stop();
    }
  });
});
