import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { simpleParser, type AddressObject, type ParsedMail } from 'mailparser';

/** An email as lists show it. */
interface MailSummary {
  /** of equal length, in the order of arrival */
  readonly id: string;
  /** plain addresses of the envelope */
  readonly to: readonly string[];
  /** plain address */
  readonly from: string;
  readonly fromName: string;
  readonly subject: string;
  /** RFC 3339: the email's own date, or when it came */
  readonly date: string;
  readonly messageId: string;
  /** RFC 3339 */
  readonly receivedAt: string;
  /** bytes */
  readonly size: number;
  /** the beginning of its text */
  readonly preview: string;
}

/** An email whole. A part that it does not have is ''. */
export interface StoredMail extends MailSummary {
  readonly text: string;
  readonly html: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}

export interface MailFilter {
  /** an address of the envelope, compared without case */
  readonly to?: string | undefined;
  /** received at this instant or later, ms since 1970 */
  readonly sinceMs?: number | undefined;
  /** ids behind this one */
  readonly after?: string | undefined;
}

/** Every email as an .eml file in a folder; survives a restart, and keeps only the newest. */
export interface MailStore {
  /** Resolves once the email is on disk. */
  add(source: Buffer, recipients: readonly string[]): Promise<MailSummary>;
  /** Oldest first. */
  list(filter?: MailFilter): MailSummary[];
  /** Null when the email does not exist (any more). */
  read(id: string): Promise<StoredMail | null>;
  source(id: string): Promise<Buffer | null>;
  clear(): Promise<void>;
}

const idLength = 10;
const maxRead = 1_000;
const previewLength = 140;

/**
 * Opens the folder, and makes it where it is missing. Next to each `<id>.eml` is `<id>.json` with its summary; one
 * that is missing is made again from the email.
 *
 * @param maxMails the oldest beyond these are deleted
 */
export async function openMailStore(folder: string, maxMails = 5_000): Promise<MailStore> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // It may have been made before, or by another program.
  await chmod(folder, 0o700);
  const summaries = await loadSummaries(folder);
  /** the latest that were asked for or came, whole; the first is the longest unused */
  const recent = new Map<string, StoredMail>();
  let lastId = Number(summaries.at(-1)?.id ?? 0);

  async function add(source: Buffer, recipients: readonly string[]): Promise<MailSummary> {
    lastId += 1;
    const id = String(lastId).padStart(idLength, '0');
    const mail = await parse(id, source, { to: recipients, receivedAt: new Date().toISOString() });
    const summary = summaryOf(mail);
    await writeWhole(path.join(folder, `${id}.json`), JSON.stringify(summary));
    await writeWhole(path.join(folder, `${id}.eml`), source);
    // a later mail may have been quicker
    const later = summaries.findLastIndex((other) => other.id < id);
    summaries.splice(later + 1, 0, summary);
    remember(mail);
    await Promise.all(summaries.splice(0, Math.max(0, summaries.length - maxMails)).map((old) => remove(old.id)));
    return summary;
  }

  function list({ to, sinceMs, after }: MailFilter = {}): MailSummary[] {
    const wanted = to?.trim().toLowerCase();
    return summaries.filter(
      (mail) =>
        (wanted === undefined || mail.to.some((address) => address.toLowerCase() === wanted)) &&
        (sinceMs === undefined || Date.parse(mail.receivedAt) >= sinceMs) &&
        (after === undefined || mail.id > after),
    );
  }

  async function read(id: string): Promise<StoredMail | null> {
    const known = recent.get(id);
    const summary = known ? null : summaries.find((mail) => mail.id === id);
    const bytes = summary ? await source(id) : null;
    const mail = known ?? (summary && bytes ? await parse(id, bytes, summary) : null);
    if (mail) remember(mail);
    return mail;
  }

  async function source(id: string): Promise<Buffer | null> {
    if (!summaries.some((mail) => mail.id === id)) return null;
    return readFile(path.join(folder, `${id}.eml`)).catch(() => null);
  }

  function remember(mail: StoredMail): void {
    recent.delete(mail.id);
    recent.set(mail.id, mail);
    const [oldest] = recent.keys();
    if (recent.size > maxRead && oldest !== undefined) recent.delete(oldest);
  }

  async function remove(id: string): Promise<void> {
    recent.delete(id);
    await rm(path.join(folder, `${id}.eml`), { force: true });
    await rm(path.join(folder, `${id}.json`), { force: true });
  }

  async function clear(): Promise<void> {
    await Promise.all(summaries.splice(0).map((mail) => remove(mail.id)));
  }

  return { add, list, read, source, clear };
}

