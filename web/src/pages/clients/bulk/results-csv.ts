import { t } from '../../../i18n/t';
import type { Result } from './run';

/** The results of a run as a file, to work through what failed. */
export function saveResults(results: readonly Result[]): void {
  const head = [t('clients.id'), t('common.name'), t('clients.bulk.outcome'), t('clients.bulk.text'), 'request id'];
  const rows = results.map(({ client, isDone, text, requestId }) => [
    client.id,
    client.name,
    t(isDone ? 'clients.bulk.done' : 'clients.bulk.failed'),
    text,
    requestId ?? '',
  ]);
  const csv = [head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n');
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([`\ufeff${csv}\r\n`], { type: 'text/csv' }));
  link.download = 'clients-run.csv';
  link.click();
  URL.revokeObjectURL(link.href);
}

/** Quoted where it must be; what a spreadsheet would take for a formula is made a text. */
export function cell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
