import type { InvoiceDocument } from './invoice-document.js';
import { drawLines } from './invoice-lines.js';
import { invoiceTexts } from './invoice-texts.js';
import { closePdf, colors, drawRule, needRoom, openPdf, page, type Pdf } from './page-layout.js';
import { oneLine, someLines } from './printable.js';

/** The PDF of an invoice or a credit note: the same bytes each time for the same document. */
export async function renderInvoicePdf(document: InvoiceDocument): Promise<Buffer> {
  const texts = invoiceTexts[document.language];
  const kind = document.type === 'credit_note' ? texts.creditNote : texts.invoice;
  const title = `${kind} ${document.no}`;
  const { language, madeAt } = document;
  const pdf = openPdf({ title, author: oneLine(document.seller.name), language, madeAt });
  const below = drawHeading(pdf, document, kind);
  const afterParties = drawParties(pdf, document, below + 24);
  const afterFacts = drawFacts(pdf, document, afterParties + 16);
  const afterLines = drawLines(pdf, document, afterFacts + 18);
  const afterTotals = drawTotals(pdf, document, afterLines + 10);
  drawNotes(pdf, document, afterTotals + 18);
  finishPages(pdf, document, title);
  return closePdf(pdf);
}

const logoBox = { width: 170, height: 64 };

function drawHeading(pdf: Pdf, { logo, no, language }: InvoiceDocument, kind: string): number {
  if (logo) pdf.image(logo, page.left, page.top, { fit: [logoBox.width, logoBox.height] });
  const left = page.left + logoBox.width + 20;
  const width = page.right - left;
  pdf.font('bold').fontSize(20).fillColor(colors.text);
  pdf.text(kind, left, page.top, { width, align: 'right', lineBreak: false });
  pdf.font('regular').fontSize(11).fillColor(colors.faint);
  pdf.text(language === 'uk' ? `№ ${no}` : `No. ${no}`, left, page.top + 28, { width, align: 'right' });
  return Math.max(pdf.y, logo ? page.top + logoBox.height : 0);
}

const columnGap = 25;
const halfWidth = (page.width - columnGap) / 2;

function drawParties(pdf: Pdf, { language, seller, buyer }: InvoiceDocument, top: number): number {
  const texts = invoiceTexts[language];
  const sellerLines = [seller.details && someLines(seller.details, 8), seller.email && oneLine(seller.email)];
  const buyerLines = [
    buyer.address && someLines(buyer.address, 6),
    buyer.zip && oneLine(buyer.zip),
    buyer.taxId && `${texts.taxId}: ${oneLine(buyer.taxId)}`,
    buyer.registrationId && `${texts.registrationId}: ${oneLine(buyer.registrationId)}`,
  ];
  const left = drawParty(pdf, texts.from, seller.name, sellerLines, page.left, top);
  const right = drawParty(pdf, texts.to, buyer.name, buyerLines, page.left + halfWidth + columnGap, top);
  return Math.max(left, right);
}

/** Long texts are cut: what the parties are called must not push the lines off the page. */
function drawParty(
  pdf: Pdf,
  label: string,
  name: string,
  lines: readonly (string | null)[],
  left: number,
  top: number,
): number {
  const options = { width: halfWidth, ellipsis: true };
  pdf.font('regular').fontSize(8).fillColor(colors.faint).text(label, left, top, options);
  pdf.font('bold').fontSize(10).fillColor(colors.text);
  pdf.text(oneLine(name), left, pdf.y + 2, { ...options, height: 50 });
  const details = lines.filter((line) => line).join('\n');
  pdf.font('regular').fontSize(9);
  if (details !== '') pdf.text(details, left, pdf.y + 2, { ...options, height: 150 });
  return pdf.y;
}

function drawFacts(pdf: Pdf, document: InvoiceDocument, top: number): number {
  const { language, issuedOn, periodFrom, periodTo, dueOn, timezone, creditOfNo, replacesNo, description } = document;
  const texts = invoiceTexts[language];
  const period = `${texts.date(periodFrom)} – ${texts.date(periodTo)}`;
  const due = dueOn === issuedOn ? `${texts.date(issuedOn)} (${texts.dueOnReceipt})` : dueOn && texts.date(dueOn);
  const facts: readonly (readonly [string, string | null])[] = [
    [document.type === 'credit_note' ? texts.creditNoteDate : texts.invoiceDate, texts.date(issuedOn)],
    [texts.dueDate, due],
    [texts.period, period],
    [texts.timeZone, timezone],
    [texts.creditOf, creditOfNo],
    [texts.replaces, replacesNo],
  ];
  let y = top;
  for (const [label, value] of facts) {
    if (value === null) continue;
    pdf.fillColor(colors.faint).text(label, page.left, y, { width: 130 });
    pdf.fillColor(colors.text).text(value, page.left + 135, y, { width: page.width - 135 });
    y = pdf.y + 2;
  }
  if (description !== null) {
    pdf.text(oneLine(description), page.left, y + 6, { width: page.width, height: 60, ellipsis: true });
    y = pdf.y;
  }
  return y;
}

