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
