import { newClient } from '../../support/clients.js';
import { journey } from '../../support/journey.js';
import { violations } from '../../support/looks.js';

describe('invoices', () => {
  journey('I create a draft, issue it, and it is paid; a reversal makes it due again', async (scene) => {
    const { page, open, api } = scene;
    const client = await newClient();
    await open(`/clients/${client.id}?tab=invoices`);
    await page.getByRole('button', { name: 'Create invoice' }).click();
    const form = page.getByRole('dialog', { name: 'Create invoice' });
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

  journey('the run that invoiced a client says which invoices it issued, and both reports have them', async (scene) => {
    const { page, open, api } = scene;
    const client = await newClient();
    await api.post(`/v1/clients/${client.id}/charges`, { id: `run-${client.id}`, amount: '12.50', currency: 'USD' });
    await api.post('/v1/jobs', {
      ...{ kind: 'invoice_now', parameters: {}, selection: { clientIds: [client.id] } },
      reason: 'end of the contract',
    });
    await open('/invoicing-runs?tab=runs');
    // The runs of the demo data, and this one.
    await page.getByRole('cell', { name: 'Invoicing run' }).first().waitFor();
    const run = page.getByRole('row', { name: /Issue invoices/ }).first();
    await run.getByText('Finished').waitFor();
    await run.getByRole('link').first().click();
    await page.getByRole('link', { name: client.name }).waitFor();
    await page
      .getByText(/12\.50 USD/)
      .first()
      .waitFor();

    await open(`/clients/${client.id}?tab=invoices`);
    await page
      .getByRole('row', { name: /Unpaid/ })
      .getByText('12.50')
      .first()
      .waitFor();

    await page.getByRole('tab', { name: 'Balance report' }).click();
    await page
      .getByRole('row', { name: /Closing balance/ })
      .getByText('12.50')
      .first()
      .waitFor();
    await page.getByText('Fixed', { exact: true }).click();
    await page.getByText('Payments minus invoices.').waitFor();
    await page
      .getByRole('row', { name: /Invoice/ })
      .getByText('12.50')
      .first()
      .waitFor();

    await open(`/reports?client=${client.id}&by=day`);
    const row = page.getByRole('row', { name: new RegExp(client.name) });
    await row.first().waitFor();
    expect(await row.getByText('12.50').count()).toBe(2);
    await open('/reports?per=reseller&by=month');
    await page
      .getByRole('row', { name: /Sub-Reseller B/ })
      .first()
      .waitFor();
    expect(await violations(page)).toEqual([]);
  });
});
