import { createServer, type Server } from 'node:http';
import type { AddressInfo, Server as NetServer } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { startLink } from './mailbox-access.js';
import { mailboxApp } from './mailbox-http.js';
import { openMailStore, type MailStore } from './mailbox-store.js';
import { StartError } from '../../../src/cli/process/start-error.js';

export interface MailboxOptions {
  /** 0: a free one */
  readonly smtpPort: number;
  /** 0: a free one */
  readonly httpPort: number;
  /** where emails are kept; made when missing */
  readonly dataDir: string;
  /** who has it may read the emails */
  readonly token: string;
  /** default 127.0.0.1 */
  readonly host?: string;
  /** of emails; the oldest beyond these are deleted; default 5,000 */
  readonly maxMails?: number;
}

export interface Mailbox {
  readonly smtpUrl: string;
  readonly smtpPort: number;
  readonly httpPort: number;
  readonly httpUrl: string;
  /** the page with the start token, for people */
  readonly startUrl: string;
  /** all emails as JSON, oldest first; needs `Authorization: Bearer <token>` */
  readonly apiUrl: string;
  stop(): Promise<void>;
}

const maxMailBytes = 10 * 1024 * 1024;

/**
 * Starts a real SMTP server that keeps every email instead of passing it on, and a page to read them. It answers 250
 * only once an email is on disk.
 *
 * @throws StartError when a port is busy.
 */
export async function startMailbox(options: MailboxOptions): Promise<Mailbox> {
  const host = options.host ?? '127.0.0.1';
  const store = await openMailStore(options.dataDir, options.maxMails);
  const smtp = smtpServer(store);
  const smtpPort = await listen(smtp.server, options.smtpPort, host, 'mailbox (SMTP)');
  const smtpUrl = `smtp://${inUrl(host)}:${smtpPort}`;
  const http = createServer(mailboxApp(store, { host, smtpUrl, token: options.token }));
  try {
    const httpPort = await listen(http, options.httpPort, host, 'mailbox (page)');
    const httpUrl = `http://${inUrl(host)}:${httpPort}`;
    const stop = async (): Promise<void> => void (await Promise.all([closeSmtp(smtp), closeHttp(http)]));
    const startUrl = startLink(httpUrl, options.token);
    return { smtpUrl, smtpPort, httpPort, httpUrl, startUrl, apiUrl: `${httpUrl}/api/messages`, stop };
  } catch (error) {
    await closeSmtp(smtp);
    throw error;
  }
}

function smtpServer(store: MailStore): SMTPServer {
  const server = new SMTPServer({
    banner: 'Lowwater mailbox: keeps all mail, delivers none',
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    size: maxMailBytes,
    closeTimeout: 1_000,
    onData: (stream, session, callback) => {
      keep(store, stream, session).then(
        (id) => callback(null, `kept as ${id}`),
        (error: unknown) => callback(error instanceof Error ? error : new Error('error')),
      );
    },
  });
  // a client that goes away is its own affair; without a listener it would end the process
  server.on('error', () => undefined);
  return server;
}

async function keep(store: MailStore, stream: SMTPServerDataStream, session: SMTPServerSession): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  if (stream.sizeExceeded) throw Object.assign(new Error('the email is too large'), { responseCode: 552 });
  const recipients = session.envelope.rcptTo.map(({ address }) => address);
  return (await store.add(Buffer.concat(chunks), recipients)).id;
}

async function listen(server: NetServer | Server, port: number, host: string, name: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException): void => reject(portError(error, port, host, name));
    server.once('error', fail);
    server.listen(port, host, () => {
      server.removeListener('error', fail);
      resolve();
    });
  });
  return (server.address() as AddressInfo).port;
}

function portError(error: NodeJS.ErrnoException, port: number, host: string, name: string): Error {
  if (error.code === 'EADDRINUSE') {
    return new StartError(
      `Port ${port} for the ${name} is in use.`,
      'Stop what uses it, or choose another port with --port.',
    );
  }
  return new StartError(
    `The ${name} cannot listen on ${host}:${port}: ${error.message}.`,
    'Choose another port with --port.',
  );
}

function inUrl(host: string): string {
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return reachable.includes(':') ? `[${reachable}]` : reachable;
}

async function closeSmtp(server: SMTPServer): Promise<void> {
  await new Promise<void>((resolve) => server.close(() => resolve()));
}

async function closeHttp(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
