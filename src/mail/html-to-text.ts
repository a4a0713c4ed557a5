/**
 * A readable plain text of a mail's HTML, for a template that has no text part. Links keep their address. One pass:
 * the time it takes grows with the length only, whatever is written.
 */
export function htmlToText(html: string): string {
  const out: string[] = [];
  let address: string | null = null;
  let linkStart = 0;
  let index = 0;
  while (index < html.length) {
    const open = html.indexOf('<', index);
    out.push(plainText(html.slice(index, open < 0 ? html.length : open)));
    if (open < 0) break;
    const tag = tagAt(html, open);
    index = tag.end;
    if (tag.name === 'a') {
      address = /href\s*=\s*["']([^"']{1,2000})/i.exec(tag.source)?.[1] ?? null;
      linkStart = out.length;
    } else if (tag.name === '/a' && address !== null) {
      out.push(linkAddress(address, out.slice(linkStart).join('')));
      address = null;
    } else {
      out.push(separator(tag.name));
    }
  }
  return tidy(out.join(''));
}

interface Tag {
  /** in small letters; `/td` for an end tag, '' for a comment and the like */
  readonly name: string;
  readonly source: string;
  /** behind the tag; behind the whole element where nothing of it is shown */
  readonly end: number;
}

function tagAt(html: string, open: number): Tag {
  if (html.startsWith('<!--', open)) return { name: '', source: '', end: behind(html, '-->', open) };
  const end = behind(html, '>', open);
  const source = html.slice(open, end);
  const name = /^<(\/?[a-z][a-z0-9]*)/i.exec(source)?.[1]?.toLowerCase() ?? '';
  const closing = hidden.get(name);
  if (!closing) return { name, source, end };
  closing.lastIndex = end;
  return { name: '', source: '', end: closing.exec(html) ? closing.lastIndex : html.length };
}

const hidden = new Map(['head', 'style', 'script', 'title'].map((name) => [name, new RegExp(`</${name}\\s*>`, 'gi')]));

function behind(html: string, text: string, from: number): number {
  const at = html.indexOf(text, from);
  return at < 0 ? html.length : at + text.length;
}

const paragraphs = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'ul', 'ol', 'table'].flatMap((name) => [name, `/${name}`]));
const lineEnds = new Set(['br', 'hr', '/div', '/tr']);

function separator(name: string): string {
  if (name === 'li') return '\n- ';
  if (name === '/td' || name === '/th') return '  ';
  if (paragraphs.has(name)) return '\n\n';
  return lineEnds.has(name) ? '\n' : '';
}

function linkAddress(address: string, words: string): string {
  const plain = plainText(address).replace(/^mailto:/, '');
  return words.includes(plain) ? '' : ` (${plain})`;
}

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  mdash: '—',
  ndash: '–',
  hellip: '…',
};

function plainText(html: string): string {
  return html
    .replace(/\s+/g, ' ')
    .replace(
      /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{2,6}));/gi,
      (whole: string, decimal?: string, hex?: string, name?: string) => {
        if (name !== undefined) return named[name.toLowerCase()] ?? whole;
        const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
        return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
      },
    );
}

function tidy(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  const kept = lines.filter((line, index) => line !== '' || (index > 0 && lines[index - 1] !== ''));
  return `${kept.join('\n').trim()}\n`;
}
