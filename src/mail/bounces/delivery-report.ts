import { simpleParser, type Attachment, type ParsedMail } from 'mailparser';
import { fieldsOf, messageIdIn, statusIn } from './fields.js';
import { ownIdField } from '../smtp/outgoing.js';
import { readPlainReport } from './plain-report.js';
import type { DeliveryReport, ReportedRecipient } from './report.js';

const parserOptions = {
  ...{
    keepDeliveryStatus: true,
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipImageLinks: true,
    skipTextLinks: true,
  },
};
const statusTypes = ['message/delivery-status', 'message/global-delivery-status'];
const originalTypes = [
  ...['message/rfc822', 'text/rfc822-headers', 'message/rfc822-headers', 'message/global', 'message/global-headers'],
];

/** A report is about one message of ours, which has one recipient. */
const maxRecipients = 50;

/**
 * Reads an email that a mail server sent about another one: a delivery status notification, or a bounce of qmail or of an old Exim,
 * which have none; null: it is neither.
 */
export async function readDeliveryReport(raw: string | Buffer): Promise<DeliveryReport | null> {
  const mail = await simpleParser(raw, parserOptions);
  const status = mail.attachments.find(({ contentType }) => statusTypes.includes(contentType));
  const returnedTo = sentTo(mail);
  if (!status) {
    const plain = readPlainReport(mail);
    return plain && { ...plain, returnedTo };
  }
  // The first block is about the message, each further one about a recipient.
  const [message = new Map<string, string>(), ...blocks] = textOf(status)
    .split(/\r?\n[ \t]*\r?\n/)
    .map(fieldsOf)
    .filter(({ size }) => size > 0);
  const ids = [
    ...originalIds(mail.attachments),
    messageIdIn(message.get('x-original-message-id')),
    messageIdIn(mail.inReplyTo),
  ];
  return { messageIds: unique(ids), recipients: blocks.slice(0, maxRecipients).flatMap(recipientOf), returnedTo };
}

const addressHeaders = ['delivered-to', 'x-original-to', 'envelope-to', 'to'];

/** What the server of the mailbox kept of the envelope, and the report's own field. */
function sentTo({ headerLines }: ParsedMail): string[] {
  return headerLines
    .filter(({ key }) => addressHeaders.includes(key))
    .flatMap(({ line }) => line.slice(0, 1000).match(/[^\s<>,;:"()]+@[^\s<>,;:"()]+/g) ?? []);
}

function unique(ids: readonly (string | null)[]): string[] {
  return [...new Set(ids.filter((id) => id !== null))];
}

function recipientOf(fields: ReadonlyMap<string, string>): ReportedRecipient[] {
  const address = addressOf(fields.get('original-recipient')) ?? addressOf(fields.get('final-recipient'));
  const action = (fields.get('action') ?? '').toLowerCase();
  if (address === null || action === '') return [];
  return [
    {
      ...{ address, action, status: statusIn(fields.get('status')) },
      diagnostic: (fields.get('diagnostic-code') ?? '').replace(/^[^;]*;\s*/, ''),
    },
  ];
}

/** `rfc822; a@b.example` without its type; also of an address with letters beyond ASCII. */
function addressOf(field: string | undefined): string | null {
  const [, address] = /^\s*(?:rfc822|utf-8)\s*;\s*<?([^\s<>]+@[^\s<>]+)>?\s*$/i.exec(field ?? '') ?? [];
  return address ?? null;
}

function originalIds(attachments: readonly Attachment[]): (string | null)[] {
  const original = attachments.find(({ contentType }) => originalTypes.includes(contentType));
  if (!original) return [];
  const [head = ''] = textOf(original).split(/\r?\n\r?\n/);
  const fields = fieldsOf(head);
  return [messageIdIn(fields.get(ownIdField.toLowerCase())), messageIdIn(fields.get('message-id'))];
}

function textOf({ content }: Attachment): string {
  return content.toString('utf8');
}
