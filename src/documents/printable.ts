/** Controls but line breaks, and marks that turn the reading direction around or take no room. */
const unprintable =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]/g;

const halves = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** A text on one line, without what a document can't show. */
export function oneLine(text: string): string {
  return printable(text).replace(/\s+/g, ' ').trim();
}

/** A text with its lines, of which there are at most so many; empty ones are left out. */
export function someLines(text: string, most: number): string {
  const lines = printable(text)
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '');
  if (lines.length <= most) return lines.join('\n');
  return [...lines.slice(0, most - 1), `${lines[most - 1] ?? ''}…`].join('\n');
}

function printable(text: string): string {
  return text
    .replace(/\r\n?|\u0085|\u2028|\u2029/g, '\n')
    .replace(/\t/g, ' ')
    .replace(unprintable, '')
    .replace(halves, '')
    .normalize('NFC');
}
