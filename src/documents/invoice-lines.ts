import type { InvoiceColumn } from '../domain/invoicing/invoice-template.js';
import type { InvoiceDocument } from './invoice-document.js';
import { invoiceTexts } from './invoice-texts.js';
import { colors, page, needRoom, type Pdf } from './page-layout.js';
import { oneLine } from './printable.js';

interface Cell {
  readonly left: number;
  readonly width: number;
  readonly align: 'left' | 'right';
}

/** Of all columns but the description, which gets what they leave. */
const widths: Readonly<Record<Exclude<InvoiceColumn, 'description'>, number>> = {
  position: 32,
  period: 130,
  entries: 60,
  amount: 105,
};
const gap = 8;

function cellsOf(columns: readonly InvoiceColumn[]): readonly (Cell & { readonly column: InvoiceColumn })[] {
  const fixed = columns.reduce((all, column) => all + (column === 'description' ? 0 : widths[column]), 0);
  const rest = page.width - fixed - gap * (columns.length - 1);
  let left: number = page.left;
  return columns.map((column) => {
    const width = column === 'description' ? rest : widths[column];
    const cell = {
      column,
      left,
      width,
      align: column === 'entries' || column === 'amount' ? 'right' : 'left',
    } as const;
    left += width + gap;
    return cell;
  });
}

/** Draws the table of the lines, with its head on each page; returns where it ends. */
export function drawLines(pdf: Pdf, document: InvoiceDocument, top: number): number {
  const { language, columns, lines, currency, periodFrom, periodTo } = document;
  const texts = invoiceTexts[language];
  const cells = cellsOf(columns);
  const period = `${texts.date(periodFrom)} – ${texts.date(periodTo)}`;

  const drawRow = (values: Readonly<Record<InvoiceColumn, string>>, y: number): number => {
    let below = y;
    for (const { column, left, width, align } of cells) {
      pdf.text(values[column], left, y, { width, align });
      below = Math.max(below, pdf.y);
    }
    return below;
  };
  const drawRule = (y: number): void => {
    pdf.moveTo(page.left, y).lineTo(page.right, y).lineWidth(0.5).strokeColor(colors.line).stroke();
  };
  const drawHead = (y: number): number => {
    pdf.font('bold').fontSize(8).fillColor(colors.faint);
    const below = drawRow({ ...texts.columns, amount: `${texts.columns.amount}, ${currency}` }, y);
    drawRule(below + 3);
    pdf.font('regular').fontSize(9).fillColor(colors.text);
    return below + 8;
  };
  const heightOf = (values: Readonly<Record<InvoiceColumn, string>>): number =>
    Math.max(...cells.map(({ column, width }) => pdf.heightOfString(values[column], { width })));

  let y = drawHead(needRoom(pdf, top, 60) ? page.top : top);
  for (const [index, { kind, description, entries, amount }] of lines.entries()) {
    const values = {
      position: String(index + 1),
      description: description === null ? texts.lines[kind] : oneLine(description),
      period: kind === 'earlier' ? '' : period,
      entries: entries === null ? '' : String(entries),
      amount: texts.amount(amount, currency),
    };
    if (needRoom(pdf, y, heightOf(values) + 8)) y = drawHead(page.top);
    y = drawRow(values, y) + 4;
    drawRule(y);
    y += 5;
  }
  return y;
}
