import { lex, type Token, type Tokenizer } from 'nunjucks/src/lexer';
import { Parser, type Node, type TokenSource } from 'nunjucks/src/parser';
import { fault, placedFault, type Fault, type TemplateError } from './faults.js';

/**
 * Reads a template into nunjucks' own syntax tree, with both ways of writing a variable in one template: `${ x }` of
 * the manuals and `{{ x }}`.
 *
 * nunjucks' lexer knows one pair of variable tags. So the text between tags is scanned here for whichever tag opens
 * first, and the inside of each tag is left to a nunjucks lexer that knows exactly that pair. Strings, comments
 * and `{% raw %}` are therefore distinguished by the same rules as in nunjucks: a `}` within a quoted string closes
 * nothing. Whitespace marks (`{%-`, `-%}`) are applied here, in linear time; nunjucks' own way takes seconds for a
 * template with a long run of spaces.
 */

/** Thrown for a template that cannot be read; carries the one fault that stopped the reader. */
export class TemplateSyntaxError extends Error {
  override readonly name = 'TemplateSyntaxError';

  constructor(readonly fault: TemplateError) {
    super(`line ${fault.line}, column ${fault.column}: ${fault.message}`);
  }
}

/** No honest tag is longer; it bounds what nested brackets or a chain of `not` can ask of the parser. */
const maxTokensInTag = 200;

const allowedTags = new Set(['if', 'elif', 'elseif', 'else', 'endif', 'for', 'endfor']);

/**
 * Parses a template.
 *
 * @throws TemplateSyntaxError for anything that is not a template, never another error.
 */
export function parseTemplate(source: string): Node {
  const tokens = new TemplateTokens(source);
  try {
    return new Parser(tokens).parseAsRoot();
  } catch (error) {
    throw syntaxError(error, tokens);
  }
}

function syntaxError(error: unknown, tokens: TemplateTokens): TemplateSyntaxError {
  if (error instanceof TemplateSyntaxError) return error;
  if (error instanceof RangeError) return tokens.error(fault('too_deep'));
  // nunjucks' parser trips over its own end-of-file with a TypeError
  if (!(error instanceof Error) || error instanceof TypeError) return tokens.error(fault('ends_early'));
  const { lineno, colno } = error as Error & { lineno?: number; colno?: number };
  const found = faultOf(error.message);
  if (lineno === undefined || colno === undefined) return tokens.error(found);
  return new TemplateSyntaxError(placedFault(found, lineno, colno));
}

/** nunjucks names its own functions in its messages ("parseIf: expected elif ..."); authors of emails need not know. */
function faultOf(message: string): Fault {
  const plain = message.replace(/^\w+: /, '');
  if (plain === 'expected variable end') return fault('tag_end');
  if (plain === 'unexpected end of file') return fault('block_unclosed');
  const unopened = /^unknown block tag: (end\w+|else|elif|elseif)$/.exec(plain)?.[1];
  if (unopened !== undefined) return fault('block_unopened', { name: unopened });
  return fault('syntax', { detail: plain.slice(0, 200) });
}

/** The tokens of a template, in the shape nunjucks' parser asks for. */
class TemplateTokens implements TokenSource {
  readonly tags = {
    BLOCK_START: '{%',
    BLOCK_END: '%}',
    VARIABLE_START: '{{',
    VARIABLE_END: '}}',
    COMMENT_START: '{#',
    COMMENT_END: '#}',
  } as const;

  private index = 0;
  private trimNext = false;
  /** the lexer of the tag that is being read, and where that tag began */
  private code: Tokenizer | null = null;
  private tagStart = 0;
  private tokensInTag = 0;
  private readonly lineStarts: readonly number[];
  private readonly braces: Tokenizer;
  private readonly dollar: Tokenizer;

  constructor(private readonly source: string) {
    this.lineStarts = startsOfLines(source);
    this.braces = lex(source);
    this.dollar = lex(source, { tags: { variableStart: '${', variableEnd: '}' } });
  }

  nextToken(): Token | null {
    return this.code ? this.codeToken(this.code) : this.textToken();
  }

  error(found: Fault, index = this.code ? this.tagStart : this.index): TemplateSyntaxError {
    const { lineno, colno } = this.place(index);
    return new TemplateSyntaxError(placedFault(found, lineno + 1, colno + 1));
  }

