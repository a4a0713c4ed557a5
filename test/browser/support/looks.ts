import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly help: string;
    readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[];
  }[];
}

/** What axe finds wrong with what the page shows now, a line for each element. */
export async function violations(page: Page): Promise<string[]> {
  // By the debugging protocol, which the page's Content-Security-Policy does not bind.
  await page.evaluate(axeSource);
  const run = `axe.run(document, ${JSON.stringify({ runOnly: standards, resultTypes: ['violations'] })})`;
  const results = await page.evaluate<AxeResults>(run);
  return results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary = '' }) => `${id} (${help}): ${target.join(' ')}\n  ${failureSummary}`),
  );
}

/** How many pixels the page can be pushed sideways; a table that scrolls within its own frame is none of them. */
export function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/**
 * Words that the page shows, or says to a screen reader, that came past the dictionary: with the pseudo-locale every text
 * of it stands in square brackets.
 *
 * @param data matches what is no text of the page: names of clients, amounts, ids
 */
export async function untranslated(page: Page, data: RegExp): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node instanceof Element ? node : node.parentElement;
      if (!element || element.closest('script, style, noscript, code, pre, iframe, [translate=no], [lang]:not(html)')) {
        continue;
      }
      if (node instanceof Text) found.push(node.data);
      else
        for (const name of ['aria-label', 'title', 'placeholder', 'alt']) found.push(element.getAttribute(name) ?? '');
    }
    return found;
  });
  const rests = texts
    // Texts stand in texts, as an amount in a sentence: from the innermost outwards.
    .map((text) => stripBrackets(text).replaceAll(data, ' ').trim())
    .filter((text) => /\p{L}{2,}/u.test(text));
  return [...new Set(rests)];
}

function stripBrackets(text: string): string {
  const stripped = text.replaceAll(/\[[^[\]]*\]/g, ' ');
  return stripped === text ? text : stripBrackets(stripped);
}
