import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { until } from '../../../support/run/lowwater.js';
import { newClient, newName } from '../../support/clients.js';
import { journey } from '../../support/journey.js';

/** The names in the list of clients, in the order shown. */
async function namesShown(page: Page): Promise<string[]> {
  const rows = page.getByRole('region', { name: 'Clients, table' }).getByRole('row');
  return rows.getByRole('link').allInnerTexts();
}

describe('the list of clients', () => {
  journey('filters stand in the address, Back takes the last one away, a view brings them all again', async (scene) => {
    const { page, open } = scene;
    await open('/clients');
    await page.getByRole('button', { name: 'Edit filter Status: Active' }).waitFor();
    await page.getByRole('searchbox', { name: 'Search' }).fill('Vendor');
    await page.getByText('Customer A', { exact: true }).waitFor({ state: 'detached' });
    await page.waitForURL(/q=Vendor/);
    await page.getByText(/^Rows 1 – 3 of 3/).waitFor();
    expect((await namesShown(page)).sort()).toEqual(['Vendor A', 'Vendor B', 'Vendor C']);

    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('menuitem', { name: 'Save view' }).click();
    const view = newName('Vendors');
    await page.getByLabel('View name').fill(view);
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByText('View saved').waitFor();

    await page.getByRole('link', { name: 'Vendor A' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Vendor A' }).waitFor();
    await page.goBack();
    await page.getByRole('button', { name: view }).waitFor();
    expect(await page.getByRole('searchbox', { name: 'Search' }).inputValue()).toBe('Vendor');
    await page.getByRole('button', { name: 'Clear search' }).click();
    await page.getByRole('link', { name: 'Customer A' }).first().waitFor();
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('menuitem', { name: view }).click();
    await page.getByText('Customer A', { exact: true }).waitFor({ state: 'detached' });
    expect(new URL(page.url()).searchParams.get('q')).toBe('Vendor');
  });

  journey('nothing matches: it says so, and one button shows all again', async ({ page, open }) => {
    await open('/clients?q=nobody-is-called-so');
    await page.getByText('No matches').waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).last().click();
    await page.getByRole('link', { name: 'Customer A' }).first().waitFor();
  });

  journey('the CSV holds the rows and columns that I see', async ({ page, open }) => {
    await open('/clients?q=Vendor&sort=-name');
    await page.getByRole('link', { name: 'Vendor C' }).first().waitFor();
    const shown = await namesShown(page);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download CSV' }).click(),
    ]);
    const [head = '', ...lines] = readFileSync(await download.path(), 'utf8')
      .trim()
      .split(/\r?\n/);
    const column = head
      .replace(/^\uFEFF/, '')
      .split(',')
      .indexOf('Name');
    expect(lines.map((line) => line.split(',')[column])).toEqual(shown);
    expect(shown).toEqual(['Vendor C', 'Vendor B', 'Vendor A']);
  });

  journey(
    'the manager of a reseller sees its own clients and no others, not even by their address',
    async ({ page, open, ready, api }) => {
      const [foreign] = await api.list('/v1/clients?q=Customer%20A');
      await open('/clients');
      await page.getByRole('link', { name: 'Customer D' }).first().waitFor();
      expect((await namesShown(page)).sort()).toEqual(['Customer C', 'Customer D']);
      await page.goto(`${ready.api}/clients/${foreign?.id}`);
      await page.getByRole('heading', { level: 1, name: 'Client not found' }).waitFor();
    },
    { as: 'manager' },
  );

  journey(
    'times are those of the zone that I choose',
    async ({ page, open }) => {
      const client = await newClient();
      await open(`/clients/${client.id}?tab=settings`);
      const created = page.getByRole('row', { name: /Created/ }).or(page.getByText('Created').locator('..'));
      const mine = await created.first().innerText();
      await page.getByRole('button', { name: 'Time zone, theme, and language' }).click();
      await page
        .getByRole('menuitemradio', { name: 'UTC' })
        .or(page.getByRole('menuitem', { name: 'UTC' }))
        .click();
      await until('the time is that of UTC', async () => (await created.first().innerText()) !== mine);
    },
    { timezoneId: 'Asia/Tokyo' },
  );

  journey('by keyboard alone: I find a client, have it checked, and come back', async ({ page, open }) => {
    const client = await newClient({ openingBalance: '5.00' });
    await open('/clients');
    const press = async (...keys: string[]): Promise<void> => {
      for (const key of keys) await page.keyboard.press(key);
    };
    await press('/');
    await page.keyboard.type(client.name);
    await page.getByText(/^Rows 1 – 1 of 1/).waitFor();
    await press('Tab', 'j');
    await page.locator(':focus').filter({ hasText: client.name }).waitFor();
    await press('Enter');
    await page.getByRole('heading', { level: 1, name: client.name }).waitFor();

    const check = page.getByRole('button', { name: 'Check now' }).first();
    await check.waitFor();
    for (let steps = 0; steps < 60 && !(await check.evaluate((button) => button === document.activeElement)); steps++) {
      await press('Tab');
    }
    await press('Enter');
    await page.getByText(/^Checked: /).waitFor();

    await press('Control+k');
    // What is typed before the field has the focus is lost.
    await page.locator('input[placeholder^="Client, email, payment ID"]:focus').waitFor();
    await page.keyboard.type('profiles');
    await page.getByRole('dialog').getByText('g p').waitFor();
    await press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Profiles' }).waitFor();
    await press('g', 'c');
    await page.getByRole('heading', { level: 1, name: 'Clients' }).waitFor();
    await press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await press('Escape');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor({ state: 'detached' });
  });
});

