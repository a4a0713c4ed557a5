import { fault, type Fault } from './faults.js';

/**
 * Where in the HTML a value would land. Escaping makes a value safe as an element's text and within a quoted
 * attribute; it does not help in a script, a style, an unquoted attribute, or at the start of an address, where
 * `javascript:` needs no character that is escaped. The guard refuses values there.
 *
 * The text of a template is read in the order in which it is written, whichever branches are taken.
 */
interface HtmlPlace {
  readonly in: 'text' | 'tag' | 'quoted' | 'unquoted' | 'comment' | 'script' | 'style';
  /** name of the attribute, in small letters */
  readonly attribute: string;
  /** what is before this place in the attribute's value */
  readonly before: string;
  /** of a quoted attribute */
  readonly quote: '"' | "'" | '';
}

const htmlStart: HtmlPlace = { in: 'text', attribute: '', before: '', quote: '' };

/** Put in `before` for a value that is an address or empty, for any other value, and for what only some branches write. */
const addressMark = '\u0001';
const valueMark = '\u0002';
const branchMark = '\u0003';

/** A longer value of an attribute has long said how it begins. */
const maxBefore = 200;

/** Attributes whose value is an address. */
const addressAttributes = new Set([
  'href',
  'src',
  'background',
  'cite',
  'poster',
  'data',
  'ping',
  'longdesc',
  'lowsrc',
  'dynsrc',
  'codebase',
  'manifest',
]);

/**
 * Attributes that take no value at all: documents within the email, what http-equiv makes of its content, where a form is
 * sent, lists of addresses, and what animations write into other attributes.
 */
const closedAttributes = new Set([
  'style',
  'srcdoc',
  'http-equiv',
  'content',
  'action',
  'formaction',
  'srcset',
  'imagesrcset',
  'to',
  'from',
  'by',
  'values',
]);

/** The schemes behind which a value may be; or the address has none, and no value can give it one any more. */
const addressBegun = new RegExp(`^\\s*(?:https?://|mailto:|tel:|[/#?.]|${addressMark}[/?#&])`, 'i');

/** What a piece of the template's own HTML leads to. One pass; each character is read once. */
function afterHtml(place: HtmlPlace, html: string): HtmlPlace {
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
      return end < 0 ? [withText(place, html.slice(index)), html.length] : [inTag, end + 1];
    }
    case 'unquoted': {
      const end = seek(/[\s>]/g, html, index);
      return end === html.length ? [place, end] : [inTag, end];
    }
    case 'tag':
      return fromTag(place, html, index);
  }
}

const inTag: HtmlPlace = { in: 'tag', attribute: '', before: '', quote: '' };

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
    return [{ in: quote ? 'quoted' : 'unquoted', attribute: place.attribute, before: '', quote }, next];
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

/** Why no value is allowed here, or null. `isAddress`: the value is known to be an http or https address, or empty. */
function placeError(place: HtmlPlace, isAddress: boolean): Fault | null {
  switch (place.in) {
    case 'text':
    case 'comment':
      return null;
    case 'script':
    case 'style':
      return fault('html_inside', { place: `<${place.in}>` });
    case 'tag':
      return fault('html_name');
    case 'unquoted':
      return fault('html_quotes');
    case 'quoted':
      if (place.attribute.startsWith('on') || closedAttributes.has(place.attribute)) {
        return fault('html_inside', { place: place.attribute });
      }
      if (!isAddressAttribute(place.attribute) || addressBegun.test(place.before)) return null;
      if (place.before === '') {
        if (isAddress) return null;
        return fault('html_address', { place: place.attribute });
      }
      return fault('html_scheme', { place: place.attribute });
  }
}

function isAddressAttribute(name: string): boolean {
  return addressAttributes.has(name) || name.endsWith(':href');
}

function withText(place: HtmlPlace, text: string): HtmlPlace {
  return { ...place, before: (place.before + text).slice(0, maxBefore) };
}

/** After a value was written here. */
function afterValue(place: HtmlPlace, isAddress: boolean): HtmlPlace {
  return place.in === 'quoted' ? withText(place, isAddress ? addressMark : valueMark) : place;
}

/**
 * Where another branch begins, or the text after all of them. What one branch wrote at the beginning of an address says
 * nothing of the others.
 *
 * @param start where the first branch began
 */
function afterBranch(start: HtmlPlace, place: HtmlPlace): HtmlPlace {
  if (start.in !== 'quoted' || place.in !== 'quoted' || addressBegun.test(start.before)) return place;
  return { ...place, before: branchMark + place.before };
}

/** Follows a template through its HTML, in the order in which it is written. */
export class HtmlPosition {
  private place: HtmlPlace = htmlStart;

  text(html: string): void {
    this.place = afterHtml(this.place, html);
  }

  /** Why no value is allowed here, or null. */
  value(isAddress: boolean): Fault | null {
    const found = placeError(this.place, isAddress);
    this.place = afterValue(this.place, isAddress);
    return found;
  }

  /** Begins branches; the returned function is called at the end of each of them, and passes on what it is given. */
  branches(): <T>(body: T) => T {
    const start = this.place;
    return (body) => {
      this.place = afterBranch(start, this.place);
      return body;
    };
  }
}
