import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { credentialsOf, type Person } from './people.js';
import { stage, type Stage } from './stage.js';

const picturesFolder = path.resolve(__dirname, '../../../.cache/browser');

/** How the browser of a journey is, where it matters; else 1280 px wide, English, UTC, and without motion. */
export interface Setting extends BrowserContextOptions {
  /** the user who is logged in; null: no user */
  readonly as?: Person | null;
}

export interface Scene extends Stage {
  readonly page: Page;
  /** Goes to a page of Lowwater and waits until its title is there. */
  open(address: string): Promise<void>;
  /** Opens the browser of another user, or another browser of the same user. */
  another(setting?: Setting): Promise<Page>;
}

/** Tests one way of a user through the pages, in its own browser. A failure leaves a screenshot. */
export function journey(name: string, walk: (scene: Scene) => Promise<void>, setting: Setting = {}): void {
  test(name, async () => {
    const contexts: BrowserContext[] = [];
    const faults: string[] = [];
    const another = async (wish: Setting = {}): Promise<Page> => {
      const context = await contextOf(wish);
      contexts.push(context);
      const page = await context.newPage();
      noteFaults(page, faults);
      return page;
    };
    try {
      const page = await another(setting);
      await walk({ ...stage(), page, another, open: (address) => openPage(page, address) });
      expect(faults).toEqual([]);
    } catch (error) {
      throw await withPicture(error, name, contexts);
    } finally {
      await Promise.all(contexts.map((context) => context.close()));
    }
  });
}

let visited: Promise<BrowserContext> | undefined;

/**
 * Tests one page as the administrator sees it. All visits share one browser, whose login and cache are not what they test:
 * what a visit leaves in it must not matter to the next one.
 */
export function visit(name: string, walk: (page: Page) => Promise<void>): void {
  test(name, async () => {
    const faults: string[] = [];
    const context = await (visited ??= contextOf({}));
    const page = await context.newPage();
    noteFaults(page, faults);
    try {
      await walk(page);
      expect(faults).toEqual([]);
    } catch (error) {
      throw await withPicture(error, name, [context]);
    } finally {
      await page.close();
    }
  });
}

/** Goes to a page behind the login and waits for its title. */
export async function openPage(page: Page, address: string): Promise<void> {
  await page.goto(`${stage().ready.api}${address}`);
  await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor();
}

async function contextOf({ as = 'admin', ...options }: Setting): Promise<BrowserContext> {
  const { browser, ready } = stage();
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    locale: 'en-US',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(20_000);
  if (as === null) return context;
  const answer = await context.request.post(`${ready.api}/v1/session`, { data: await credentialsOf(as) });
  if (!answer.ok()) throw new Error(`${as} could not log in: ${answer.status()} ${await answer.text()}`);
  return context;
}

/** Uncaught errors, broken pages, and what the page's own policy forbids are faults, whatever the page shows. */
function noteFaults(page: Page, faults: string[]): void {
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    // That an answer was no success is for the journey to judge.
    const isAnswer = message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !isAnswer) faults.push(`${page.url()}: ${message.text()}`);
  });
}

async function withPicture(error: unknown, name: string, contexts: readonly BrowserContext[]): Promise<unknown> {
  const pages = contexts.flatMap((context) => context.pages());
  mkdirSync(picturesFolder, { recursive: true });
  const files: string[] = [];
  for (const [index, page] of pages.entries()) {
    const file = path.join(picturesFolder, `${name.replaceAll(/\W+/g, '-')}-${index + 1}.png`);
    // The browser may be what failed.
    await page.screenshot({ path: file }).then(
      () => files.push(`${page.url()}: ${file}`),
      () => undefined,
    );
  }
  if (error instanceof Error) error.message += `\n\nWhat was seen:\n${files.join('\n')}`;
  return error;
}
