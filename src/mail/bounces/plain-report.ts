import type { ParsedMail } from 'mailparser';
import { ownIdField } from '../smtp/outgoing.js';
import { fieldsOf, messageIdIn } from './fields.js';
import type { DeliveryReport, ReportedRecipient } from './report.js';

/** Bounces without a part that programs can read: text for people, and a copy of the message below it. */

/** Of a text, so much is read: what is about the delivery comes first. */
const readLength = 64_000;
const maxRecipients = 50;

/**
 * Reads the formats that are documented well enough to be certain: qmail's (QSBMF), and Exim's, which names the failed addresses in a
 * header. Each reports failures for good only. Null: it is neither.
 */
export function readPlainReport(mail: ParsedMail): Omit<DeliveryReport, 'returnedTo'> | null {
  const text = (mail.text ?? '').slice(0, readLength).replaceAll('\r\n', '\n');
  const failed = recipientsOfQmail(text) ?? recipientsOfExim(mail, text);
  return failed && { messageIds: idsBelow(mail, text), recipients: failed.slice(0, maxRecipients) };
}

/** `Hi. This is the qmail-send program at …`, then a paragraph for each recipient: `<address>:` and the reason. */
function recipientsOfQmail(text: string): ReportedRecipient[] | null {
  const [opening = '', ...paragraphs] = text.trimStart().split(/\n\s*\n/);
  if (!opening.startsWith('Hi. This is the ')) return null;
  const end = paragraphs.findIndex((paragraph) => paragraph.startsWith('-'));
  return paragraphs.slice(0, end < 0 ? paragraphs.length : end).flatMap((paragraph) => {
    const [, address, reason = ''] = /^<([^\s<>]+@[^\s<>]+)>:\s*([^]*)$/.exec(paragraph) ?? [];
    return address === undefined ? [] : [failure(address, reason)];
  });
}

function recipientsOfExim(mail: ParsedMail, text: string): ReportedRecipient[] | null {
  const header = mail.headers.get('x-failed-recipients');
  if (typeof header !== 'string') return null;
  const [above = ''] = text.split(/^-{4,}.*copy of the message/im);
  const addresses = header.split(',').map((address) => address.trim());
  return addresses
    .filter((address) => /^[^\s<>@]+@[^\s<>@]+$/.test(address))
    .map((address) => failure(address, reasonOf(above, address)));
}

/** What follows an address on its own line. */
function reasonOf(text: string, address: string): string {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.trim().toLowerCase() === address.toLowerCase());
  if (start < 0) return '';
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => line.trim() === '');
  return rest.slice(0, end < 0 ? rest.length : end).join(' ');
}

function failure(address: string, reason: string): ReportedRecipient {
  const diagnostic = reason.replaceAll(/\s+/g, ' ').trim();
  const [status = ''] = /(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?![\d.])/.exec(diagnostic) ?? [];
  return { address, action: 'failed', status, diagnostic };
}

/** Of the copy below the text, which some servers attach instead. */
function idsBelow(mail: ParsedMail, text: string): string[] {
  const attached = mail.attachments.find(({ contentType }) => contentType === 'message/rfc822');
  const [head = ''] = attached ? attached.content.toString('utf8').split(/\r?\n\r?\n/) : [text];
  const fields = fieldsOf(head);
  const ids = [fields.get(ownIdField.toLowerCase()), fields.get('message-id'), mail.inReplyTo].map(messageIdIn);
  return [...new Set(ids.filter((id) => id !== null))];
}
