import { en } from './en';
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
  return Object.hasOwn(en, key);
}

let ukrainian: Dictionary | null = null;

/** Fetches the words of a language, and those of the calendars; the page waits for it before it draws. */
export async function loadLanguage(): Promise<void> {
  if (language() !== 'uk' || ukrainian !== null) return;
  const [{ uk }] = await Promise.all([import('./uk'), import('dayjs/locale/uk')]);
  ukrainian = uk;
}

export const isLoaded = (): boolean => language() !== 'uk' || ukrainian !== null;

function textOf(key: Key): Text {
  if (language() === 'uk') return ukrainian?.[key] ?? en[key];
  return language() === 'qps' ? pseudo(en[key]) : en[key];
}

const rules = (): Intl.PluralRules => pluralRules(intlLocale());
