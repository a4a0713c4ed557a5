import { isKey, t } from '../../i18n/t';

/** A field of an entry in words; what this page does not know yet, as the API names it. */
export function fieldName(path: string): string {
  return path.split('.').map(nameOf).join(' · ');
}

function nameOf(name: string): string {
  // Fields of clients have the names that their form has.
  const key = [`audit.field.${name}`, `clients.${name}`].find(isKey);
  return key === undefined ? name : t(key);
}
