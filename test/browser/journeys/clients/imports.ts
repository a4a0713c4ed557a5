import { newName } from '../../support/clients.js';
import { journey } from '../../support/journey.js';

describe('an import of clients', () => {
  journey('goes from a file to its clients, and gives back the rows that were refused', async (scene) => {
    const { page, api, open } = scene;
    const [good, bad] = [newName('Imported'), newName('Refused')];
    const csv = `Client;Currency;Balance;Notes\n${good};USD;12.50;x\n${bad};none;;\n`;

    await open('/clients');
    await page.getByRole('button', { name: 'Import clients' }).click();
    await page.getByRole('heading', { level: 1, name: 'Import clients' }).waitFor();
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByLabel('File', { exact: true }).click(),
    ]);
    await chooser.setFiles({ name: 'clients.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    await page.getByRole('button', { name: 'Upload file' }).click();

    // Matched by the names of the columns; the last one is none of ours.
    const fieldOf = (column: string) => page.getByRole('combobox', { name: `Field of ${column}` });
    await fieldOf('Client').waitFor();
    expect(await fieldOf('Client').inputValue()).toBe('Name');
    expect(await fieldOf('Notes').inputValue()).toBe('');
    await page.getByRole('button', { name: 'Check rows' }).click();
    await page.getByText('Check complete: 1 valid, 1 invalid. No client was created yet.').waitFor();
    await page.getByRole('cell', { name: /ISO 4217/ }).waitFor();
    await page.getByRole('button', { name: 'Import 1 client' }).click();

    await page.getByText('Import ended. 1 done · 1 refused').waitFor();
    const found = await api.list(`/v1/clients?q=${encodeURIComponent(good)}`);
    expect(found).toMatchObject([{ name: good, openingBalance: '12.50' }]);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download rejects' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('clients-rejects.csv');
    await page.getByRole('link', { name: 'Open job' }).click();
    await page.getByRole('link', { name: good }).waitFor();
    await page.getByText('Row 2 of the import').waitFor();
  });
});

describe('rate tables', () => {
  journey('are created, filled from a file, edited in place, and stashed', async (scene) => {
    const { page, api, open } = scene;
    const name = newName('Rates');
    await open('/rate-tables');
    await page.getByRole('button', { name: 'Create rate table' }).first().click();
    const form = page.getByRole('dialog');
    await form.getByRole('textbox', { name: 'Name' }).fill(name);
    await form.getByRole('combobox', { name: 'Currency' }).fill('USD');
    await page.getByRole('option', { name: /^USD/ }).click();
    await form.getByRole('button', { name: 'Create rate table' }).click();
    await page.getByRole('heading', { level: 1, name }).waitFor();

    await page.getByRole('button', { name: 'Import rates' }).click();
    const csv = 'Code,Rate,Effective Date\n380,0.10,2026-01-01\n380,0.12,2026-02-01\n48,x,2026-01-01\n';
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByLabel('File', { exact: true }).click(),
    ]);
    await chooser.setFiles({ name: 'rates.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    await page.getByRole('button', { name: 'Upload file' }).click();
    await page.getByRole('button', { name: 'Check rows' }).click();
    await page.getByText('Check complete: 2 valid, 1 invalid. No rate was changed yet.').waitFor();
    await page.getByRole('button', { name: 'Start import' }).click();
    await page.getByText(/Import ended\./).waitFor();
    await page.getByRole('link', { name: 'Open rate table' }).click();

    // The rate of a row is edited in its place, and the row after it is compared again.
    await page.getByRole('button', { name: /^0\.12\. Edit the rate of 380/ }).click();
    await page.getByRole('textbox', { name: 'Edit the rate of 380' }).fill('0.08');
    await page.keyboard.press('Enter');
    await page.getByText('Decreased').first().waitFor();
    await page.getByRole('button', { name: 'Actions for 380' }).first().click();
    await page.getByRole('menuitem', { name: 'Stash' }).click();
    await page.getByText('Rate stashed: 380').waitFor();
    const [table] = await api.list<{ readonly id: string }>(`/v1/rate-tables?q=${encodeURIComponent(name)}`);
    const rates = await api.list(`/v1/rate-tables/${table?.id}/rates`);
    expect(rates).toMatchObject([
      { rate: '0.1', status: 'stashed' },
      { rate: '0.08', prevDiffStatus: 'new' },
    ]);
  });
});
