import type { Page } from 'playwright-core';
import { newName } from '../../support/clients.js';
import { journey } from '../../support/journey.js';
import { violations } from '../../support/looks.js';

async function openOperation(page: Page, docs: string, route: string): Promise<void> {
  await page.goto(`${docs}#?route=${route}`);
  await page.getByRole('button', { name: 'EXECUTE' }).waitFor();
}

const statusLine = (page: Page, text: RegExp) => page.locator('api-request').getByText(text).first();

describe('API documentation', () => {
  journey('I try a call in my session, and one that changes something', async ({ page, ready }) => {
    await openOperation(page, ready.docs, 'get-/v1/meta');
    await page.getByText('Calls are made as').waitFor();
    await page.getByRole('button', { name: 'EXECUTE' }).click();
    await statusLine(page, /OK \(200\)/).waitFor();
    await page.locator('api-request').getByText('serverTime').first().waitFor();

    // Without the token of the session, it would be 403 csrf_invalid.
    await openOperation(page, ready.docs, 'post-/v1/clients');
    await page.getByText('BODY', { exact: true }).click();
    const body = { name: newName('Docs Telecom'), currency: 'USD' };
    await page.locator('textarea.request-body-param-user-input').fill(JSON.stringify(body));
    await page.getByRole('button', { name: 'EXECUTE' }).click();
    await statusLine(page, /Created \(201\)/).waitFor();
  });

  journey(
    'without a login I enter a key, and nothing of it stays in the browser',
    async ({ page, ready }) => {
      await page.goto(ready.docs);
      await page.getByText('To try a call, enter an API key').waitFor();
      await page.getByRole('link', { name: 'Authentication' }).click();
      await page.locator('input.api-key-input[name="api-key"]').fill(ready.apiKey);
      await page.getByRole('button', { name: 'SET' }).click();
      await openOperation(page, ready.docs, 'get-/v1/meta');
      await page.getByRole('button', { name: 'EXECUTE' }).click();
      await statusLine(page, /OK \(200\)/).waitFor();
      const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
      expect(kept).not.toContain(ready.apiKey);
    },
    { as: null },
  );

  journey('I find an operation by keyboard alone', async ({ page, ready }) => {
    await page.goto(ready.docs);
    const filter = page.locator('#nav-bar-search');
    await filter.waitFor();
    await filter.focus();
    await page.keyboard.type('Record a charge');
    const found = page.locator('.nav-bar-path').filter({ hasText: 'Record a charge', visible: true }).first();
    await found.waitFor();
    while (!(await found.evaluate((element) => element.matches(':focus')))) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Record a charge' }).waitFor();
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    journey(
      `it is accessible, ${colorScheme}`,
      async ({ page, ready }) => {
        await openOperation(page, ready.docs, 'post-/v1/payments');
        // Good practice besides the standard is the affair of the component.
        expect(await violations(page, ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])).toEqual([]);
      },
      { colorScheme },
    );
  }
});