/** What is under its final name is whole: a process that is killed before that leaves only an unused file. */
async function writeWhole(file: string, content: string | Buffer): Promise<void> {
  await writeFile(`${file}.part`, content, { mode: 0o600 });
  await rename(`${file}.part`, file);
}

async function loadSummaries(folder: string): Promise<MailSummary[]> {
  const files = await readdir(folder);
  const ids = files.flatMap((file) => /^(\d{10})\.eml$/.exec(file)?.[1] ?? []).sort();
  const summaries: MailSummary[] = [];
  const chunk = 100;
  for (let index = 0; index < ids.length; index += chunk) {
    summaries.push(...(await Promise.all(ids.slice(index, index + chunk).map((id) => loadSummary(folder, id)))));
  }
  return summaries;
}

async function loadSummary(folder: string, id: string): Promise<MailSummary> {
  const file = path.join(folder, `${id}.json`);
  try {
    const summary: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (isSummary(summary)) return summary;
  } catch {
    // missing or half written: made again below
  }
  const summary = summaryOf(await parse(id, await readFile(path.join(folder, `${id}.eml`)), {}));
  await writeWhole(file, JSON.stringify(summary));
  return summary;
}

function isSummary(value: unknown): value is MailSummary {
  return (
    typeof value === 'object' &&
    value !== null &&
    'id' in value &&
    'to' in value &&
    Array.isArray(value.to) &&
    'receivedAt' in value
  );
}

/** Without the envelope, which only the SMTP dialogue had, the headers name the recipients. */
async function parse(
  id: string,
  source: Buffer,
  known: { readonly to?: readonly string[]; readonly receivedAt?: string },
): Promise<StoredMail> {
  const mail = await simpleParser(source, { skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true });
  const receivedAt = known.receivedAt ?? (mail.date ?? new Date(0)).toISOString();
  const [sender] = mail.from?.value ?? [];
  const text = mail.text ?? '';
  return {
    id,
    to: known.to ?? [...addressesOf(mail.to), ...addressesOf(mail.cc)],
    from: sender?.address ?? '',
    fromName: sender?.name ?? '',
    subject: mail.subject ?? '',
    date: mail.date?.toISOString() ?? receivedAt,
    messageId: mail.messageId ?? '',
    receivedAt,
    size: source.length,
    preview: text.replace(/\s+/g, ' ').trim().slice(0, previewLength),
    text,
    html: mail.html || '',
    headers: headersOf(mail),
  };
}

function addressesOf(field: AddressObject | AddressObject[] | undefined): string[] {
  return [field ?? []].flat().flatMap(({ value }) => value.flatMap(({ address }) => address ?? []));
}

/** As in the email, with folded lines joined. */
function headersOf(mail: ParsedMail): { name: string; value: string }[] {
  return mail.headerLines.map(({ line }) => {
    const colon = line.indexOf(':');
    return {
      name: line.slice(0, colon),
      value: line
        .slice(colon + 1)
        .replace(/\r?\n\s*/g, ' ')
        .trim(),
    };
  });
}

function summaryOf({ text: _text, html: _html, headers: _headers, ...summary }: StoredMail): MailSummary {
  return summary;
}
