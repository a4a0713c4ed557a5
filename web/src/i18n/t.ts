import type { en } from './en';
import { enCore } from './en/core';
import { numberFormat, pluralRules } from './intl';
import { intlLocale, language } from './language';
import { pseudo } from './pseudo';
import { fill, formOf, type Dictionary, type Text, type Variables } from './text';

/** `area.key`; the areas are the files of `en/`. */
export type Key = keyof typeof en;

/**
 * The text of a key in the language of the page. A key with plural forms picks by the variable `n`.
 *
 * @example t('list.selected', { n: 3 })
 */
export function t(key: Key, variables: Variables = {}): string {
  return fill(textOf(key), variables, rules(), numberFormat(intlLocale()));
}

/** The text with its variables still in braces, for `rich`. */
export function template(key: Key, n?: number): string {
  return formOf(textOf(key), n, rules());
}

/** Whether there is such a text: for keys made from what the API answers (`why.` + reason). */
export function isKey(key: string): key is Key {
  return Object.hasOwn(english, key);
}

const english: Record<string, Text> = { ...enCore };
/** of areas that came with their pages; the others are loaded with the language */
const lateUkrainian: Record<string, Text> = {};
let ukrainian: Dictionary | null = null;

/** Adds the words of an area that comes with the pages that use it: the modules of `late/` call it. */
export function addTexts(area: Dictionary, translation: Dictionary): void {
  Object.assign(english, area);
  Object.assign(lateUkrainian, translation);
}

/** Fetches the words of a language, and those of the calendars; the page waits for it before it draws. */
export async function loadLanguage(): Promise<void> {
  if (language() !== 'uk' || ukrainian !== null) return;
  const [{ ukCore }] = await Promise.all([import('./uk/core'), import('dayjs/locale/uk')]);
  ukrainian = ukCore;
}

export const isLoaded = (): boolean => language() !== 'uk' || ukrainian !== null;

function textOf(key: Key): Text {
  const text = english[key] ?? key;
  if (language() === 'uk') return ukrainian?.[key] ?? lateUkrainian[key] ?? text;
  return language() === 'qps' ? pseudo(text) : text;
}

const rules = (): Intl.PluralRules => pluralRules(intlLocale());
