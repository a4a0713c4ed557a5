import type { Page } from 'playwright-core';
import { cutTimes, ofColors, sidewaysScroll, still, violations } from '../../support/looks.js';
import { journey, openPage, visit } from '../../support/journey.js';
import { pages, resolved } from '../../support/pages.js';
import { Answers, untranslated } from '../../support/words.js';

/** A desk, a laptop, the same at 200 % zoom, and a small telephone: what a page is laid out for, in CSS pixels. */
const desk = { width: 1440, height: 900 };
const laptop = { width: 1280, height: 900 };
const zoomedTwice = { width: 640, height: 450 };
const telephone = { width: 360, height: 740 };

async function openWhole(page: Page, address: string): Promise<void> {
  await openPage(page, await resolved(address));
  await still(page);
}

describe('every page', () => {
  for (const { name, address } of pages) {
    visit(
      `${name}: accessible in both themes, wide and narrow; no wider than any screen; no word past the dictionary`,
      async (page) => {
        // From the first load on: the browser answers some requests of the second from its cache.
        const answers = Answers.hearing(page);
        await openWhole(page, address);
        expect(await violations(page)).toEqual([]);
        await page.emulateMedia({ colorScheme: 'dark' });
        expect(await violations(page, ofColors)).toEqual([]);
        for (const size of [laptop, desk, zoomedTwice, telephone]) {
          await page.setViewportSize(size);
          await still(page);
          const found = { sideways: await sidewaysScroll(page), cut: await cutTimes(page) };
          expect({ ...size, ...found }).toEqual({ ...size, sideways: 0, cut: [] });
        }
        expect(await violations(page)).toEqual([]);

        await page.setViewportSize(laptop);
        const whole = await resolved(address);
        await openWhole(page, `${whole}${whole.includes('?') ? '&' : '?'}lang=qps`);
        expect(await untranslated(page, answers)).toEqual([]);
      },
    );
  }

  journey(
    'the login too: accessible, and not wider than the screen',
    async ({ page, ready }) => {
      await page.goto(`${ready.api}/login`);
      await page.getByRole('heading', { name: 'Log in' }).waitFor();
      expect(await violations(page)).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await violations(page)).toEqual([]);
      await page.setViewportSize(telephone);
      expect(await sidewaysScroll(page)).toBe(0);
    },
    { as: null },
  );
});

describe('the checks of every page can fail', () => {
  journey('a button without a name, grey on grey: both are found', async ({ page, open }) => {
    await open('/me');
    expect(await violations(page)).toEqual([]);
    await page.evaluate(() => {
      const twin = document.createElement('div');
      twin.innerHTML = '<button></button><p style="color:#aaa;background:#fff">hardly to be read</p>';
      document.querySelector('main')?.append(twin);
    });
    const found = (await violations(page)).map((line) => line.split(' ')[0]);
    expect(new Set(found)).toEqual(new Set(['button-name', 'color-contrast']));
  });

  journey('a box that is wider than the telephone', async ({ page, open }) => {
    await page.setViewportSize(telephone);
    await open('/me');
    await page.evaluate(() => {
      const twin = document.createElement('div');
      twin.style.width = '500px';
      twin.textContent = 'too wide';
      document.querySelector('main')?.append(twin);
    });
    expect(await sidewaysScroll(page)).toBeGreaterThan(0);
  });

  journey('a time in a cell that ends in dots', async ({ page, open }) => {
    await open('/credit?tab=history');
    await page.locator('main td time').first().waitFor();
    expect(await cutTimes(page)).toEqual([]);
    await page.evaluate(() => {
      for (const cell of document.querySelectorAll<HTMLElement>('main td')) {
        Object.assign(cell.style, { maxWidth: '40px', overflow: 'hidden' });
      }
    });
    expect((await cutTimes(page)).length).toBeGreaterThan(0);
  });

  journey('a text past the dictionary', async ({ page, open }) => {
    const answers = Answers.hearing(page);
    await open('/me?lang=qps');
    await still(page);
    await page.evaluate(() => document.querySelector('main')?.append('Forgotten words'));
    expect(await untranslated(page, answers)).toEqual(['Forgotten words']);
  });
});
