import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { MailServer } from '../server-url.js';

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
  /** it has carried a message before, so the server may have closed it since */
  readonly reused: boolean;
}

class SmtpPoolClosedError extends Error {
  override readonly name = 'SmtpPoolClosedError';

  constructor() {
    super('the connection pool is closed');
  }
}

interface SmtpPoolOptions {
  readonly settings: MailServer;
  /** how we name ourselves to the server */
  readonly clientName: string;
  /** connections that send at once; those that wait for a slow server are not counted */
  readonly maxConnections: number;
  readonly connectMs: number;
  /** for the reply to RSET */
  readonly replyMs: number;
  /** longest silence of the server on a connection in use */
  readonly silenceMs: number;
}

/** Servers drop idle connections after minutes; we go first, so that a message rarely meets a dead one. */
const idleMs = 30_000;
/** Some servers take a limited number of messages on one connection. */
const maxMessages = 100;
const quitMs = 1_000;
/** A connection that is held longer waits for a slow server, and keeps no other sender from its turn. */
const slowAfterMs = 1_000;
/** So many may wait for a slow server; further ones count like all others. Servers commonly allow 50 of one client. */
const maxSlow = 40;

/** A sender's turn: taken before a connection is opened or reused, ended when the connection comes back. */
interface Turn {
  isSlow: boolean;
  timer?: NodeJS.Timeout;
}

interface Pooled {
  readonly connection: SMTPConnection;
  messages: number;
  idleTimer?: NodeJS.Timeout;
}

export function createSmtpPool(options: SmtpPoolOptions): SmtpPool {
  const idle: Pooled[] = [];
  const leased = new Map<Lease, { readonly pooled: Pooled; readonly turn: Turn }>();
  const waiting: (() => void)[] = [];
  const turns = new Set<Turn>();
  let slow = 0;
  let closed = false;
  let drained: (() => void) | null = null;

  async function acquire({ signal, fresh = false }: { signal: AbortSignal; fresh?: boolean }): Promise<Lease> {
    if (fresh) closeIdle();
    for (;;) {
      // a turn that cannot be taken goes to the next in line
      if (signal.aborted) next();
      signal.throwIfAborted();
      if (closed) throw new SmtpPoolClosedError();
      if (turns.size - slow < options.maxConnections) return lend(beginTurn(), fresh ? undefined : idle.pop(), signal);
      await nextTurn(signal);
    }
  }

  async function lend(turn: Turn, ready: Pooled | undefined, signal: AbortSignal): Promise<Lease> {
    const pooled = ready ?? (await open(turn, signal));
    clearTimeout(pooled.idleTimer);
    const lease = { connection: pooled.connection, reused: pooled.messages > 0 };
    leased.set(lease, { pooled, turn });
    return lease;
  }

  async function open(turn: Turn, signal: AbortSignal): Promise<Pooled> {
    try {
      const pooled: Pooled = { connection: await openConnection(options, signal), messages: 0 };
      pooled.connection.once('end', () => forget(pooled));
      return pooled;
    } catch (error) {
      endTurn(turn);
      throw error;
    }
  }

  function beginTurn(): Turn {
    const turn: Turn = { isSlow: false };
    turn.timer = setTimeout(() => markSlow(turn), slowAfterMs);
    turn.timer.unref();
    turns.add(turn);
    return turn;
  }

  function markSlow(turn: Turn): void {
    if (turn.isSlow || !turns.has(turn) || slow >= maxSlow) return;
    turn.isSlow = true;
    slow += 1;
    next();
  }

  function endTurn(turn: Turn): void {
    clearTimeout(turn.timer);
    if (turns.delete(turn) && turn.isSlow) slow -= 1;
    next();
  }

  /** Until some connection may be free, or the sender's time is over. */
  async function nextTurn(signal: AbortSignal): Promise<void> {
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
    if (closed && turns.size === 0) drained?.();
  }

  function release(lease: Lease): void {
    const held = leased.get(lease);
    if (!held) return;
    leased.delete(lease);
    const { pooled, turn } = held;
    pooled.messages += 1;
    const isFull = turn.isSlow && turns.size - slow + idle.length >= options.maxConnections;
    if (closed || isFull || pooled.messages >= maxMessages) closeConnection(pooled.connection);
    else if (!pooled.connection.destroyed) rest(pooled);
    endTurn(turn);
  }

  function rest(pooled: Pooled): void {
    idle.push(pooled);
    pooled.idleTimer = setTimeout(() => {
      forget(pooled);
      closeConnection(pooled.connection);
    }, idleMs);
    pooled.idleTimer.unref();
  }

  function releaseReset(lease: Lease): void {
    // a server that does not answer the reset is not waited for
    const timer = setTimeout(() => lease.connection.close(), options.replyMs);
    settled(lease.connection, (done) => lease.connection.reset(done))
      .then(
        () => release(lease),
        () => discard(lease),
      )
      .finally(() => clearTimeout(timer));
  }

  function discard(lease: Lease): void {
    const held = leased.get(lease);
    if (!held) return;
    leased.delete(lease);
    held.pooled.connection.close();
    endTurn(held.turn);
  }

  function forget(pooled: Pooled): void {
    clearTimeout(pooled.idleTimer);
    const index = idle.indexOf(pooled);
    if (index >= 0) idle.splice(index, 1);
  }

  function closeIdle(): void {
    for (const pooled of idle.splice(0)) {
      clearTimeout(pooled.idleTimer);
      closeConnection(pooled.connection);
    }
  }

  async function close(): Promise<void> {
    closed = true;
    closeIdle();
    for (const go of waiting.splice(0)) go();
    if (turns.size > 0) await new Promise<void>((resolve) => (drained = resolve));
  }

  return { acquire, release, releaseReset, discard, close };
}

/** QUIT; a server that does not answer it is not waited for. */
function closeConnection(connection: SMTPConnection): void {
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
    socketTimeout: options.silenceMs,
    socketCloseTimeout: 1_000,
  });
  // errors also reject the caller that waits for the connection; an idle one has no caller
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

/** A step of the dialogue as a promise: nodemailer reports its failure by callback, by event, or by ending only. */
export async function settled<T>(
  connection: SMTPConnection,
  step: (done: (error?: Error | null, result?: T) => void) => void,
): Promise<T | undefined> {
  return new Promise<T | undefined>((resolve, reject) => {
    // the callback comes right after the event where there is one, and says more
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
