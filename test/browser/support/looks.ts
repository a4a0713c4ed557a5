import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** The rules whose result depends on the theme. */
export const ofColors = ['color-contrast', 'link-in-text-block'];

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly help: string;
    readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[];
  }[];
}

/** What axe finds wrong with what the page shows now, a line for each element. */
export async function violations(page: Page, runOnly = standards): Promise<string[]> {
  // By the debugging protocol, which the page's Content-Security-Policy does not bind.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource);
  const run = `axe.run(document, ${JSON.stringify({ runOnly, resultTypes: ['violations'] })})`;
  const results = await page.evaluate<AxeResults>(run);
  return results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary = '' }) => `${id} (${help}): ${target.join(' ')}\n  ${failureSummary}`),
  );
}

/** How many pixels the page can be pushed sideways; a table that scrolls within its own frame is none of them. */
export function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** The times that are shown in part only: a box around them, narrower than they are, hides the rest. */
export function cutTimes(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const isCut = (time: Element): boolean => {
      const { right } = time.getBoundingClientRect();
      for (let box = time.parentElement; box && box !== document.body; box = box.parentElement) {
        const hides = getComputedStyle(box).overflowX === 'hidden' && box.clientWidth > 1;
        if (hides && right > box.getBoundingClientRect().right + 1) return true;
      }
      return false;
    };
    return [...document.querySelectorAll('main time')].filter(isCut).map((time) => time.textContent);
  });
}

/** Waits until nothing is asked of the service and nothing moves any more: what shows then stays. */
export async function still(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.evaluate(async () => {
    const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });
}
