import { ImapFlow } from 'imapflow';
import { parseImapUrl } from '../server-url.js';

/** Reads the mailbox to which mail servers return emails, over IMAP. */

export interface BounceMailboxOptions {
  /** `imap://` or `imaps://`, see `parseImapUrl` */
  readonly url: string;
  readonly folder: string;
  /** where reports go that were read; absent: they stay, marked as read */
  readonly doneFolder?: string;
  readonly timeouts?: Partial<MailboxTimeouts>;
}

interface MailboxTimeouts {
  /** until the server has greeted; default 10 s */
  readonly connectMs: number;
  /** for the answer to one command; default 30 s */
  readonly replyMs: number;
  /** for one reading of the mailbox; default 2 minutes */
  readonly totalMs: number;
}

/** `report`: an email about another one · `other`: it is for a person, and is flagged */
export type MessageKind = 'report' | 'other';

/** @param content its first `maxReadBytes`; null: the server can't return it */
type MessageHandler = (content: Buffer | null) => Promise<MessageKind>;

interface ReadOptions {
  /** emails of one reading; those after them wait for the next */
  readonly limit: number;
  readonly stop?: AbortSignal;
}

export interface BounceMailbox {
  /** host and folder, without the user */
  readonly name: string;
  /**
   * Hands each unread email to `handle`, one after another, then marks it as read. An email that `handle` rejects stays unread, and
   * ends the reading.
   *
   * @returns the number of emails that wait for the next reading
   * @throws MailboxError when the server does not do its part
   */
  read(handle: MessageHandler, options: ReadOptions): Promise<number>;
  /** Logs in and opens the folder. @throws MailboxError */
  verify(): Promise<void>;
}

/** The mailbox could not be read; the message says why, without a password. */
export class MailboxError extends Error {
  override readonly name = 'MailboxError';
}

/** Of an email, so much is read: the report comes before the original message. */
export const maxReadBytes = 256 * 1024;

const defaultTimeouts: MailboxTimeouts = { connectMs: 10_000, replyMs: 30_000, totalMs: 120_000 };

/**
 * Opens nothing yet.
 *
 * @throws TypeError when `url` is not usable; the message holds no password.
 */
export function createBounceMailbox(options: BounceMailboxOptions): BounceMailbox {
  const server = parseImapUrl(options.url);
  const timeouts = { ...defaultTimeouts, ...options.timeouts };
  const { folder, doneFolder } = options;

  /** Runs `work` with the folder open, and closes the connection whatever happens. */
  async function inFolder<T>(work: (client: ImapFlow) => Promise<T>): Promise<T> {
    const client = new ImapFlow({
      ...{ host: server.host, port: server.port, secure: server.secure, auth: server.auth, tls: server.tls },
      ...(!server.secure && (server.requireTLS || server.ignoreTLS) && { doSTARTTLS: server.requireTLS }),
      ...{ logger: false, disableAutoIdle: true, disableCompression: true },
      ...{
        connectionTimeout: timeouts.connectMs,
        greetingTimeout: timeouts.connectMs,
        socketTimeout: timeouts.replyMs,
      },
    });
    // The command under way rejects with it.
    client.on('error', () => undefined);
    let isOutOfTime = false;
    const limit = setTimeout(() => {
      isOutOfTime = true;
      client.close();
    }, timeouts.totalMs);
    try {
      await asked(client.connect());
      await asked(client.mailboxOpen(folder), `the folder ${folder} can’t be opened`);
      return await work(client);
    } catch (error) {
      if (isOutOfTime) throw new MailboxError(`took longer than ${timeouts.totalMs / 1000} s`, { cause: error });
      throw error;
    } finally {
      clearTimeout(limit);
      client.close();
    }
  }

  /** Null: the server has it and can't return it. */
  async function contentOf(client: ImapFlow, uid: string): Promise<Buffer | null | 'gone'> {
    const source = { start: 0, maxLength: maxReadBytes };
    try {
      const message = await asked(client.fetchOne(uid, { source }, { uid: true }));
      return (message && message.source) || 'gone';
    } catch (error) {
      if (isRefused(error)) return null;
      throw error;
    }
  }

  async function readOne(client: ImapFlow, uid: string, handle: MessageHandler): Promise<void> {
    const content = await contentOf(client, uid);
    // Another program may have removed it since.
    if (content === 'gone') return;
    const kind = await handle(content);
    const flags = kind === 'report' ? ['\\Seen'] : ['\\Seen', '\\Flagged'];
    await requireDone(client.messageFlagsAdd(uid, flags, { uid: true }), 'an email can’t be marked as read');
    if (kind === 'report' && doneFolder !== undefined) {
      const moved = client.messageMove(uid, doneFolder, { uid: true });
      await requireDone(moved, `an email can’t be moved to the folder ${doneFolder}`);
    }
  }

  return {
    name: `${server.host}/${folder}`,
    verify: () => inFolder(async () => undefined),
    read: (handle, { limit, stop }) =>
      inFolder(async (client) => {
        const found = await asked(client.search({ seen: false, deleted: false }, { uid: true }));
        if (!found) throw new MailboxError('the server does not search the folder');
        let done = 0;
        for (const uid of found.slice(0, limit)) {
          if (stop?.aborted) break;
          await readOne(client, String(uid), handle);
          done += 1;
        }
        return found.length - done;
      }),
  };
}

async function requireDone(command: Promise<unknown>, what: string): Promise<void> {
  if (!(await asked(command, what))) throw new MailboxError(what);
}

/** The answer to a command; what goes wrong is the mailbox's. */
async function asked<T>(command: Promise<T>, what?: string): Promise<T> {
  try {
    return await command;
  } catch (error) {
    const reason = reasonOf(error);
    throw new MailboxError(what === undefined ? reason : `${what}: ${reason}`, { cause: error });
  }
}

const longestReply = 200;

function reasonOf(error: unknown): string {
  const { authenticationFailed, responseText, code, message } = detailsOf(error);
  const reply = typeof responseText === 'string' ? responseText.replaceAll(/\s+/g, ' ').slice(0, longestReply) : '';
  if (authenticationFailed === true) return `login refused${reply ? ` (${reply})` : ''}`;
  const text = typeof message === 'string' ? message : 'no answer';
  return (
    reply || (typeof code === 'string' && !text.includes(code) ? `${text} (${code})` : text).slice(0, longestReply)
  );
}

/** Whether the server answered, and refused this command alone. */
function isRefused(error: unknown): boolean {
  const { responseStatus } = detailsOf(error instanceof MailboxError ? error.cause : error);
  return responseStatus === 'NO' || responseStatus === 'BAD';
}

function detailsOf(error: unknown): Readonly<Record<string, unknown>> {
  return typeof error === 'object' && error !== null ? (error as Record<string, unknown>) : {};
}
