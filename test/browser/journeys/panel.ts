import { newClient } from '../support/clients.js';
import { journey } from '../support/journey.js';
import { sidewaysScroll, still, violations } from '../support/looks.js';
import { stage } from '../support/stage.js';

const password = 'violet tractor lamp 9';
const another = 'amber kettle window 5';

const paths = ['/', '/notices', '/payments', '/charges', '/invoices', '/settings'];

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
