import { createHash } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import { checkEmailAddress } from '../addresses.js';

/** A file that an email has attached. */
interface MailAttachment {
  readonly name: string;
  readonly contentType: string;
  readonly content: Buffer;
}

/** An email ready to be sent. */
export interface OutgoingMail {
  /** with angle brackets, see `messageIdFor` */
  readonly messageId: string;
  /** one address each; all are visible to each other */
  readonly to: readonly string[];
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly date: Date;
  readonly attachments?: readonly MailAttachment[];
  /** further headers; none of those that every email has */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Who sends: `Lowwater <lowwater@example.com>`, taken apart. */
interface Sender {
  readonly name: string;
  readonly address: string;
}

const maxSubjectLength = 998;

/** Repeats the Message-ID, which some providers replace by their own: a bounce then still says whose it is. */
export const ownIdField = 'X-Lowwater-ID';

/** Set by us, or given by other fields of the email; no further header may replace them. */
const ownHeaders = new Set([
  ...['from', 'sender', 'reply-to', 'to', 'cc', 'bcc', 'subject', 'date', 'message-id', 'mime-version'],
  ...[
    'content-type',
    'content-transfer-encoding',
    'auto-submitted',
    'x-lowwater-id',
    'x-auto-response-suppress',
    'return-path',
    'received',
  ],
]);

/**
 * Takes `Name <address>` or a bare address apart.
 *
 * @throws TypeError for anything else.
 */
export function parseSender(from: string): Sender {
  const named = /^\s*"?([^"<>\u0000-\u001f]*?)"?\s*<([^<>]*)>\s*$/.exec(from);
  const sender = named ? { name: named[1] ?? '', address: named[2] ?? '' } : { name: '', address: from.trim() };
  const fault = checkEmailAddress(sender.address);
  if (fault) throw new TypeError(`the sender of emails is not valid: ${fault}`);
  return sender;
}

/**
 * Why an email must not be sent at all, or null. Nothing that reaches a header or an SMTP command may hold a line break
 * or NUL: it would start another header or command.
 */
export function validateOutgoing(mail: OutgoingMail): string | null {
  if (mail.to.length === 0) return 'there are no recipients';
  for (const address of mail.to) {
    const fault = checkEmailAddress(address);
    if (fault) return `recipient: ${fault}`;
  }
  if (!/^<[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+>$/.test(mail.messageId)) return 'the Message-ID is not valid';
  if (breaksHeader(mail.subject)) return 'the subject holds a line break or NUL';
  if (mail.subject.length > maxSubjectLength) return `the subject has more than ${maxSubjectLength} characters`;
  if (Number.isNaN(mail.date.getTime())) return 'the date is not valid';
  for (const [name, value] of Object.entries(mail.headers ?? {})) {
    if (!/^[A-Za-z][A-Za-z0-9-]{0,70}$/.test(name) || ownHeaders.has(name.toLowerCase())) {
      return `the header ${JSON.stringify(name.slice(0, 80))} is not allowed`;
    }
    if (breaksHeader(value)) return `the header ${name} holds a line break or NUL`;
  }
  return null;
}

function breaksHeader(value: string): boolean {
  return /[\r\n\u0000\u0085\u2028\u2029]/.test(value);
}

/**
 * The email as RFC 5322 text, the same bytes each time: what is shown for download is what was sent. The boundary
 * between its parts is made of its Message-ID. It names itself as automatic (RFC 3834), so that no absence note
 * answers it.
 *
 * @throws TypeError when `validateOutgoing` finds one.
 */
export async function composeMail(mail: OutgoingMail, sender: Sender): Promise<Buffer> {
  const fault = validateOutgoing(mail);
  if (fault) throw new TypeError(fault);
  const node = new MailComposer({
    from: sender,
    to: mail.to.map((address) => ({ name: '', address })),
    subject: mail.subject,
    date: mail.date,
    messageId: mail.messageId,
    text: mail.text,
    html: mail.html,
    attachments: (mail.attachments ?? []).map(({ name, contentType, content }) => ({
      filename: name,
      contentType,
      content,
      contentDisposition: 'attachment',
    })),
    headers: {
      ...mail.headers,
      [ownIdField]: mail.messageId,
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
    },
    baseBoundary: createHash('sha256').update(mail.messageId).digest('hex').slice(0, 24),
    newline: '\r\n',
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile();
  return node.build();
}

/** The email as text, for download. */
export async function toEml(mail: OutgoingMail, from: string): Promise<string> {
  return (await composeMail(mail, parseSender(from))).toString('utf8');
}
