/**
 * Where in the HTML a value would land. Escaping makes a value safe as an element's text and within a quoted
 * attribute; it does not help in a script, a style, an unquoted attribute, or at the start of an address, where
 * `javascript:` needs no character that is escaped. The guard refuses values there.
 *
 * The text of a template is looked at in the order in which it is written, whichever branches are taken.
 */
export interface HtmlPlace {
  readonly in: 'text' | 'tag' | 'quoted' | 'unquoted' | 'comment' | 'script' | 'style';
  /** name of the attribute, in small letters */
  readonly attribute: string;
  /** nothing of the attribute's value stands before this place */
  readonly atStart: boolean;
  /** of a quoted attribute */
  readonly quote: '"' | "'" | '';
}

export const htmlStart: HtmlPlace = { in: 'text', attribute: '', atStart: false, quote: '' };

/** Attributes whose value is an address. */
const addressAttributes = new Set([
  'href',
  'src',
  'action',
  'formaction',
  'background',
  'cite',
  'poster',
  'data',
  'xlink:href',
  'srcset',
]);

/** What a piece of the template's own HTML leads to. One pass; each character is looked at once. */
export function afterHtml(place: HtmlPlace, html: string): HtmlPlace {
  let at = place;
  let index = 0;
  while (index < html.length) [at, index] = advance(at, html, index);
  return at;
}

function advance(place: HtmlPlace, html: string, index: number): [HtmlPlace, number] {
  switch (place.in) {
    case 'text':
      return fromText(html, index);
    case 'comment':
      return after(place, /-->/g, htmlStart, html, index);
    case 'script':
      return after(place, /<\/script/gi, inTag, html, index);
    case 'style':
      return after(place, /<\/style/gi, inTag, html, index);
    case 'quoted': {
      const end = html.indexOf(place.quote, index);
      return end < 0 ? [{ ...place, atStart: false }, html.length] : [inTag, end + 1];
    }
    case 'unquoted': {
      const end = seek(/[\s>]/g, html, index);
      return end === html.length ? [{ ...place, atStart: false }, end] : [inTag, end];
    }
    case 'tag':
      return fromTag(place, html, index);
  }
}

const inTag: HtmlPlace = { in: 'tag', attribute: '', atStart: false, quote: '' };

function fromText(html: string, index: number): [HtmlPlace, number] {
  const tag = seek(/<(?=[a-z!/]|$)/gi, html, index);
  if (tag === html.length) return [htmlStart, tag];
  if (html.startsWith('<!--', tag)) return [{ ...htmlStart, in: 'comment' }, tag + 4];
  const special = /<(script|style)\b/iy;
  special.lastIndex = tag;
  const name = special.exec(html)?.[1]?.toLowerCase();
  // the element's own attributes are skipped over: it is refused as a whole
  if (name === 'script' || name === 'style') return [{ ...htmlStart, in: name }, special.lastIndex];
  return [inTag, tag + 1];
}

/** Within a tag: the next attribute, or the tag's end. */
function fromTag(place: HtmlPlace, html: string, index: number): [HtmlPlace, number] {
  const token = /\s*(?:(>)|(=)\s*(["']?)|([^\s=>"']+)|["'])/y;
  token.lastIndex = index;
  const found = token.exec(html);
  if (!found) return [place, html.length];
  const next = token.lastIndex;
  if (found[1]) return [htmlStart, next];
  if (found[2]) {
    const quote = found[3] === '"' || found[3] === "'" ? found[3] : '';
    return [{ in: quote ? 'quoted' : 'unquoted', attribute: place.attribute, atStart: true, quote }, next];
  }
  return [{ ...inTag, attribute: (found[4] ?? '').toLowerCase() }, next];
}

function after(place: HtmlPlace, end: RegExp, next: HtmlPlace, html: string, index: number): [HtmlPlace, number] {
  const found = seek(end, html, index);
  return found === html.length ? [place, found] : [next, end.lastIndex];
}

function seek(pattern: RegExp, html: string, index: number): number {
  pattern.lastIndex = index;
  return pattern.exec(html)?.index ?? html.length;
}

/** Why no value may stand here, or null. `isAddress`: the value is known to be an http or https address, or empty. */
export function placeFault(place: HtmlPlace, isAddress: boolean): string | null {
  switch (place.in) {
    case 'text':
    case 'comment':
      return null;
    case 'script':
    case 'style':
      return `a value must not stand within <${place.in}>`;
    case 'tag':
      return "a value must not make up a tag or an attribute's name";
    case 'unquoted':
      return 'put quotes around the value of this attribute';
    case 'quoted':
      if (place.attribute.startsWith('on') || place.attribute === 'style')
        return `a value must not stand within ${place.attribute}`;
      if (place.atStart && addressAttributes.has(place.attribute) && !isAddress) {
        return `only an address such as links.client may begin ${place.attribute}; for e-mail write mailto: before it`;
      }
      return null;
  }
}

/** After a value was written here. */
export function afterValue(place: HtmlPlace): HtmlPlace {
  return place.atStart ? { ...place, atStart: false } : place;
}
