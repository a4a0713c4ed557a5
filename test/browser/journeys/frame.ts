import { journey, openPage } from '../support/journey.js';
import { violations } from '../support/looks.js';
import { until } from '../../support/lowwater.js';

describe('around every page', () => {
  journey('I switch to Ukrainian and back, and it is kept for my next login', async ({ page, open, another }) => {
    await open('/settings');
    await page.getByRole('button', { name: 'Language: English' }).click();
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

    await page.getByRole('button', { name: 'Мова: Українська' }).click();
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
});
