import { execFileSync } from 'node:child_process';
import path from 'node:path';

const script = path.join(__dirname, 'extract-pdf-text.mjs');

/** The text of each page of a PDF, as a reader would select it. */
export function pdfPages(pdf: Uint8Array): string[] {
  const text = execFileSync(process.execPath, [script], { input: pdf, encoding: 'utf8', maxBuffer: 10_000_000 });
  return JSON.parse(text) as string[];
}

export function pdfText(pdf: Uint8Array): string {
  return pdfPages(pdf).join('\n');
}
