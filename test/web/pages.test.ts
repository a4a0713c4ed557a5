import { pages } from '../../web/src/app/pages';
import walk from '../browser/pages.json';

/** The pages that the browser tests visit and the pictures show. */
test('every page is among the pages of the browser tests', () => {
  const visited = new Set(walk.map(({ address }) => address.replace(/\?.*/, '').replace(/:\w+/, ':id')));
  expect(pages.length).toBeGreaterThan(10);
  expect(pages.map(({ path }) => path.replace(/:\w+/, ':id')).filter((path) => !visited.has(path))).toEqual([]);
});

test('an address names one page', () => {
  expect(new Set(pages.map(({ path }) => path)).size).toBe(pages.length);
});
