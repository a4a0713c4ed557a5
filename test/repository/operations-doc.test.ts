import { readFileSync } from 'node:fs';
import path from 'node:path';
import { loadConfig, settingNames } from '../../src/config.js';

const text = readFileSync(path.join(__dirname, '../../docs/operations.md'), 'utf8');

/** Rows `| \`NAME\` | default | meaning |` of the tables under "Settings". */
const rows = new Map(
  text
    .slice(text.indexOf('\n## Settings'), text.indexOf('\n## Balance sources'))
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter(([, name]) => name !== undefined && /^`[A-Z_]+`$/.test(name))
    .map(([, name, fallback, meaning]) => [String(name).replaceAll('`', ''), { fallback, meaning }]),
);

describe('docs/operations.md, "Settings"', () => {
  test('has a row for every setting, and none for another', () => {
    expect([...rows.keys()].sort()).toEqual([...settingNames].sort());
  });

  test.each([...settingNames])('tells the default and the meaning of %s', (name) => {
    const actual = Object.entries(loadConfig({})).find(([key]) => key === name)?.[1];

    expect(rows.get(name)?.fallback).toBe(actual === undefined ? 'not set' : `\`${String(actual)}\``);
    expect(rows.get(name)?.meaning?.length).toBeGreaterThan(10);
  });
});
