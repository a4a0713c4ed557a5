import { newClient } from '../support/clients.js';
import { journey } from '../support/journey.js';

describe('invoices', () => {
  journey('I create a draft, issue it, and it is paid; a reversal makes it due again', async (scene) => {
    const { page, open, api } = scene;
    const client = await newClient();
    await open(`/clients/${client.id}?tab=invoices`);
    await page.getByRole('button', { name: 'New invoice' }).click();
    const form = page.getByRole('dialog', { name: 'New invoice' });
    await form.getByRole('button', { name: 'Add line' }).click();
    await form.getByLabel('Line description').fill('Number porting');
    await form.getByLabel('Line amount').fill('15');
    await form.getByRole('button', { name: 'Create draft' }).click();

    const shown = page.getByRole('dialog', { name: 'Invoice' });
    await shown.getByText('Number porting').waitFor();
    await shown.getByRole('button', { name: 'Issue' }).click();
    await page.getByRole('dialog', { name: 'Issue this invoice?' }).getByRole('button', { name: 'Issue' }).click();
    await shown.getByText('Unpaid').waitFor();

    const id = `pay-${client.id}`;
    await api.post(`/v1/clients/${client.id}/payments`, { id, amount: '20.00', currency: 'USD' });
    await shown.getByText('Paid', { exact: true }).first().waitFor();

    await open(`/payments?payment=${client.id}/${id}`);
    const payment = page.getByRole('dialog', { name: 'Payment' });
    await payment.getByRole('button', { name: 'Reverse' }).click();
    const asked = page.getByRole('dialog', { name: 'Reverse this payment?' });
    await asked.getByRole('button', { name: 'Reverse' }).click();
    await payment.getByText('Reversed').waitFor();

    await open(`/clients/${client.id}?tab=invoices`);
    await page.getByRole('row', { name: /Unpaid/ }).waitFor();
  });
});
