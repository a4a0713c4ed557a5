import { useSyncExternalStore } from 'react';
import { usableTag } from './intl';
import { readSaved, save } from './saved';

/** The languages of the page; `qps` is the pseudo-locale of development and tests (`?lang=qps`). */
export const languages = ['en', 'uk'] as const;
export type Language = (typeof languages)[number];
export type ShownLanguage = Language | 'qps';

const kept = 'lowwater.language';
const listeners = new Set<() => void>();
let current: ShownLanguage = firstLanguage();

export const language = (): ShownLanguage => current;

export function isLanguage(text: unknown): text is Language {
  return languages.some((known) => known === text);
}

/** Changes the language of the whole page; `main.tsx` draws it again. */
export function setLanguage(next: ShownLanguage): void {
  if (next === current) return;
  current = next;
  if (next !== 'qps') save(kept, next);
  for (const listener of listeners) listener();
}

export function useLanguage(): ShownLanguage {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}

/** For Intl: the variant that the browser prefers (en-GB, en-US) where it speaks the page's language. */
export function intlLocale(): string {
  const base = current === 'qps' ? 'en' : current;
  return spokenTags().find((tag) => tag === base || tag.startsWith(`${base}-`)) ?? base;
}

function firstLanguage(): ShownLanguage {
  if (typeof location === 'undefined') return 'en';
  const asked = new URLSearchParams(location.search).get('lang');
  if (asked === 'qps' || isLanguage(asked)) return asked;
  const last = readSaved(kept);
  if (isLanguage(last)) return last;
  const spoken = spokenTags()
    .map((tag) => tag.split('-')[0])
    .find(isLanguage);
  return spoken ?? 'en';
}

/** The languages of the browser, as far as Intl accepts them: some browsers have none, or made-up tags. */
function spokenTags(): string[] {
  const { languages: preferred, language: first } = globalThis.navigator ?? {};
  const tags: readonly unknown[] = Array.isArray(preferred) && preferred.length > 0 ? preferred : [first];
  return tags.flatMap((tag) => usableTag(tag) ?? []);
}
