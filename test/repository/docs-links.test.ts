import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { headingAnchors, withoutFences } from '../support/docs/markdown';

const root = path.join(__dirname, '../..');
const pages = [
  'README.md',
  'CHANGELOG.md',
  ...readdirSync(path.join(root, 'docs')).map((name) => `docs/${name}`),
].filter((name) => name.endsWith('.md'));

function withoutCode(markdown: string): string {
  return withoutFences(markdown).replace(/`[^`\n]*`/g, '');
}

function brokenLinks(page: string): string[] {
  const markdown = readFileSync(path.join(root, page), 'utf8');
  const links = [...withoutCode(markdown).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => String(link));
  return links.filter((link) => {
    if (/^[a-z]+:/.test(link)) return false;
    const [file = '', anchor] = link.split('#');
    const target = file === '' ? page : path.join(path.dirname(page), file);
    if (!existsSync(path.join(root, target))) return true;
    return (
      anchor !== undefined &&
      !headingAnchors(readFileSync(path.join(root, target), 'utf8')).includes(anchor.toLowerCase())
    );
  });
}

describe('the documents', () => {
  test.each(pages)('%s links to pages and headings that exist', (page) => {
    expect(brokenLinks(page)).toEqual([]);
  });

  test('can all be reached from docs/index.md', () => {
    const index = readFileSync(path.join(root, 'docs/index.md'), 'utf8');
    const missing = pages.filter((page) => page.startsWith('docs/') && page !== 'docs/index.md');

    expect(missing.filter((page) => !index.includes(`(${path.basename(page)})`))).toEqual([]);
  });
});
