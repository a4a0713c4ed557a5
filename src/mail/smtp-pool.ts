import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { SmtpSettings } from './smtp-url.js';

/**
 * Open connections to one SMTP server, for reuse.
 *
 * nodemailer's own pool is not used: it reads a message into buffers before the server has agreed to take it, and
 * queues a message again when its connection closes. Here the sender must know at each moment how far one message has
 * come on one connection, and decides itself what to do when that breaks (transport.ts).
 */
export interface SmtpPool {
  /**
   * A connection that has greeted and logged in. Waits its turn where all are busy.
   *
   * @throws the error of nodemailer when none can be opened; SmtpPoolClosedError once the pool is closed.
   */
  acquire(options: { readonly signal: AbortSignal; readonly fresh?: boolean }): Promise<Lease>;
  /** Gives a connection back that is between two messages. */
  release(lease: Lease): void;
  /** Gives a connection back on which the server refused a message: the session is reset first. */
  releaseReset(lease: Lease): void;
  /** Gives a connection up: it is closed, and nothing more of a message is written to it. */
  discard(lease: Lease): void;
  /** Opens no more, says QUIT on idle ones and waits for busy ones to come back. */
  close(): Promise<void>;
}

/** One connection, held by one sender at a time. */
export interface Lease {
  readonly connection: SMTPConnection;
  /** it has carried a message before, so the server may have closed it meanwhile */
  readonly reused: boolean;
}

export class SmtpPoolClosedError extends Error {
  override readonly name = 'SmtpPoolClosedError';

  constructor() {
    super('the mail transport is closed');
  }
}

export interface SmtpPoolOptions {
  readonly settings: SmtpSettings;
  /** how we name ourselves to the server */
  readonly clientName: string;
  readonly maxConnections: number;
  readonly connectMs: number;
  readonly replyMs: number;
}

/** Servers drop idle connections after minutes; we go first, so that a message rarely meets a dead one. */
const idleMs = 30_000;
/** Some servers take a limited number of messages on one connection. */
const maxMessages = 100;
const quitMs = 1_000;

interface Pooled {
  readonly connection: SMTPConnection;
  messages: number;
  idleTimer?: NodeJS.Timeout;
}

