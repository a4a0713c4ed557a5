import type { Text } from './text';

const accented: Readonly<Record<string, string>> = {
  a: 'á', c: 'ç', e: 'é', i: 'í', n: 'ñ', o: 'ö', s: 'š', u: 'ü', y: 'ý', z: 'ž',
  A: 'Å', C: 'Č', E: 'É', I: 'Î', N: 'Ñ', O: 'Ö', S: 'Š', U: 'Ü', Y: 'Ý', Z: 'Ž',
}; // prettier-ignore

/**
 * The pseudo-locale `qps`: readable, about a third longer, in brackets. What shows without brackets on a page is not
 * translated; a bracket that is cut off has too little room.
 */
export function pseudo(text: Text): Text {
  if (typeof text === 'string') return pseudoString(text);
  // The same plural forms as were given, which fromEntries forgets.
  return Object.fromEntries(
    Object.entries(text).map(([form, words]) => [form, pseudoString(words)]),
  ) as unknown as Text;
}

function pseudoString(text: string): string {
  const letters = text.replace(/\{\w+\}|[a-zA-Z]/g, (part) => accented[part] ?? part);
  return `[${letters}${'~'.repeat(Math.ceil(text.length / 3))}]`;
}
