import { readFileSync } from 'node:fs';
import path from 'node:path';
import pages from '../browser/pages.json';

/** What the browser tests look at and what the pictures are taken of. */
test('every route of the page is among the pages of the browser tests', () => {
  const routes = readFileSync(path.resolve(__dirname, '../../web/src/app/routes.tsx'), 'utf8');
  const paths = [...routes.matchAll(/path: '([\w/:]+)', lazy/g)].map(([, route]) => `/${route}`);
  const looked = new Set(pages.map(({ address }) => address.replace(/\?.*/, '').replace(/:\w+/, ':id')));
  expect(paths.length).toBeGreaterThan(10);
  expect(paths.filter((route) => !looked.has(route))).toEqual([]);
});
