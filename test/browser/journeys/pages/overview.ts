import type { Page } from 'playwright-core';
import { until } from '../../../support/run/lowwater.js';
import { journey } from '../../support/journey.js';
import { stage } from '../../support/stage.js';

/** A number on the overview, and the address that it leads to. */
interface LinkedNumber {
  readonly text: string;
  readonly href: string;
}

const dayMs = 86_400_000;

describe('the overview', () => {
  journey('each number leads to a list with as many rows', async ({ page, open }) => {
    await open('/?range=24h');
    await page.getByRole('link', { name: /^Monitored/ }).waitFor();
    await page.getByText('Below the threshold').waitFor();
    await page.getByText('Clients by state').waitFor();
    // The demo's traffic continues, so a balance can change between two reads: then all are read again.
    await until('numbers and lists agree', async () => {
      const numbers = await linkedNumbers(page);
      expect(numbers.length).toBeGreaterThanOrEqual(10);
      const totals = await Promise.all(numbers.map(({ href }) => totalOf(href)));
      return numbers.every(({ text }, index) => Number(text.replaceAll(',', '')) === totals[index]);
    });
    await page.getByText('Counts active and stopped clients. Deleted clients are not counted.').waitFor();
  });

  journey('charts over 30 days begin with the first data, step by step', async ({ page, open }) => {
    await open('/');
    await page.getByText('30 d', { exact: true }).click();
    await page.waitForURL(/range=30d/);
    await until('both charts say since when', async () => (await page.getByText(/^Data since /).count()) === 2);
    const curves = page.locator('.recharts-area-curve');
    await curves.first().waitFor();
    const paths = await curves.evaluateAll((found) => found.map((curve) => curve.getAttribute('d') ?? ''));
    expect(paths.length).toBeGreaterThanOrEqual(4);
    for (const path of paths) expect(ramps(path)).toEqual([]);
    await page.getByRole('button', { name: 'View as table' }).nth(1).click();
    await page.getByRole('columnheader', { name: 'Unlimited' }).waitFor();
    await page.getByRole('button', { name: 'View as chart' }).click();
  });
});

/** Tiles and entries of legends that show a number. */
async function linkedNumbers(page: Page): Promise<LinkedNumber[]> {
  return page.getByRole('main').evaluate((main) =>
    [...main.querySelectorAll('a')].flatMap((link) => {
      const number = link.querySelector('[class*="value"], b');
      return number ? [{ text: number.textContent ?? '', href: link.getAttribute('href') ?? '' }] : [];
    }),
  );
}

const lists: Readonly<Record<string, string>> = {
  '/clients': '/v1/clients',
  '/notifications': '/v1/notifications',
  '/credit': '/v1/temporary-credits',
};

async function totalOf(href: string): Promise<number> {
  const { pathname, searchParams } = new URL(href, 'http://page.example');
  const list = lists[pathname];
  if (list === undefined) throw new Error(`no list is known for ${href}`);
  if (searchParams.get('from') === '-24h') searchParams.set('from', new Date(Date.now() - dayMs).toISOString());
  searchParams.set('include', 'total');
  const { total } = await stage().api.get<{ total: number }>(`${list}?${searchParams.toString()}`);
  return total;
}

/** Segments of a path that are neither horizontal nor vertical. */
function ramps(path: string): string[] {
  const points = path.split(/[ML]/).flatMap((part) => (part ? [part.split(',').map(Number)] : []));
  return points.flatMap(([x, y], index) => {
    const before = points[index - 1];
    return before && before[0] !== x && before[1] !== y ? [`${before.join(',')} to ${x},${y}`] : [];
  });
}
