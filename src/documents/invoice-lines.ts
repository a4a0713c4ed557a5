import type { InvoiceColumn } from '../domain/invoicing/invoice-template.js';
import type { InvoiceDocument } from './invoice-document.js';
import { decimalsOf, invoiceTexts } from './invoice-texts.js';
import { colors, drawRule, needRoom, page, type Pdf } from './page-layout.js';
import { oneLine } from './printable.js';

interface Cell {
  readonly left: number;
  readonly width: number;
  readonly align: 'left' | 'right';
}

type Values = Readonly<Record<InvoiceColumn, string>>;

const gap = 12;
const isRight = (column: InvoiceColumn): boolean => column === 'entries' || column === 'amount';

/** Each column is as wide as its widest text; the description gets what the others leave. */
function cellsOf(
  pdf: Pdf,
  columns: readonly InvoiceColumn[],
  head: Values,
  rows: readonly Values[],
): readonly (Cell & { readonly column: InvoiceColumn })[] {
  const widthOf = (column: InvoiceColumn): number => {
    if (column === 'description') return 0;
    useHeadFont(pdf);
    const ofHead = pdf.widthOfString(head[column]);
    useRowFont(pdf);
    // A little more, so that rounding breaks no text.
    return Math.ceil(Math.max(ofHead, ...rows.map((values) => pdf.widthOfString(values[column])))) + 1;
  };
  const widths = columns.map(widthOf);
  const rest = page.width - widths.reduce((all, width) => all + width, 0) - gap * (columns.length - 1);
  let left: number = page.left;
  return columns.map((column, index) => {
    const width = column === 'description' ? rest : (widths[index] ?? 0);
    const cell = { column, left, width, align: isRight(column) ? 'right' : 'left' } as const;
    left += width + gap;
    return cell;
  });
}

function useHeadFont(pdf: Pdf): void {
  pdf.font('bold').fontSize(8).fillColor(colors.faint);
}

function useRowFont(pdf: Pdf): void {
  pdf.font('regular').fontSize(9).fillColor(colors.text);
}

/** What each line shows. Amounts have equally many decimals. */
function rowsOf({ language, lines, currency, periodFrom, periodTo }: InvoiceDocument): readonly Values[] {
  const texts = invoiceTexts[language];
  const period = `${texts.date(periodFrom)} – ${texts.date(periodTo)}`;
  const amounts = lines.map(({ amount }) => amount);
  const decimals = decimalsOf(amounts, currency);
  return lines.map(({ kind, description, entries, amount }, index) => ({
    position: String(index + 1),
    description: description === null ? texts.lines[kind] : oneLine(description),
    period: kind === 'earlier' ? '' : period,
    entries: entries === null ? '' : texts.count(entries),
    amount: texts.amount(amount, currency, decimals),
  }));
}

/** Draws the table of the lines, with its head on each page; returns where it ends. */
export function drawLines(pdf: Pdf, document: InvoiceDocument, top: number): number {
  const texts = invoiceTexts[document.language];
  const head = { ...texts.columns, amount: `${texts.columns.amount}, ${document.currency}` };
  const rows = rowsOf(document);
  const cells = cellsOf(pdf, document.columns, head, rows);

  const drawRow = (values: Values, y: number): number => {
    let below = y;
    for (const { column, left, width, align } of cells) {
      pdf.text(values[column], left, y, { width, align });
      below = Math.max(below, pdf.y);
    }
    return below;
  };
  const drawHead = (y: number): number => {
    useHeadFont(pdf);
    const below = drawRow(head, y);
    drawRule(pdf, below + 3);
    useRowFont(pdf);
    return below + 8;
  };
  const heightOf = (values: Values): number =>
    Math.max(...cells.map(({ column, width }) => pdf.heightOfString(values[column], { width })));

  let y = drawHead(needRoom(pdf, top, 60) ? page.top : top);
  for (const values of rows) {
    if (needRoom(pdf, y, heightOf(values) + 8)) y = drawHead(page.top);
    y = drawRow(values, y) + 4;
    drawRule(pdf, y);
    y += 5;
  }
  return y;
}
