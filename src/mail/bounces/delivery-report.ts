import { simpleParser, type Attachment } from 'mailparser';

/** What a delivery status notification (RFC 3464) says about one recipient. */
interface ReportedRecipient {
  /** as the message was addressed; where forwarded, the original address if the report has it */
  readonly address: string;
  /** `failed`, `delayed`, `delivered`, `relayed`, or `expanded` */
  readonly action: string;
  /** as `5.1.1`; empty: the report has none */
  readonly status: string;
  /** what the other server said, one line */
  readonly diagnostic: string;
}

interface DeliveryReport {
  /** of the message that the report is about, with its angle brackets; null: the report does not say */
  readonly messageId: string | null;
  readonly recipients: readonly ReportedRecipient[];
}

/** Reads an email that a mail server sent about another one; null: it is no delivery status notification. */
export async function readDeliveryReport(raw: string): Promise<DeliveryReport | null> {
  const { attachments } = await simpleParser(raw, {
    ...{ keepDeliveryStatus: true, skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true },
  });
  const status = attachments.find(({ contentType }) => contentType === 'message/delivery-status');
  if (!status) return null;
  // The first block is about the message, each further one about a recipient.
  const [, ...blocks] = textOf(status)
    .split(/\r?\n[ \t]*\r?\n/)
    .map(fieldsOf)
    .filter(({ size }) => size > 0);
  return { messageId: originalId(attachments), recipients: blocks.flatMap(recipientOf) };
}

function recipientOf(fields: ReadonlyMap<string, string>): ReportedRecipient[] {
  const address = addressOf(fields.get('original-recipient')) ?? addressOf(fields.get('final-recipient'));
  const action = (fields.get('action') ?? '').toLowerCase();
  if (address === null || action === '') return [];
  const [status = ''] = /^[245]\.\d{1,3}\.\d{1,3}/.exec(fields.get('status') ?? '') ?? [];
  return [{ address, action, status, diagnostic: (fields.get('diagnostic-code') ?? '').replace(/^[^;]*;\s*/, '') }];
}

/** `rfc822; a@b.example` without its type. */
function addressOf(field: string | undefined): string | null {
  const [, address] = /^\s*rfc822\s*;\s*<?([^\s<>]+@[^\s<>]+)>?\s*$/i.exec(field ?? '') ?? [];
  return address ?? null;
}

function originalId(attachments: readonly Attachment[]): string | null {
  const original = attachments.find(({ contentType }) =>
    ['message/rfc822', 'text/rfc822-headers', 'message/rfc822-headers', 'message/global'].includes(contentType),
  );
  if (!original) return null;
  const [head = ''] = textOf(original).split(/\r?\n\r?\n/);
  const [id] = /<[^<>\s]+>/.exec(fieldsOf(head).get('message-id') ?? '') ?? [];
  return id ?? null;
}

/** Header fields by their names in lower case, unfolded; of repeated ones the first. */
function fieldsOf(block: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of block.replaceAll(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const [, name, value] = /^([\w-]+):\s*(.*)$/.exec(line) ?? [];
    if (name !== undefined && !fields.has(name.toLowerCase())) fields.set(name.toLowerCase(), (value ?? '').trim());
  }
  return fields;
}

function textOf({ content }: Attachment): string {
  return content.toString('utf8');
}
