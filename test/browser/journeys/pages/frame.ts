import { newClient } from '../../support/clients.js';
import { journey, openPage } from '../../support/journey.js';
import { violations } from '../../support/looks.js';
import { until } from '../../../support/run/lowwater.js';

describe('around every page', () => {
  journey('I switch to Ukrainian and back, and it is kept for my next login', async ({ page, open, another }) => {
    await open('/settings');
    await page.getByRole('button', { name: 'Time zone, theme, and language' }).click();
    await page
      .getByRole('menuitemradio', { name: 'Українська' })
      .or(page.getByRole('menuitem', { name: 'Українська' }))
      .click();
    await page.getByRole('heading', { level: 1, name: 'Налаштування' }).waitFor();
    expect(await page.getAttribute('html', 'lang')).toBe('uk');
    expect(await violations(page)).toEqual([]);

    const elsewhere = await another();
    await openPage(elsewhere, '/settings');
    await elsewhere.getByRole('heading', { level: 1, name: 'Налаштування' }).waitFor();

    await page.getByRole('button', { name: 'Часовий пояс, тема й мова' }).click();
    await page
      .getByRole('menuitemradio', { name: 'English' })
      .or(page.getByRole('menuitem', { name: 'English' }))
      .click();
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
  });

  journey('the worker hangs: a banner says what that means; another worker takes over and it goes', async (scene) => {
    const { page, open, pidOf } = scene;
    await open('/settings?tab=system');
    const worker = pidOf('worker');
    process.kill(worker, 'SIGSTOP');
    try {
      const banner = page.getByRole('alert').filter({ hasText: 'No worker running' });
      await banner.waitFor({ timeout: 60_000 });
      await banner.getByText('Checks, notifications, and credit reverts are delayed.').waitFor();
    } finally {
      process.kill(worker, 'SIGKILL');
    }
    await until('another worker is started', () => pidOf('worker') !== worker);
    await page
      .getByRole('alert')
      .filter({ hasText: 'No worker running' })
      .waitFor({ state: 'detached', timeout: 60_000 });
  });

  journey(
    'with a viewer’s login what I may not do is closed and says why, and what I may not see is not there',
    async ({ page, open, ready }) => {
      await open('/profiles');
      const navigation = page.getByRole('navigation', { name: 'Pages' });
      await navigation.getByRole('link', { name: 'Clients' }).waitFor();
      expect(await navigation.getByRole('link', { name: 'Developers' }).count()).toBe(0);
      await page.goto(`${ready.api}/developers`);
      await page.getByRole('heading', { name: 'Page not found' }).waitFor();
    },
    { as: 'viewer' },
  );

  journey('the palette acts on the client that is open, by keyboard alone', async ({ page, open }) => {
    const client = await newClient({ openingBalance: '5.00' });
    await open(`/clients/${client.id}`);
    await page.keyboard.press('Control+K');
    const palette = page.getByRole('dialog', { name: 'Search or go to…' });
    await palette.getByRole('option', { name: `Record payment for ${client.name}` }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.type('record pay');
    await palette.getByRole('option', { name: `Record payment for ${client.name}`, selected: true }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Record payment' }).getByRole('textbox', { name: 'Amount' }).waitFor();
  });

  journey('the palette finds a client, and begins what I want with it there', async ({ page, open }) => {
    const client = await newClient({ openingBalance: '5.00' });
    await open('/profiles');
    await page.keyboard.press('Control+K');
    await page.getByRole('combobox', { name: 'Search or go to…' }).and(page.locator(':focus')).waitFor();
    await page.keyboard.type(`silence ${client.name}`);
    await page.getByRole('option', { name: `Silence ${client.name}`, selected: true }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: client.name }).waitFor();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Reason' }).waitFor();
    expect(new URL(page.url()).search).toBe('');
  });

  journey('my session expires: I log in again and am where I was', async ({ page, open, ready }) => {
    await open('/profiles?q=gold');
    await page.context().clearCookies();
    await page.getByRole('link', { name: 'Credit', exact: true }).click();
    await page.getByRole('textbox', { name: 'Email' }).waitFor();
    await page.getByRole('textbox', { name: 'Email' }).fill(ready.login?.email ?? '');
    await page.getByLabel('Password', { exact: true }).fill(ready.login?.password ?? '');
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('heading', { level: 1, name: 'Credit' }).waitFor();
  });

  journey('a browser with an odd language and odd saved settings shows the page', async ({ page, open }) => {
    await page.addInitScript(() => {
      for (const name of ['languages', 'language'])
        Object.defineProperty(navigator, name, { get: () => (name === 'languages' ? ['en-US@posix'] : 'en-US@posix') });
      localStorage.setItem('lowwater.language', '{"broken');
      localStorage.setItem('lowwater.zone', 'mars');
      localStorage.setItem('mantine-color-scheme-value', '[]');
    });
    await open('/clients');
    await open('/');
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  });

  journey('a chunk that is missing after a deploy: the page loads itself anew, once', async ({ page, open }) => {
    await open('/profiles');
    await page.route('**/page.json', (route) => route.fulfill({ json: { id: 'another-build' } }));
    await page.route('**/assets/rates-*.js', (route) => route.abort());
    await page.getByRole('link', { name: 'Exchange rates' }).click();
    await page.getByRole('heading', { name: 'Part of the page could not be loaded' }).waitFor();
    await page.getByRole('button', { name: 'Copy details' }).waitFor();
    expect(await violations(page)).toEqual([]);
    expect(new URL(page.url()).pathname).toBe('/rates');
  });
});
