import type { Socket } from 'node:net';
import { simpleParser, type AddressObject } from 'mailparser';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';

/**
 * How the sink treats an email: takes it, refuses it for now (451 after MAIL FROM), refuses it for good (550 after
 * RCPT TO), or takes all of it and breaks the connection instead of answering.
 */
export type SinkMode = 'accept' | 'refuse' | 'refuse-permanent' | 'drop-after-data';

export type SunkMail = {
  /** As given in the envelope. */
  from: string;
  to: string[];
  /** As given in the headers. */
  headerTo: string[];
  subject: string;
  messageId: string;
  text: string;
  html: string;
  date: Date | undefined;
  /** Every header by its name in lower case, the last one where it is repeated. */
  headers: Record<string, string>;
  raw: string;
  /** False for an email whose sender got no answer (`drop-after-data`). */
  answered: boolean;
};

export type SmtpSink = {
  /** smtp://127.0.0.1:port */
  url: string;
  port: number;
  /** In the order of arrival. */
  messages: readonly SunkMail[];
  /** Connections opened since the start. */
  connections(): number;
  setMode(mode: SinkMode): void;
  /** Forgets what has arrived. */
  clear(): void;
  /**
   * Resolves with all messages once there are at least `count`.
   * @throws Error with the subjects that did arrive, after `timeoutMs`
   */
  waitFor(count: number, timeoutMs?: number): Promise<readonly SunkMail[]>;
  stop(): Promise<void>;
};

/** A real SMTP server in this process that keeps what it is given. */
export async function startSmtpSink(): Promise<SmtpSink> {
  const messages: SunkMail[] = [];
  const waiting = new Set<() => void>();
  const sockets = new Map<number, Socket>();
  let mode: SinkMode = 'accept';
  let connections = 0;

  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 100,
    onMailFrom: (_address, _session, callback) =>
      mode === 'refuse' ? callback(refusal(451, 'try again later')) : callback(),
    onRcptTo: (_address, _session, callback) =>
      mode === 'refuse-permanent' ? callback(refusal(550, 'no such mailbox')) : callback(),
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const answered = mode !== 'drop-after-data';
        if (!answered) sockets.get(session.remotePort)?.destroy();
        parse(Buffer.concat(chunks), session, answered).then(
          (mail) => {
            messages.push(mail);
            for (const wake of waiting) wake();
            if (answered) callback();
          },
          (error: Error) => callback(error),
        );
      });
    },
  });
  // A sender that breaks off is part of the tests.
  server.on('error', () => undefined);
  server.server.on('connection', (socket: Socket) => {
    connections += 1;
    const { remotePort } = socket;
    if (remotePort === undefined) return;
    sockets.set(remotePort, socket);
    socket.once('close', () => sockets.delete(remotePort));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the SMTP sink has no port');
  const { port } = address;

  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    messages,
    connections: () => connections,
    setMode: (next) => {
      mode = next;
    },
    clear: () => {
      messages.length = 0;
    },
    waitFor: (count, timeoutMs = 10_000) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(check);
          const seen = messages.map((mail) => mail.subject).join('; ') || 'none';
          reject(new Error(`expected ${count} mails within ${timeoutMs} ms, saw ${messages.length}: ${seen}`));
        }, timeoutMs);
        const check = (): void => {
          if (messages.length < count) return;
          clearTimeout(timer);
          waiting.delete(check);
          resolve(messages);
        };
        waiting.add(check);
        check();
      }),
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets.values()) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

function refusal(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
}

async function parse(raw: Buffer, session: SMTPServerSession, answered: boolean): Promise<SunkMail> {
  const mail = await simpleParser(raw);
  const { mailFrom, rcptTo } = session.envelope;
  return {
    from: mailFrom === false ? '' : mailFrom.address,
    to: rcptTo.map((recipient) => recipient.address),
    headerTo: addresses(mail.to),
    subject: mail.subject ?? '',
    messageId: mail.messageId ?? '',
    text: mail.text ?? '',
    html: mail.html || '',
    date: mail.date,
    headers: Object.fromEntries(
      mail.headerLines.map(({ key, line }) => [key, line.slice(line.indexOf(':') + 1).trim()]),
    ),
    raw: raw.toString('utf8'),
    answered,
  };
}

function addresses(field: AddressObject | AddressObject[] | undefined): string[] {
  return [field ?? []]
    .flat()
    .flatMap((object) => object.value)
    .flatMap(({ address }) => address ?? []);
}