describe('a deleted client', () => {
  journey('is restored from the list, and removed completely after its name was typed', async ({ page, api, open }) => {
    const client = await newClient();
    await open(`/clients?q=${encodeURIComponent(client.name)}&status=all`);
    const act = async (action: string): Promise<void> => {
      await page.getByRole('button', { name: `Actions for ${client.name}` }).click();
      await page.getByRole('menuitem', { name: action, exact: true }).click();
    };
    const dialog = page.getByRole('dialog');
    const confirm = async (button: string): Promise<void> => {
      await dialog.getByRole('textbox', { name: 'Reason' }).fill('a journey');
      await dialog.getByRole('button', { name: button }).click();
      await dialog.waitFor({ state: 'detached' });
    };
    await act('Delete');
    await confirm('Delete client');
    await page.getByText(`${client.name} deleted`).waitFor();
    await act('Restore client');
    await confirm('Restore client');
    await page.getByText(`${client.name} restored`).waitFor();
    expect(await api.get(`/v1/clients/${client.id}`)).toMatchObject({ status: 'stop' });

    await act('Delete');
    await confirm('Delete client');
    const statusNow = async (): Promise<string> =>
      (await api.get<{ status: string }>(`/v1/clients/${client.id}`)).status;
    await until('the client is deleted', async () => (await statusNow()) === 'deleted');
    await act('Full Delete');
    expect(await dialog.getByRole('button', { name: 'Full Delete' }).isDisabled()).toBe(true);
    await dialog.getByRole('textbox', { name: client.name }).fill(client.name);
    await confirm('Full Delete');
    await page.getByRole('heading', { level: 1, name: 'Full Delete' }).waitFor();
    await page.getByText(/^removed: .*workflow executions [1-9]/).waitFor();
    await page.getByText('Removed client').waitFor();
  });
});

describe('client templates', () => {
  journey('a template is created, and gives a client a value that its settings show', async ({ page, open }) => {
    const client = await newClient();
    const name = newName('Carriers');
    await open('/clients');
    await page.getByRole('button', { name: 'Client templates' }).click();
    await page.getByRole('button', { name: 'Create client template' }).first().click();
    await page.getByRole('textbox', { name: 'Name' }).fill(name);
    await page.getByRole('button', { name: 'Set Origination capacity' }).click();
    await page.getByLabel('Origination capacity', { exact: true }).fill('61');
    await page.getByRole('button', { name: 'Create client template' }).click();
    await page.getByRole('heading', { level: 1, name }).waitFor();

    await open(`/clients/${client.id}?tab=settings`);
    await page.getByRole('button', { name: 'Change template' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'Client template' }).fill(name);
    await page.getByRole('option', { name }).click();
    await dialog.getByRole('row', { name: /Origination capacity.*61/ }).waitFor();
    await dialog.getByRole('button', { name: 'Change template' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('link', { name }).click();
    await page.getByText('1 client has this template.').waitFor();
  });
});
