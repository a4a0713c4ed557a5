import { compile, type FormatCallback, type SelectorDefinition } from 'html-to-text';

/** Cells of a row are side by side; a table that holds data can't be distinguished from one that lays out the page. */
const cell: FormatCallback = (element, walk, builder) => {
  walk(element.children, builder);
  builder.addLiteral('  ');
};

const row: FormatCallback = (element, walk, builder) => {
  builder.openBlock({ leadingLineBreaks: 1 });
  walk(element.children, builder);
  builder.closeBlock({ trailingLineBreaks: 1 });
};

const words: FormatCallback = (element, _walk, builder) => builder.addInline(element.attribs?.['alt'] ?? '');

const hidden = ['head', 'script', 'style', 'template', '[style*="display:none"]', '[style*="display: none"]'];
const headings = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'];

const selectors: SelectorDefinition[] = [
  ...headings.map((selector) => ({ selector, format: 'heading', options: { uppercase: false } })),
  { selector: 'a', options: { hideLinkHrefIfSameAsText: true, linkBrackets: ['(', ')'] } },
  { selector: 'ul', options: { itemPrefix: '- ', leadingLineBreaks: 2, trailingLineBreaks: 2 } },
  { selector: 'hr', format: 'lineBreak' },
  { selector: 'img', format: 'words' },
  { selector: 'table', format: 'block', options: { leadingLineBreaks: 2, trailingLineBreaks: 2 } },
  { selector: 'tr', format: 'row' },
  { selector: 'td', format: 'cell' },
  { selector: 'th', format: 'cell' },
  ...hidden.map((selector) => ({ selector, format: 'skip' })),
];

const convert = compile({
  wordwrap: 78,
  // The whole is taken: looking for the body descends without a limit, and runs out of stack.
  baseElements: { selectors: [] },
  limits: { maxDepth: 100, ellipsis: '…' },
  formatters: { cell, row, words },
  selectors,
});

/**
 * How many elements are read. The parser's time grows with the square of how deep they lie in each other, and a
 * template may be anything; no email for people comes near.
 */
const maxElements = 15_000;

/** A readable plain text of an email's HTML, for a template that has no text part. Links keep their address. */
export function htmlToText(html: string): string {
  const end = endOfElements(html);
  const text = convert(html.slice(0, end)) + (end < html.length ? '\n…' : '');
  return tidy(text);
}

function endOfElements(html: string): number {
  let count = 0;
  for (const { index } of html.matchAll(/<[a-z]/gi)) if (++count > maxElements) return index;
  return html.length;
}

/** Empty cells and padding leave spaces and empty lines behind. */
function tidy(text: string): string {
  const lines = text.split('\n').map((line) => line.trimEnd().replace(/^\u00a0+/, ''));
  const kept = lines.filter((line, index) => line !== '' || (index > 0 && lines[index - 1] !== ''));
  return `${kept.join('\n').trim()}\n`;
}
