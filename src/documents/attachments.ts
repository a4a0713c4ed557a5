import type { AttachedFiles } from '../storage/notifications/deliveries.js';
import { readRateFiles } from '../storage/rates/notifications/rate-notification-list.js';
import type { Queries } from '../storage/system/database.js';
import { invoiceAttachment } from './load-invoice.js';
import { rateFileTypes } from './rate-file.js';

interface Attachment {
  readonly name: string;
  readonly contentType: string;
  readonly content: Buffer;
}

/** What an email has attached: the PDF of an invoice as it is now, or files of rates as they were made. */
export async function loadAttachments(q: Queries, attached: AttachedFiles): Promise<Attachment[]> {
  if ('invoiceId' in attached) return invoiceAttachment(q, attached.invoiceId);
  const files = await readRateFiles(q, attached.rateNotificationId);
  return files.map(({ fileName, content }) => {
    if (content === null) throw new TypeError('files of an email that is sent are kept');
    return { name: fileName, contentType: rateFileTypes[fileName.endsWith('.csv') ? 'csv' : 'xlsx'], content };
  });
}
