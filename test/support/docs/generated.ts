import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Expects the part of a page of docs/ between `<!-- name: begin -->` and `<!-- name: end -->` to be `text`; with
 * `UPDATE_DOCS=1` writes it there.
 */
export function expectGenerated(page: string, name: string, text: string): void {
  const file = path.join(__dirname, '../../../docs', page);
  const before = readFileSync(file, 'utf8');
  const between = new RegExp(`(<!-- ${name}: begin -->\\n\\n)[^]*?(\\n\\n<!-- ${name}: end -->)`);
  expect(before).toMatch(between);
  const wanted = before.replace(between, (_all, begin: string, end: string) => `${begin}${text}${end}`);
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(file, wanted);
  else expect(before).toBe(wanted);
}

/** A table as prettier writes it; the first row is its head. */
export function markdownTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |`;
  const [head = [], ...rest] = rows;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rest.map(line)].join('\n');
}
