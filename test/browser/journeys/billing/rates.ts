import { until } from '../../../support/run/lowwater.js';
import { newName } from '../../support/clients.js';
import { journey } from '../../support/journey.js';

const day = 86_400_000;
const later = (days: number): string => new Date(Date.now() + days * day).toISOString();

describe('rate notifications', () => {
  journey('wait for the day of their agreement, are sent before it, and are found with their file', async (scene) => {
    const { page, api, open, mail } = scene;
    const name = newName('Carrier');
    const agreement = newName('Weekly');
    const address = 'rates@rates-walk.example';
    const received = () => mail.messages.filter(({ to }) => to.includes(address));

    await open('/billing?tab=agreements');
    await page.getByRole('button', { name: 'Create agreement' }).first().click();
    const form = page.getByRole('dialog', { name: 'Create agreement' });
    await form.getByRole('textbox', { name: 'Name' }).fill(agreement);
    // Longer than the rate below leaves: the next notification would be too late for it, whatever the hour is now.
    await form.getByLabel('Increases', { exact: true }).fill('7');
    await form.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByRole('row', { name: new RegExp(agreement) }).waitFor();
    const [{ id: agreementId } = { id: '' }] = await api.list(`/v1/agreements?q=${encodeURIComponent(agreement)}`);

    const table = await api.post('/v1/rate-tables', { name, currency: 'USD', agreementId });
    await api.post('/v1/clients', {
      ...{ name, currency: 'USD', rateNotification: true, rateNotificationFormat: 'csv', ratesEmail: address },
      ...{ originationRateTableId: table.id },
    });
    await api.post(`/v1/rate-tables/${table.id}/rates`, { code: '380', rate: '1', effectiveFrom: later(-30) });
    await api.post(`/v1/rate-tables/${table.id}/rates`, { code: '380', rate: '2', effectiveFrom: later(0.5) });

    await open(`/rate-tables/${table.id}?tab=notifications`);
    await page.getByText('Scheduled').first().waitFor();
    await page.getByRole('row', { name: new RegExp(agreement) }).click();
    const preview = page.getByRole('dialog', { name: `Rates of ${name} for ${name}` });
    await preview.getByText(agreement).waitFor();
    await preview.getByText('Correction', { exact: true }).click();
    await preview.getByText('No rates to send').first().waitFor();
    await preview.getByText('Send now', { exact: true }).first().click();
    await preview.getByRole('cell', { name: 'Increased' }).waitFor();
    await preview.getByRole('button', { name: 'Send now' }).click();
    await page.getByText(`Rate notification of ${name} queued`).waitFor();
    await until('the rates', () => received().length === 1);

    await open(`/rate-notifications?q=${encodeURIComponent(name)}`);
    const sent = page.getByRole('row', { name: /Send now/ });
    await sent.getByText('Accepted').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      sent.getByRole('link', { name: /csv/ }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/\.csv$/);
  });
});
