import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pageNumbers } from '../../../web/src/list/table/pages';

test('the page offers jumps as far as the API allows them', () => {
  const schema = readFileSync(path.join(__dirname, '../../../web/src/api/schema.ts'), 'utf8');
  const bounds = new Set(
    [...schema.matchAll(/Page number, within the first (\d+) rows/g)].map(([, rows]) => Number(rows)),
  );
  expect(bounds.size).toBe(1);
  const [rows = 0] = bounds;
  const numbers = pageNumbers(
    { data: [{}], total: 10 * rows, rowFrom: 1, hasMore: true, nextCursor: null, prevCursor: null },
    20,
  );
  expect(numbers?.last).toBe(rows / 20);
});
