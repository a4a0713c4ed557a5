import type { SMTPConnectionSendInfo } from 'nodemailer/lib/smtp-connection';
import { HeldBody } from './held-body.js';
import { composeMail, mailFault, parseSender, toEml, type OutgoingMail } from './outgoing.js';
import { accepted, alreadyAnswered, failureOf, refused, type SendResult } from './send-result.js';
import { createSmtpPool, settled, type Lease, type SmtpPool } from './smtp-pool.js';
import { parseSmtpUrl } from './smtp-url.js';

export type { OutgoingMail } from './outgoing.js';
export type { SendResult } from './send-result.js';

export interface MailTransportOptions {
  /** `smtp://` or `smtps://`, see `parseSmtpUrl` */
  readonly url: string;
  /** `Lowwater <lowwater@example.com>`; the address is the sender of the envelope, too */
  readonly from: string;
  /** our host name, as the server is told it */
  readonly domain: string;
  /** connections open at once; default 4 */
  readonly pool?: number;
  readonly timeouts?: Partial<MailTimeouts>;
}

export interface MailTimeouts {
  /** until the server has greeted; default 10 s */
  readonly connectMs: number;
  /** for one reply of the server; default 60 s */
  readonly replyMs: number;
  /** for one mail, the wait for a free connection included; default 120 s */
  readonly totalMs: number;
}

export interface SendHooks {
  /**
   * Runs when all of the mail but its end has been handed over: the last moment at which nothing can have arrived.
   * The end is written only after it has resolved; when it throws, the mail is broken off and `send` throws the same.
   */
  beforeEnd(): Promise<void>;
}

/** Sends mails to one SMTP server. */
export interface MailTransport {
  /**
   * Sends one mail to all its recipients, and says what became of it; it throws nothing but what `beforeEnd` threw.
   *
   * A mail that must not be sent (`mailFault`) is refused for good without asking the server.
   */
  send(mail: OutgoingMail, hooks: SendHooks): Promise<SendResult>;
  /** The mail as the RFC 5322 text that `send` hands over. */
  toEml(mail: OutgoingMail): Promise<string>;
  /**
   * Connects and logs in.
   *
   * @throws Error with the server's reply, or why there was none.
   */
  verify(): Promise<void>;
  /** Waits for mails under way, then closes all connections. A later `send` is refused for now. */
  close(): Promise<void>;
}

const defaultTimeouts: MailTimeouts = { connectMs: 10_000, replyMs: 60_000, totalMs: 120_000 };

/**
 * Opens nothing yet; connections are made when mails are sent.
 *
 * @throws TypeError when `url` or `from` is not usable; the message holds no password.
 */
export function createMailTransport(options: MailTransportOptions): MailTransport {
  const sender = parseSender(options.from);
  const timeouts = { ...defaultTimeouts, ...options.timeouts };
  const pool = createSmtpPool({
    settings: parseSmtpUrl(options.url),
    clientName: options.domain,
    maxConnections: options.pool ?? 4,
    connectMs: timeouts.connectMs,
    replyMs: timeouts.replyMs,
  });
  return {
    async send(mail, hooks) {
      const fault = mailFault(mail);
      if (fault) return refused(true, null, fault);
      const bytes = await composeMail(mail, sender);
      const message = { from: sender.address, to: [...mail.to], bytes };
      return within(timeouts.totalMs, (signal) => deliver(pool, message, hooks, signal));
    },
    toEml: (mail) => toEml(mail, options.from),
    verify: () => within(timeouts.connectMs + timeouts.replyMs, (signal) => verify(pool, signal)),
    close: () => pool.close(),
  };
}

/** Runs something that is told by a signal when its time is over. */
async function within<T>(limitMs: number, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new Error(`took longer than ${limitMs / 1000} s`)), limitMs);
  try {
    return await run(controller.signal);
  } finally {
    clearTimeout(timer);
  }
}

interface Message {
  readonly from: string;
  readonly to: string[];
  readonly bytes: Buffer;
}

/**
 * One mail on one connection. Only where a connection that was open before turns out to be dead, and not a byte of
 * the mail was asked for, a new one is tried: the server closed it while nobody was looking.
 */
async function deliver(pool: SmtpPool, message: Message, hooks: SendHooks, signal: AbortSignal): Promise<SendResult> {
  for (let fresh = false; ; fresh = true) {
    let lease: Lease;
    try {
      lease = await pool.acquire({ signal, fresh });
    } catch (error) {
      return failureOf(error, 'connecting').result;
    }
    const result = await attempt(pool, lease, message, hooks, signal);
    if (result !== 'stale') return result;
  }
}

async function attempt(
  pool: SmtpPool,
  lease: Lease,
  { from, to, bytes }: Message,
  hooks: SendHooks,
  signal: AbortSignal,
): Promise<SendResult | 'stale'> {
  const { connection } = lease;
  const body = new HeldBody(bytes, () => hooks.beforeEnd());
  const giveUp = (): void => connection.close();
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    const envelope = { from, to, size: bytes.length };
    const info = await settled<SMTPConnectionSendInfo>(connection, (done) => connection.send(envelope, body, done));
    if (!info || !body.endReleased) {
      // before the message was complete; nothing of it may follow on this connection
      body.destroy();
      pool.discard(lease);
      await body.whenAsked();
      return alreadyAnswered(info?.response ?? '');
    }
    pool.release(lease);
    return accepted(info);
  } catch (error) {
    body.destroy();
    const failure = failureOf(
      signal.aborted ? signal.reason : error,
      body.endReleased ? 'ended' : body.started ? 'writing' : 'envelope',
    );
    if (failure.sessionGoesOn && !connection.destroyed) pool.releaseReset(lease);
    else pool.discard(lease);
    // the hook may still be at work: what it does must be done before anybody hears of the outcome
    await body.whenAsked();
    return lease.reused && failure.isConnectionLost && !body.started && !signal.aborted ? 'stale' : failure.result;
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

async function verify(pool: SmtpPool, signal: AbortSignal): Promise<void> {
  try {
    pool.release(await pool.acquire({ signal, fresh: true }));
  } catch (error) {
    const { result } = failureOf(error, 'connecting');
    throw new Error(result.reply, { cause: error });
  }
}