  /** Text up to the next tag, or the first token of that tag. */
  private textToken(): Token | null {
    while (this.index < this.source.length) {
      const start = this.index;
      const opening = nextOpening(this.source, start);
      if (opening > start) {
        const text = this.takeText(start, opening);
        if (text !== '') return this.token('data', text, start);
      }
      if (opening === this.source.length) return null;
      if (this.source.startsWith('{#', opening)) {
        this.skipComment(opening);
        continue;
      }
      const raw = this.rawBlock(opening);
      if (raw) {
        if (raw.text !== '') return this.token('data', raw.text, raw.start);
        continue;
      }
      return this.openTag(opening);
    }
    return null;
  }

  private takeText(start: number, end: number): string {
    this.index = end;
    let text = this.source.slice(start, end);
    if (this.trimNext) text = text.trimStart();
    this.trimNext = false;
    return this.source[end + 2] === '-' ? text.trimEnd() : text;
  }

  private skipComment(start: number): void {
    const end = this.source.indexOf('#}', start + 2);
    if (end < 0) throw this.error(fault('comment_unclosed'), start);
    this.trimNext = this.source[end - 1] === '-';
    this.index = end + 2;
  }

  /** `{% raw %} ... {% endraw %}`: text in which nothing is a tag. */
  private rawBlock(start: number): { text: string; start: number } | null {
    const opening = /\{%-?\s*raw\s*(-?)%\}/y;
    opening.lastIndex = start;
    const opened = opening.exec(this.source);
    if (!opened) return null;
    const closing = /\{%(-?)\s*endraw\s*(-?)%\}/g;
    closing.lastIndex = opening.lastIndex;
    const closed = closing.exec(this.source);
    if (!closed) throw this.error(fault('raw_unclosed'), start);
    let text = this.source.slice(opening.lastIndex, closed.index);
    if (opened[1]) text = text.trimStart();
    if (closed[1]) text = text.trimEnd();
    this.trimNext = closed[2] === '-';
    this.index = closing.lastIndex;
    return { text, start: opening.lastIndex };
  }

  private openTag(start: number): Token {
    this.refuseOtherTags(start);
    const code = this.source[start] === '$' ? this.dollar : this.braces;
    const { lineno, colno } = this.place(start);
    Object.assign(code, { index: start, lineno, colno, in_code: false });
    this.code = code;
    this.tagStart = start;
    this.tokensInTag = 0;
    this.trimNext = false;
    const opening = code.nextToken();
    if (!opening) throw this.error(fault('ends_early'));
    return opening.value === '{%' || opening.value === '{%-'
      ? this.token('block-start', '{%', start)
      : this.token('variable-start', '{{', start);
  }

  /** Only these reach the parser; it knows many more, some of which trip over what they do not expect. */
  private refuseOtherTags(start: number): void {
    const tag = /\{%-?\s*([^\s%-]*)/y;
    tag.lastIndex = start;
    const name = tag.exec(this.source)?.[1];
    if (name === undefined || allowedTags.has(name)) return;
    if (name === 'raw') throw this.error(fault('raw_form'), start);
    throw this.error(fault('tag_name', { name: name.slice(0, 40) }), start);
  }

  private codeToken(code: Tokenizer): Token {
    const token = code.nextToken();
    if (!token) {
      const tag = this.source.slice(this.tagStart, this.tagStart + 2);
      throw this.error(fault('tag_unclosed', { tag }));
    }
    this.tokensInTag += 1;
    if (this.tokensInTag > maxTokensInTag) throw this.error(fault('tag_too_long'));
    if (token.type === 'regex') throw this.error(fault('regular_expression'));
    if (token.type !== 'variable-end' && token.type !== 'block-end') return token;
    this.trimNext = String(token.value).startsWith('-');
    this.index = code.index;
    this.code = null;
    return { ...token, value: token.type === 'block-end' ? '%}' : '}}' };
  }

  private token(type: string, value: string, index: number): Token {
    return { type, value, ...this.place(index) };
  }

  private place(index: number): { lineno: number; colno: number } {
    let low = 0;
    let high = this.lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.lineStarts[middle] ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    return { lineno: low, colno: index - (this.lineStarts[low] ?? 0) };
  }
}

function startsOfLines(source: string): number[] {
  const starts = [0];
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Where the next tag opens; the length of the text where none does. */
function nextOpening(source: string, from: number): number {
  const opening = /\{[{%#]|\$\{/g;
  opening.lastIndex = from;
  return opening.exec(source)?.index ?? source.length;
}
