import { newName } from '../support/clients.js';
import { journey } from '../support/journey.js';

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
      page.getByRole('button', { name: 'File', exact: true }).click(),
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
