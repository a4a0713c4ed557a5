import type { Page } from 'playwright-core';
import { credentialsOf } from '../../support/people.js';
import { journey, openPage } from '../../support/journey.js';

async function logIn(page: Page, { email, password }: { email: string; password: string }): Promise<void> {
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
}

describe('logging in', () => {
  journey(
    'with the printed login I get to where I was going, and log out again',
    async ({ page, ready }) => {
      await page.goto(`${ready.api}/settings?tab=system`);
      await logIn(page, await credentialsOf('admin'));

      await page.getByRole('tab', { name: 'System health', selected: true }).waitFor();
      await page.getByRole('button', { name: /^Profile menu of/ }).click();
      await page.getByRole('menuitem', { name: 'Log out' }).click();
      await page.getByRole('heading', { name: 'Log in' }).waitFor();

      await page.goto(`${ready.api}/clients`);
      await page.getByRole('heading', { name: 'Log in' }).waitFor();
    },
    { as: null },
  );

  journey(
    'after too many wrong passwords it is throttled, and says for how long',
    async ({ page, ready }) => {
      await page.goto(`${ready.api}/login`);
      for (let tries = 0; tries < 5; tries++) {
        await logIn(page, { email: 'stranger@company-name.example', password: `not this one ${tries}` });
        await page.getByRole('alert').getByText('Wrong email or password.').waitFor();
      }
      await logIn(page, { email: 'stranger@company-name.example', password: 'nor this one' });
      await page.getByRole('alert').getByText('Too many attempts. Try again in 15 minutes.').waitFor();
    },
    { as: null },
  );

  journey(
    'a session that I end elsewhere asks for the login, and I go on where I was',
    async ({ page, open, another }) => {
      await open('/me');
      const elsewhere = await another();
      await openPage(elsewhere, '/settings?tab=system');

      await page.reload();
      await page
        .getByRole('button', { name: /^Log out .* at 127\.0\.0\.1$/ })
        .first()
        .click();
      await page.getByText('Session ended').waitFor();

      await elsewhere.getByRole('tab', { name: 'Users' }).click();
      await elsewhere.getByText('Log in to continue.').waitFor();
      await logIn(elsewhere, await credentialsOf('admin'));
      await elsewhere.getByRole('tab', { name: 'Users', selected: true }).waitFor();
    },
  );
});
