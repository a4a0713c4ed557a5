import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { en } from '../../web/src/i18n/en';
import { setLanguage } from '../../web/src/i18n/language';
import { pseudo } from '../../web/src/i18n/pseudo';
import { t } from '../../web/src/i18n/t';
import type { Dictionary, Text } from '../../web/src/i18n/text';
import { uk } from '../../web/src/i18n/uk';

const english: Dictionary = en;
const source = path.resolve(__dirname, '../../web/src');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name));
// The build writes some texts into the document itself.
const code = [...files.filter((name) => !/^i18n[\\/](en|uk)[\\/]/.test(name)), '../vite.config.ts'].map((name) => ({
  name,
  text: withoutComments(readFileSync(path.join(source, name), 'utf8')),
}));

const textIn = (name: string): string => code.find((one) => one.name === name)?.text ?? '';

/** The files of the page that a file imports, at once or later. */
function importsOf(name: string): string[] {
  return [...textIn(name).matchAll(/(?:from |import |import\()'(\.[^']+)'/g)].flatMap(([, address = '']) => {
    const target = path.posix.join(path.posix.dirname(name), address);
    return [`${target}.ts`, `${target}.tsx`, `${target}/index.ts`, `${target}/index.tsx`].filter((file) =>
      files.includes(file),
    );
  });
}

/** A file and all that it leads to, except through those that are left out. */
function reached(name: string, except: readonly string[] = [], found = new Set<string>()): Set<string> {
  if (found.has(name) || except.includes(name) || name.startsWith('i18n/')) return found;
  found.add(name);
  for (const next of importsOf(name)) reached(next, except, found);
  return found;
}

describe('the words of the page', () => {
  it('are the same keys in both languages', () => {
    expect(Object.keys(uk).sort()).toEqual(Object.keys(en).sort());
  });

  it('stand in the file of their area', () => {
    for (const name of files.filter((file) => /^i18n[\\/](en|uk)[\\/](?!index)/.test(file))) {
      // An area with many texts has several files: `clients-fields.ts`.
      const [area] = path.basename(name, '.ts').split('-');
      const keys = [...readFileSync(path.join(source, name), 'utf8').matchAll(/^ {2}'?([\w.-]+)'?:/gm)];
      expect(keys.map(([, key]) => key).filter((key) => !key?.startsWith(`${area}.`))).toEqual([]);
    }
  });

  it('are all there that the code asks for', () => {
    const wanted = code.flatMap(({ name, text }) =>
      [...text.matchAll(/\b(?:t|rich|template)\(\s*'([^']+)'/g)].map(([, key]) => ({ name, key: key ?? '' })),
    );
    expect(wanted.filter(({ key }) => !(key in english))).toEqual([]);
  });

  it('are there wherever they are used', () => {
    const late = readdirSync(path.join(source, 'i18n/late')).map((name) => path.basename(name, '.ts'));
    expect(late.length).toBeGreaterThan(5);
    for (const area of late) {
      const uses = (name: string): boolean => textIn(name).includes(`'${area}.`) || textIn(name).includes(`\`${area}.`);
      // A module that brings them does so for all that it leads to.
      const bringing = files.filter((name) => importsOf(name).includes(`i18n/late/${area}.ts`));
      expect([area, bringing.some((name) => [...reached(name)].some(uses))]).toEqual([area, true]);
      expect([area, [...reached('main.tsx', bringing)].filter(uses)]).toEqual([area, []]);
    }
  });

  it('are all in use', () => {
    const all = code.map(({ text }) => text).join('\n');
    // A key may be made from what the API answers: `why.${reason}`; then only its beginning is in the code.
    const stems = [...all.matchAll(/[`']([a-z][\w-]*(?:\.[\w-]+)*\.)(?:\$\{|')/g)].map(([, stem]) => stem ?? '');
    const unused = Object.keys(en).filter(
      (key) => !key.startsWith('common.') && !all.includes(`'${key}'`) && !stems.some((stem) => key.startsWith(stem)),
    );
    expect(unused).toEqual([]);
  });

  it.each(Object.keys(en))('have the same variables in both languages: %s', (key) => {
    expect(variablesOf(uk[key] ?? '')).toEqual(variablesOf(english[key] ?? ''));
  });

  it('have every plural form of their language', () => {
    for (const [dictionary, locale] of [
      [english, 'en'],
      [uk, 'uk'],
    ] as const) {
      const wanted = [...new Intl.PluralRules(locale).resolvedOptions().pluralCategories].sort();
      for (const [key, text] of Object.entries(dictionary)) {
        if (typeof text !== 'string') expect({ key, forms: Object.keys(text).sort() }).toEqual({ key, forms: wanted });
      }
    }
  });

  it('leave no English sentence in Ukrainian', () => {
    const same = Object.keys(en).filter((key) => {
      const [there, here] = [uk[key], english[key]];
      return typeof here === 'string' && there === here && /[a-z]{3,} [a-z]{3,}/.test(here);
    });
    expect(same).toEqual([]);
  });
});

describe('the pseudo-locale', () => {
  it('marks and lengthens words, and leaves variables alone', () => {
    expect(pseudo('Rows {from} of {n}')).toBe('[Röwš {from} öf {n}~~~~~~]');
    expect(pseudo({ one: 'a', other: 'b' })).toEqual({ one: '[á~]', other: '[b~]' });
  });

  it('replaces every text of the page', () => {
    setLanguage('qps');
    expect(t('common.save')).toMatch(/^\[.*\]$/);
  });
});

function withoutComments(text: string): string {
  return text.replace(/^\s*(\/?\*|\/\/).*$/gm, '');
}

function variablesOf(text: Text): string[] {
  const forms = typeof text === 'string' ? [text] : Object.values<string>({ ...text });
  const names = forms.flatMap((form) => [...form.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''));
  // A form may leave the number out: "one client".
  return [...new Set(names)].filter((name) => name !== 'n' || typeof text === 'string').sort();
}