export function createSmtpPool(options: SmtpPoolOptions): SmtpPool {
  const idle: Pooled[] = [];
  const leased = new Map<Lease, Pooled>();
  const waiting: (() => void)[] = [];
  let opening = 0;
  let closed = false;
  let drained: (() => void) | null = null;

  async function acquire({ signal, fresh = false }: { signal: AbortSignal; fresh?: boolean }): Promise<Lease> {
    if (fresh) closeIdle();
    for (;;) {
      // a turn that cannot be taken goes to the next in line
      if (signal.aborted) next();
      signal.throwIfAborted();
      if (closed) throw new SmtpPoolClosedError();
      const ready = fresh ? undefined : idle.pop();
      if (ready) return lend(ready);
      if (leased.size + opening < options.maxConnections) return open(signal);
      await turn(signal);
    }
  }

  function lend(pooled: Pooled): Lease {
    clearTimeout(pooled.idleTimer);
    const lease = { connection: pooled.connection, reused: pooled.messages > 0 };
    leased.set(lease, pooled);
    return lease;
  }

  async function open(signal: AbortSignal): Promise<Lease> {
    opening += 1;
    try {
      const pooled: Pooled = { connection: await openConnection(options, signal), messages: 0 };
      pooled.connection.once('end', () => forget(pooled));
      opening -= 1;
      return lend(pooled);
    } catch (error) {
      opening -= 1;
      next();
      throw error;
    }
  }

  /** Until some connection may be free, or the sender's time is over. */
  async function turn(signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const go = (): void => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      };
      const giveUp = (): void => {
        waiting.splice(waiting.indexOf(go), 1);
        reject(signal.reason instanceof Error ? signal.reason : new Error('out of time'));
      };
      waiting.push(go);
      signal.addEventListener('abort', giveUp, { once: true });
    });
  }

  function next(): void {
    waiting.shift()?.();
    if (closed && leased.size === 0 && opening === 0) drained?.();
  }

  function release(lease: Lease): void {
    const pooled = take(lease);
    if (!pooled) return;
    pooled.messages += 1;
    if (closed || pooled.messages >= maxMessages) sayGoodbye(pooled.connection);
    else if (!pooled.connection.destroyed) rest(pooled);
    next();
  }

  function rest(pooled: Pooled): void {
    idle.push(pooled);
    pooled.idleTimer = setTimeout(() => {
      forget(pooled);
      sayGoodbye(pooled.connection);
    }, idleMs);
    pooled.idleTimer.unref();
  }

  function releaseReset(lease: Lease): void {
    settled(lease.connection, (done) => lease.connection.reset(done)).then(
      () => release(lease),
      () => discard(lease),
    );
  }

  function discard(lease: Lease): void {
    take(lease)?.connection.close();
    next();
  }

  function take(lease: Lease): Pooled | undefined {
    const pooled = leased.get(lease);
    leased.delete(lease);
    return pooled;
  }

  function forget(pooled: Pooled): void {
    clearTimeout(pooled.idleTimer);
    const index = idle.indexOf(pooled);
    if (index >= 0) idle.splice(index, 1);
  }

  function closeIdle(): void {
    for (const pooled of idle.splice(0)) {
      clearTimeout(pooled.idleTimer);
      sayGoodbye(pooled.connection);
    }
  }

  async function close(): Promise<void> {
    closed = true;
    closeIdle();
    for (const go of waiting.splice(0)) go();
    if (leased.size + opening > 0) await new Promise<void>((resolve) => (drained = resolve));
  }

  return { acquire, release, releaseReset, discard, close };
}

/** QUIT; a server that does not answer it is not waited for. */
function sayGoodbye(connection: SMTPConnection): void {
  connection.quit();
  setTimeout(() => connection.close(), quitMs).unref();
}

/** Connects, greets and logs in. A server that does not take the password gets no message. */
async function openConnection(options: SmtpPoolOptions, signal: AbortSignal): Promise<SMTPConnection> {
  const { settings } = options;
  const connection = new SMTPConnection({
    host: settings.host,
    port: settings.port,
    secure: settings.secure,
    requireTLS: settings.requireTLS,
    ignoreTLS: settings.ignoreTLS,
    tls: settings.tls,
    name: options.clientName,
    connectionTimeout: options.connectMs,
    greetingTimeout: options.connectMs,
    dnsTimeout: options.connectMs,
    socketTimeout: options.replyMs,
    socketCloseTimeout: 1_000,
  });
  // errors also reach whoever waits for the connection; an idle one has nobody to tell
  connection.on('error', () => undefined);
  const giveUp = (): void => connection.close();
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    await settled(connection, (done) => connection.connect(done));
    const { auth } = settings;
    if (auth) await settled(connection, (done) => connection.login({ user: auth.user, pass: auth.pass }, done));
    signal.throwIfAborted();
    return connection;
  } catch (error) {
    connection.close();
    throw signal.aborted ? signal.reason : error;
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

/** A step of the dialogue as a promise: nodemailer tells of its failure by callback, by event, or by ending only. */
export async function settled<T>(
  connection: SMTPConnection,
  step: (done: (error?: Error | null, result?: T) => void) => void,
): Promise<T | undefined> {
  return new Promise<T | undefined>((resolve, reject) => {
    // the callback comes right after the event where there is one, and tells more
    const onEnd = (): void => void setImmediate(() => reject(new Error('the connection was closed')));
    const onError = (error: Error): void => void setImmediate(() => reject(error));
    connection.once('end', onEnd);
    connection.once('error', onError);
    step((error, result) => {
      connection.removeListener('end', onEnd);
      connection.removeListener('error', onError);
      if (error) reject(error);
      else resolve(result);
    });
  });
}
