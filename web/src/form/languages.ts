import { displayNames } from '../i18n/intl';
import { intlLocale } from '../i18n/language';

/** Languages of emails that are offered; the API takes any. */
const mailLanguages = ['en', 'uk', 'de', 'es', 'fr', 'it', 'pl', 'pt', 'ro', 'tr'] as const;

/** @param present offered too, unless it is empty */
export function languageOptions(present = ''): { value: string; label: string }[] {
  const names = displayNames(intlLocale(), { type: 'language' });
  const codes = new Set<string>([...mailLanguages, ...(present === '' ? [] : [present])]);
  return [...codes].map((value) => ({ value, label: names.of(value) }));
}
