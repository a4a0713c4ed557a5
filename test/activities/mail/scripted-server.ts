import { createServer, type Server, type Socket } from 'node:net';

/** What the server does at one point of the dialogue: replies, and then perhaps breaks the connection. */
type Step = { readonly reply?: string; readonly drop?: true; readonly hold?: true };

/** Where a script may differ from a server that accepts everything. */
export interface Script {
  readonly greeting?: Step;
  readonly ehlo?: Step;
  readonly mailFrom?: Step;
  readonly rcptTo?: (address: string) => Step;
  readonly data?: Step;
  /** as soon as this many bytes of a message have come */
  readonly afterBytes?: { readonly bytes: number; readonly step: Step };
  /** after the dot; of each message, or by its text */
  readonly end?: Step | ((message: string) => Step);
  /** between messages, once one was accepted */
  readonly afterMail?: Step;
  readonly rset?: Step;
  /** lines behind 250 in the answer to EHLO */
  readonly extensions?: readonly string[];
}

/** An SMTP server on a plain socket. A test sees exactly what arrived and chooses where the server breaks off. */
export interface ScriptedServer {
  readonly port: number;
  readonly url: string;
  /** commands in their order, of all connections */
  readonly commands: string[];
  /** messages whose final dot has come */
  readonly complete: string[];
  /** what had come of the message that was under way when a connection closed */
  readonly broken: string[];
  /** what has come of the latest message so far */
  underWay: string;
  connections: number;
  /** of later steps */
  script: Script;
  /** resolves when a connection has closed; for the next one, if called before */
  closed(): Promise<void>;
  stop(): Promise<void>;
}

export async function startScriptedServer(script: Script = {}): Promise<ScriptedServer> {
  const sockets = new Set<Socket>();
  const waiting: (() => void)[] = [];
  const server: Server = createServer((socket) => {
    self.connections += 1;
    sockets.add(socket);
    socket.setNoDelay(true);
    const session = { self, socket, inData: false, recipients: 0, buffer: '', message: '' };
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      session.buffer += chunk.toString('latin1');
      converse(session);
    });
    socket.on('end', () => socket.end());
    socket.on('close', () => {
      sockets.delete(socket);
      if (session.inData) self.broken.push(session.message + session.buffer);
      for (const resolve of waiting.splice(0)) resolve();
    });
    take(session, self.script.greeting ?? { reply: '220 scripted' });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const self: ScriptedServer = {
    port,
    url: `smtp://127.0.0.1:${port}`,
    commands: [],
    complete: [],
    broken: [],
    underWay: '',
    connections: 0,
    script,
    closed: () => new Promise((resolve) => waiting.push(resolve)),
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return self;
}

interface Session {
  readonly self: ScriptedServer;
  readonly socket: Socket;
  inData: boolean;
  recipients: number;
  buffer: string;
  message: string;
}

function take(session: Session, step: Step): void {
  if (step.reply !== undefined) session.socket.write(`${step.reply}\r\n`);
  if (step.drop) session.socket.destroy();
}

function converse(session: Session): void {
  while (!session.socket.destroyed) {
    if (session.inData ? !takeData(session) : !takeCommand(session)) return;
  }
}

function takeCommand(session: Session): boolean {
  const end = session.buffer.indexOf('\r\n');
  if (end < 0) return false;
  const line = session.buffer.slice(0, end);
  session.buffer = session.buffer.slice(end + 2);
  session.self.commands.push(line);
  take(session, answer(session, line));
  return true;
}

function answer(session: Session, line: string): Step {
  const { script } = session.self;
  const verb = line.split(/[ :]/)[0]?.toUpperCase();
  switch (verb) {
    case 'EHLO':
      return script.ehlo ?? { reply: ehlo(script.extensions ?? []) };
    case 'MAIL':
      session.recipients = 0;
      return script.mailFrom ?? { reply: '250 sender ok' };
    case 'RCPT': {
      const step = script.rcptTo?.(/<([^>]*)>/.exec(line)?.[1] ?? '') ?? { reply: '250 recipient ok' };
      if (step.reply?.startsWith('2')) session.recipients += 1;
      return step;
    }
    case 'DATA': {
      const step = script.data ?? { reply: session.recipients > 0 ? '354 go on' : '554 no valid recipients' };
      session.inData = step.reply?.startsWith('354') ?? false;
      session.message = '';
      return step;
    }
    case 'RSET':
      return script.rset ?? { reply: '250 reset' };
    case 'QUIT':
      return { reply: '221 bye', drop: true };
    default:
      return { reply: '500 unknown' };
  }
}

function ehlo(extensions: readonly string[]): string {
  const lines = ['scripted', ...extensions];
  return lines.map((line, index) => `250${index === lines.length - 1 ? ' ' : '-'}${line}`).join('\r\n');
}

function takeData(session: Session): boolean {
  const { self } = session;
  const { afterBytes } = self.script;
  session.message += session.buffer;
  session.buffer = '';
  self.underWay = session.message;
  if (afterBytes && session.message.length >= afterBytes.bytes) {
    self.script = { ...self.script, afterBytes: { bytes: Infinity, step: {} } };
    take(session, afterBytes.step);
    return true;
  }
  const end = session.message.indexOf('\r\n.\r\n');
  if (end < 0) return false;
  self.complete.push(session.message.slice(0, end));
  session.buffer = session.message.slice(end + 5);
  session.inData = false;
  const { end: step } = self.script;
  const message = self.complete.at(-1) ?? '';
  take(session, (typeof step === 'function' ? step(message) : step) ?? { reply: '250 queued' });
  if (self.script.afterMail) take(session, self.script.afterMail);
  return true;
}
