import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { mailKinds, variablesOf } from '../../src/mail/variables';
import { headingAnchors } from '../support/docs/markdown';

const root = path.join(__dirname, '../..');

/** The migrations are left out: their checksums cover their comments. */
const sources = ['src', 'web/src', 'test'].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs|css|json)$/.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name))),
);

const lines = sources.flatMap((file) =>
  readFileSync(path.join(root, file), 'utf8')
    .split('\n')
    .map((text, index) => ({ place: `${file}:${index + 1}`, text })),
);

/** Places whose text points to a heading of docs/manuals.md that is not in `anchors`. */
function brokenPointers(texts: typeof lines, anchors: readonly string[]): string[] {
  return texts.flatMap(({ place, text }) =>
    [...text.matchAll(/docs\/manuals\.md(?:#([a-z0-9-]+))?/g)]
      .filter(([, anchor]) => anchor === undefined || !anchors.includes(anchor))
      .map(([pointer]) => `${place} ${pointer}`),
  );
}

function citesByNumber(text: string): boolean {
  return /\bmanuals?\s+\d/i.test(text);
}

const self = path.relative(root, __filename);
const exceptingFile = path.join(path.dirname(self), 'language.test.ts');
const manuals = readFileSync(path.join(root, 'docs/manuals.md'), 'utf8');
const anchors = headingAnchors(manuals);

describe('comments that cite a manual', () => {
  // The other file lists docs/manuals.md as a file whose words it excepts.
  const citing = lines.filter(({ place }) => !place.startsWith(`${self}:`) && !place.startsWith(`${exceptingFile}:`));

  test('point to a heading of docs/manuals.md', () => {
    expect(citing.filter(({ text }) => text.includes('docs/manuals.md#')).length).toBeGreaterThan(20);
    expect(brokenPointers(citing, anchors)).toEqual([]);
  });

  test('do not give its number', () => {
    expect(citing.filter(({ text }) => citesByNumber(text)).map(({ place }) => place)).toEqual([]);
  });

  test.each([
    ['a heading that does not exist', '// see docs/manuals.md#no-heading', true],
    ['the page without a heading', '// see docs/manuals.md', true],
    ['a heading', '// see docs/manuals.md#credit', false],
  ])('%s is found: %s', (_what, text, isBroken) => {
    expect(brokenPointers([{ place: 'sample', text }], anchors).length > 0).toBe(isBroken);
  });

  test.each([
    ['/** The table of manual 4. */', true],
    ['/** Manuals 0 and 1 */', true],
    ['a manual check', false],
  ])('%s cites by number: %s', (text, does) => {
    expect(citesByNumber(text)).toBe(does);
  });
});

describe('what docs/manuals.md says is there', () => {
  const quoted = [...new Set([...manuals.matchAll(/`([^`\n]+)`/g)].map(([, text]) => String(text)))];
  const api = readFileSync(path.join(root, 'web/src/api/schema.ts'), 'utf8');
  const withoutNames = (address: string): string => address.replace(/\{\w+\}/g, '{}');

  test('is an address of the API', () => {
    const known = new Set(
      [...api.matchAll(/['"](\/v1\/[^'"]*)['"]/g)].map(([, address]) => withoutNames(String(address))),
    );
    const named = quoted.flatMap((text) => /^(?:[A-Z]+ )?(\/v1\/\S+)$/.exec(text)?.[1] ?? []);
    expect(named.length).toBeGreaterThan(25);
    expect(named.filter((address) => !known.has(withoutNames(address)))).toEqual([]);
  });

  test('is a field or a value of the API, or a variable of templates', () => {
    const variables = new Set(mailKinds.flatMap((kind) => variablesOf(kind).map((variable) => variable.path)));
    const named = quoted.filter((text) => /^[A-Za-z_]+(\.[A-Za-z_]+)*$/.test(text));
    expect(named.length).toBeGreaterThan(50);
    const isKnown = (text: string): boolean =>
      variables.has(text) || new RegExp(`\\b${text.split('.').at(-1) ?? ''}\\b`).test(api);
    expect(named.filter((text) => !isKnown(text))).toEqual([]);
  });

  test('is a page or a tab with this name', () => {
    const folder = path.join(root, 'web/src/i18n/en');
    const words = readdirSync(folder).map((name) => readFileSync(path.join(folder, name), 'utf8'));
    const named = [...manuals.matchAll(/\b(?:pages?|tabs?) \[?([A-Z]\w*(?: \w+)?)/g)].map(([, name]) => String(name));
    expect(named.length).toBeGreaterThan(15);
    // The name may end before the second word: "tab Credit of the client".
    const isLabel = (name: string): boolean =>
      words.some((text) => text.includes(`'${name}'`) || text.includes(`"${name}"`));
    expect(named.filter((name) => !isLabel(name) && !isLabel(name.split(' ')[0] ?? ''))).toEqual([]);
  });
});
