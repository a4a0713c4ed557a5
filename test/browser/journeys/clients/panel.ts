import type { Page } from 'playwright-core';
import { newClient } from '../../support/clients.js';
import { journey } from '../../support/journey.js';
import { sidewaysScroll, still, violations } from '../../support/looks.js';
import { stage } from '../../support/stage.js';

const password = 'violet tractor lamp 9';
const another = 'amber kettle window 5';

const paths = ['/', '/notices', '/payments', '/card', '/charges', '/invoices', '/settings'];

/** Registers a card in the form of the gateway, pays with it, is declined with another one, and removes it. */
async function paysByCard(page: Page, address: string): Promise<void> {
  const enter = async (button: string, card: RegExp): Promise<void> => {
    await page.getByRole('button', { name: button }).click();
    await page.getByRole('radio', { name: card }).check();
    await page.getByRole('button', { name: 'Save card' }).click();
    await page.getByText('Card registered').first().waitFor();
  };
  const pay = async (amount: string): Promise<void> => {
    await page.getByLabel('Amount').fill(amount);
    await page.getByRole('button', { name: 'Pay now' }).click();
  };
  await page.goto(address);
  await enter('Register card', /Approved/);
  await page.getByText('Visa ending in 1111, valid until 2030-12').waitFor();
  await page.getByRole('button', { name: 'Pay now' }).click();
  await page.getByText('Required').waitFor();
  await pay('0.50');
  await page.getByText(/Must be 1\.00 USD to/).waitFor();
  await pay('12.50');
  await page
    .getByRole('status')
    .getByText(/12\.50.*paid/)
    .waitFor();
  await page.getByRole('row', { name: /Pay now.*Approved.*12\.50/ }).waitFor();
  await still(page);
  expect(await violations(page)).toEqual([]);
  await enter('Replace card', /pick up the card/);
  await pay('9.00');
  await page
    .getByRole('status')
    .getByText(/Pick up card.*Replace it/)
    .waitFor();
  await page.getByRole('button', { name: 'Remove card' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove card' }).click();
  await page.getByText('No card yet.').waitFor();
  await page.goto(address.replace(/card$/, ''));
  await page
    .locator('[data-available]')
    .getByText(/112\.50/)
    .waitFor();
}

describe('the client panel', () => {
  journey('I give a client access, and it sees its balance, changes its password, and logs out', async (scene) => {
    const { page, open } = scene;
    const { id } = await newClient({
      name: 'Panel Telecom',
      openingBalance: '75.00',
      billingEmail: 'panel@client.example',
    });
    await stage().api.post('/v1/payments', { id: `panel-${id}`, clientId: id, amount: '25.00', currency: 'USD' });

    await open(`/clients/${id}/edit`);
    await page.getByRole('checkbox', { name: 'Client panel' }).check();
    await page.getByRole('textbox', { name: 'Panel login' }).fill('panel-telecom');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await open(`/clients/${id}?tab=settings`);
    await page.getByRole('button', { name: 'Set password' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('New password', { exact: true }).fill(password);
    await dialog.getByRole('button', { name: 'Set password' }).click();
    await page.getByText('Panel password set').waitFor();

    const theirs = await scene.another({ as: null });
    const panel = `${stage().ready.api}/panel`;
    await theirs.goto(panel);
    await theirs.getByRole('heading', { name: 'Log in to the client panel' }).waitFor();
    expect(await violations(theirs)).toEqual([]);
    const logIn = async (word: string): Promise<void> => {
      await theirs.getByLabel('Login').fill('panel-telecom');
      await theirs.getByLabel('Password', { exact: true }).fill(word);
      await theirs.getByRole('button', { name: 'Log in' }).click();
    };
    await logIn(password);
    await theirs.getByRole('heading', { name: 'Overview' }).waitFor();
    expect(await theirs.locator('[data-available]').innerText()).toMatch(/^100\.00\sUSD$/);

    for (const path of paths) {
      await theirs.goto(`${panel}${path}`);
      await theirs.getByRole('main').getByRole('heading', { level: 1 }).waitFor();
      await still(theirs);
      for (const colorScheme of ['light', 'dark'] as const) {
        await theirs.emulateMedia({ colorScheme });
        expect({ path, colorScheme, found: await violations(theirs) }).toEqual({ path, colorScheme, found: [] });
      }
      await theirs.setViewportSize({ width: 400, height: 740 });
      await still(theirs);
      expect({ path, sideways: await sidewaysScroll(theirs) }).toEqual({ path, sideways: 0 });
      await theirs.setViewportSize({ width: 1280, height: 900 });
    }

    await theirs.goto(`${panel}/payments`);
    await theirs.getByRole('row', { name: /Payment.*25\.00/ }).waitFor();
    await paysByCard(theirs, `${panel}/card`);
    await theirs.goto(`${panel}/settings`);
    await theirs.getByLabel('Current password').fill(password);
    await theirs.getByLabel('New password', { exact: true }).fill(another);
    await theirs.getByRole('button', { name: 'Change password' }).click();
    await theirs.getByText('Password changed').first().waitFor();
    await theirs.getByRole('button', { name: 'Log out' }).click();
    await theirs.getByRole('heading', { name: 'Log in to the client panel' }).waitFor();
    await logIn(password);
    await theirs.getByRole('alert').waitFor();
    await logIn(another);
    await theirs.getByRole('heading', { name: 'Overview' }).waitFor();
  });

  journey(
    'it speaks Ukrainian to a Ukrainian client, and no staff session opens it',
    async ({ page, another: other }) => {
      const panelLogin = 'panel-kyiv';
      const { id } = await newClient({ name: 'Kyiv Telecom', locale: 'uk', clientPanel: true, panelLogin });
      await stage().api.post(`/v1/clients/${id}/panel/password`, { password });
      await page.goto(`${stage().ready.api}/panel`);
      await page.getByRole('heading', { name: 'Log in to the client panel' }).waitFor();
      const theirs = await other({ as: null });
      await theirs.goto(`${stage().ready.api}/panel`);
      await theirs.getByLabel('Login').fill(panelLogin);
      await theirs.getByLabel('Password', { exact: true }).fill(password);
      await theirs.getByRole('button', { name: 'Log in' }).click();
      await theirs.getByRole('heading', { name: 'Огляд' }).waitFor();
      await theirs.goto(`${stage().ready.api}/`);
      await theirs.getByRole('button', { name: /Log in|Увійти/ }).waitFor();
    },
  );
});
