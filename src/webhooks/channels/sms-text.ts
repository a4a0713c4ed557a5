/**
 * Text of an SMS. It travels in the GSM 7-bit alphabet (3GPP TS 23.038), 160 characters in one segment and 153 in each of
 * several; with any other character in UCS-2, 70 and 67.
 */

const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** Each counts as two: it follows an escape. */
const extended = new Set('\f^{}\\[~]|€');

/** Typographic characters that would double the price of an SMS, by what is sent instead. */
const plain = new Map([
  ['\u00a0', ' '],
  ['\u202f', ' '],
  ['‘', "'"],
  ['’', "'"],
  ['“', '"'],
  ['”', '"'],
  ['«', '"'],
  ['»', '"'],
  ['–', '-'],
  ['—', '-'],
  ['−', '-'],
  ['…', '...'],
]);

interface Alphabet {
  readonly single: number;
  readonly several: number;
  readonly ellipsis: string;
  sizeOf(character: string): number;
}

const gsm7: Alphabet = {
  single: 160,
  several: 153,
  ellipsis: '...',
  sizeOf: (character) => (extended.has(character) ? 2 : 1),
};
const ucs2: Alphabet = { single: 70, several: 67, ellipsis: '…', sizeOf: (character) => character.length };

/** Segments that one message may take. */
const maxSegments = 3;

/** The text as it is sent: at most three segments, cut with an ellipsis. */
export function smsText(text: string): string {
  const sent = [...text].map((character) => plain.get(character) ?? character).join('');
  const alphabet = alphabetOf(sent);
  const room = maxSegments * alphabet.several;
  if (sizeOf(sent, alphabet) <= room) return sent;
  let size = alphabet.ellipsis.length;
  let kept = '';
  for (const character of sent) {
    size += alphabet.sizeOf(character);
    if (size > room) break;
    kept += character;
  }
  return `${kept.trimEnd()}${alphabet.ellipsis}`;
}

/** How many segments a text takes. */
export function smsSegments(text: string): number {
  const alphabet = alphabetOf(text);
  const size = sizeOf(text, alphabet);
  return size <= alphabet.single ? 1 : Math.ceil(size / alphabet.several);
}

function alphabetOf(text: string): Alphabet {
  return [...text].every((character) => basic.has(character) || extended.has(character)) ? gsm7 : ucs2;
}

function sizeOf(text: string, alphabet: Alphabet): number {
  return [...text].reduce((sum, character) => sum + alphabet.sizeOf(character), 0);
}
