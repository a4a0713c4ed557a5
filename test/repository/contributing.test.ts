import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(__dirname, '../..');
const page = readFileSync(path.join(root, 'docs/contributing.md'), 'utf8');

/** Paths in the text that are whole: without a placeholder or a choice. */
const named = [...page.matchAll(/`((?:src|web|test|docs|scripts)\/[\w./-]+\.\w+)`/g)].map(([, file = '']) => file);

test('every file that the page on contributing names exists', () => {
  expect(named.length).toBeGreaterThan(25);
  expect(named.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
});

test('every npm script that it names exists', () => {
  const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const asked = [...page.matchAll(/`npm run (\w+)`/g)].map(([, name = '']) => name);
  expect(asked.length).toBeGreaterThan(3);
  expect(asked.filter((name) => !(name in scripts))).toEqual([]);
});

test('each worked change lists as many files as its heading says, one an entry', () => {
  const sections = page.split(/^### /m).slice(1);
  const counted = sections.map((section) => {
    const [, name = '', files = ''] = /^(.*?): (\d+) files/.exec(section) ?? [];
    const entries = [...section.matchAll(/^\d+\. (.*)$/gm)].map(([, text = '']) => text);
    return { name, files: Number(files), entries: entries.filter((text) => text.includes('`')).length };
  });
  expect(counted).toHaveLength(6);
  expect(counted.filter(({ files, entries }) => files !== entries)).toEqual([]);
});
