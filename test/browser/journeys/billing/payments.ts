import { newClient, newName } from '../../support/clients.js';
import { journey } from '../../support/journey.js';
import { rejectPayment } from '../../support/payments.js';

describe('payments', () => {
  journey('I look for a payment by the beginning of its id, see its total, and whose it is', async (scene) => {
    const { page, open, api } = scene;
    const mark = newName('wire').replace(' ', '-');
    const client = await newClient();
    const amounts = { [`${mark}-1`]: '10.00', [`${mark}-2`]: '30.50' };
    for (const [id, amount] of Object.entries(amounts)) {
      await api.post(`/v1/clients/${client.id}/payments`, { id, amount, currency: 'USD', note: 'bank transfer' });
    }
    await rejectPayment(mark);

    await open('/');
    await page.keyboard.press('g');
    await page.keyboard.press('y');
    await page.getByRole('heading', { level: 1, name: 'Payments' }).waitFor();
    await page.getByRole('searchbox', { name: 'Search' }).fill(mark.toUpperCase());
    // The list follows when the typing has paused.
    await page.waitForURL(/[?&]q=/);
    await page
      .getByRole('status', { name: 'Total' })
      .getByText(/^40\.50/)
      .waitFor();
    expect(await page.getByRole('row').count()).toBe(3);

    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download CSV' }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/^payments-.*\.csv$/);

    await page.getByRole('link', { name: `${mark}-2` }).click();
    const shown = page.getByRole('dialog', { name: 'Payment' });
    await shown.getByRole('heading', { name: /^30\.50.USD on / }).waitFor();
    await shown.getByText('bank transfer').waitFor();
    await shown.getByRole('link', { name: client.name }).click();
    await page.getByRole('heading', { level: 1, name: client.name }).waitFor();

    // A payment that was rejected is found where it is: among the events.
    await open(`/payments?q=${mark}`);
    await page.getByText('1 rejected payment matches this ID').waitFor();
    await page.getByRole('link', { name: 'Show events' }).click();
    await page.getByRole('row', { name: new RegExp(`Payment ${mark} of`) }).waitFor();
  });
});
