import { isKey, t } from '../../i18n/t';

/** A field of an entry in words; what this page does not know yet, as the API names it. */
export function fieldName(path: string): string {
  return path.split('.').map(nameOf).join(' · ');
}

function nameOf(name: string): string {
  const key = `audit.field.${name}`;
  return isKey(key) ? t(key) : name;
}
