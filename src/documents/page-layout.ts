import PDFDocument from 'pdfkit';
import { loadFonts } from './fonts.js';

export type Pdf = PDFKit.PDFDocument;

/** Of A4, in points. */
export const page = { left: 50, right: 545, top: 50, bottom: 770, width: 495 } as const;

export const colors = { text: '#1f2933', faint: '#5b6673', line: '#c4ccd4', mark: '#b42318' } as const;

interface PdfFacts {
  readonly title: string;
  readonly author: string;
  readonly language: string;
  /** of the file: nothing in it depends on when it is written */
  readonly madeAt: Date;
}

/** An empty document. Pages are numbered at its end, so that all are kept until then. */
export function openPdf({ title, author, language, madeAt }: PdfFacts): Pdf {
  const { regular, bold } = loadFonts();
  const pdf = new PDFDocument({
    size: 'A4',
    margins: { top: page.top, bottom: 60, left: page.left, right: page.left },
    bufferPages: true,
    autoFirstPage: true,
    lang: language,
    displayTitle: true,
    // Not one of the built-in fonts, which have no Cyrillic letters; the types know only their names.
    font: regular as unknown as string,
    info: { Title: title, Author: author, Creator: 'Lowwater', Producer: 'Lowwater', CreationDate: madeAt },
  });
  pdf.registerFont('regular', regular);
  pdf.registerFont('bold', bold);
  return pdf.font('regular').fontSize(9).fillColor(colors.text);
}

/** Ends a document and returns its bytes. */
export function closePdf(pdf: Pdf): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('end', () => resolve(Buffer.concat(chunks)));
    pdf.on('error', reject);
    pdf.end();
  });
}

/** Begins another page where there is no room for so many points. True: it did. */
export function needRoom(pdf: Pdf, y: number, height: number): boolean {
  if (y + height <= page.bottom) return false;
  pdf.addPage();
  return true;
}

/** A thin line across the page. */
export function drawRule(pdf: Pdf, y: number, left: number = page.left): void {
  pdf.moveTo(left, y).lineTo(page.right, y).lineWidth(0.5).strokeColor(colors.line).stroke();
}