function drawTotals(pdf: Pdf, document: InvoiceDocument, top: number): number {
  const { language, net, tax, total, taxTerms, currency } = document;
  const texts = invoiceTexts[language];
  const amount = (value: bigint): string => `${texts.amount(value, currency)} ${currency}`;
  const included = taxTerms?.mode === 'inclusive' ? ` (${texts.included})` : '';
  const rows: readonly (readonly [string, string])[] = taxTerms
    ? [
        [texts.net, amount(net)],
        [`${oneLine(taxTerms.label)} ${taxTerms.rate}%${included}`, amount(tax)],
      ]
    : [];
  let y = needRoom(pdf, top, 20 + 18 * (rows.length + 1)) ? page.top : top;
  pdf.font('bold').fontSize(11);
  // Amounts are never broken: labels get what they leave.
  const ofTotal = pdf.widthOfString(amount(total));
  pdf.font('regular').fontSize(9).fillColor(colors.text);
  const width = Math.ceil(Math.max(100, ofTotal, ...rows.map(([, value]) => pdf.widthOfString(value)))) + 1;
  const left = page.left + 100;
  const draw = (label: string, value: string): void => {
    pdf.text(label, left, y, { width: page.right - width - 10 - left, align: 'right' });
    const below = pdf.y;
    pdf.text(value, page.right - width, y, { width, align: 'right' });
    y = Math.max(below, pdf.y) + 4;
  };
  for (const [label, value] of rows) draw(label, value);
  if (rows.length > 0) {
    drawRule(pdf, y + 1, page.left + halfWidth + columnGap);
    y += 7;
  }
  pdf.font('bold').fontSize(11);
  draw(texts.total, amount(total));
  pdf.font('regular').fontSize(9);
  return y;
}

function drawNotes(pdf: Pdf, { taxTerms, notes, language }: InvoiceDocument, top: number): void {
  const blocks = [taxTerms?.note && someLines(taxTerms.note, 10), notes && someLines(notes, 25)];
  const present = blocks.filter((block): block is string => Boolean(block));
  if (present.length === 0) return;
  const height = present.reduce((all, block) => all + pdf.heightOfString(block, { width: page.width }) + 6, 16);
  const y = needRoom(pdf, top, height) ? page.top : top;
  pdf.fillColor(colors.faint).text(invoiceTexts[language].notes, page.left, y);
  pdf.fillColor(colors.text);
  for (const block of present) pdf.text(block, page.left, pdf.y + 4, { width: page.width });
}

/** Numbers the pages, and stamps those of a void invoice. */
function finishPages(pdf: Pdf, { language, isVoid, no }: InvoiceDocument, title: string): void {
  const texts = invoiceTexts[language];
  const { count } = pdf.bufferedPageRange();
  for (let index = 0; index < count; index += 1) {
    pdf.switchToPage(index);
    // Below the margin, where a text would else begin another page.
    pdf.page.margins.bottom = 0;
    pdf.font('regular').fontSize(8).fillColor(colors.faint);
    pdf.text(title, page.left, 800, { width: 300, lineBreak: false });
    pdf.text(texts.page(index + 1, count), page.right - 150, 800, { width: 150, align: 'right', lineBreak: false });
    if (isVoid) drawStamp(pdf, `${texts.voided} · ${no}`);
  }
}

function drawStamp(pdf: Pdf, text: string): void {
  const center = { x: (page.left + page.right) / 2, y: 420 };
  pdf.save().rotate(-35, { origin: [center.x, center.y] });
  pdf.font('bold').fontSize(46).fillColor(colors.mark).fillOpacity(0.35);
  pdf.text(text, center.x - 400, center.y - 25, { width: 800, align: 'center', lineBreak: false });
  pdf.restore().fillOpacity(1);
}
