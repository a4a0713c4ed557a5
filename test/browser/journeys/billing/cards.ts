import { newClient } from '../../support/clients.js';
import { journey } from '../../support/journey.js';

describe('cards', () => {
  journey(
    'I register the card of a client at the gateway, and it is charged because the balance is low',
    async (scene) => {
      const { page, open } = scene;
      const client = await newClient({
        autoPayment: true,
        autoPaymentThreshold: '50.00',
        autoPaymentExtraAmount: '100.00',
      });
      await open(`/clients/${client.id}?tab=autopay`);
      await page.getByRole('button', { name: 'Register card' }).click();
      const dialog = page.getByRole('dialog', { name: 'Enter the card in the form of the gateway' });
      await dialog.getByRole('button', { name: 'Card is saved' }).click();
      await dialog.getByText('No card was entered at the gateway.').waitFor();
      const opened = page.context().waitForEvent('page');
      await dialog.getByRole('link', { name: 'Open form' }).click();
      const form = await opened;
      await form.getByRole('radio', { name: /Approved/ }).check();
      await form.getByRole('button', { name: 'Save card' }).click();
      await form.getByRole('heading', { level: 1 }).waitFor();
      await form.close();
      await dialog.getByRole('button', { name: 'Card is saved' }).click();
      await page.getByText('Visa ending in 1111, valid until 2030-12').waitFor();
      await page
        .getByRole('row', { name: /Automatic/ })
        .getByText('Approved')
        .waitFor();
    },
  );
});
