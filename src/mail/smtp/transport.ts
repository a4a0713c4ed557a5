import type { SMTPConnectionSendInfo } from 'nodemailer/lib/smtp-connection';
import { composeMail, validateOutgoing, parseSender, toEml, type OutgoingMail } from './outgoing.js';
import { returnAddressFor } from '../bounces/return-address.js';
import { PausedBody } from './paused-body.js';
import { accepted, alreadyAnswered, failureOf, refused, type SendResult } from './send-result.js';
import { createSmtpPool, settled, type Lease, type SmtpPool } from './smtp-pool.js';
import { parseSmtpUrl } from '../server-url.js';

export type { OutgoingMail } from './outgoing.js';
export type { SendResult } from './send-result.js';

export interface MailTransportOptions {
  /** `smtp://` or `smtps://`, see `parseSmtpUrl` */
  readonly url: string;
  /** `Lowwater <lowwater@example.com>`; the address is the sender of the envelope, too, unless there is `bounceAddress` */
  readonly from: string;
  /** to which servers return emails, as `bounces+{id}@example.com`; absent: to the sender's */
  readonly bounceAddress?: string;
  /** our host name, as sent to the server */
  readonly domain: string;
  /** connections that send at once; default 4. Those that wait for a slow server are not counted */
  readonly pool?: number;
  readonly timeouts?: Partial<MailTimeouts>;
}

interface MailTimeouts {
  /** until the server has greeted; default 10 s */
  readonly connectMs: number;
  /** until the server has agreed to take the data: its replies to MAIL, RCPT, and DATA together; default 60 s */
  readonly replyMs: number;
  /** until the end of the data is due, the wait for a free connection included; default 120 s */
  readonly totalMs: number;
  /**
   * for the reply after the end of the data; default 10 minutes, as RFC 5321 (4.5.3.2.6) asks: a server may need them,
   * and a message whose reply is not awaited may arrive twice
   */
  readonly endMs: number;
}

export interface SendHooks {
  /**
   * Runs when all of the email but its end has been transmitted: the last moment at which nothing can have arrived.
   * The end is written only after it has resolved; when it throws, the email is broken off and `send` throws the same.
   */
  beforeEnd(): Promise<void>;
  /** Aborted: an email whose end was not written is broken off, and refused for now. */
  readonly stop?: AbortSignal;
  /** Aborted: the reply is no longer awaited either; an email whose end was written is uncertain. */
  readonly close?: AbortSignal;
}

/** Sends emails to one SMTP server. */
export interface MailTransport {
  /**
   * Sends one email to all its recipients, and returns the outcome; it throws nothing but what `beforeEnd` threw.
   *
   * An email that must not be sent (`validateOutgoing`) is refused for good without asking the server.
   */
  send(mail: OutgoingMail, hooks: SendHooks): Promise<SendResult>;
  /** The email as the RFC 5322 text that `send` hands over. */
  toEml(mail: OutgoingMail): Promise<string>;
  /**
   * Connects and logs in.
   *
   * @throws Error with the server's reply, or why there was none.
   */
  verify(): Promise<void>;
  /** Waits for emails under way, then closes all connections. A later `send` is refused for now. */
  close(): Promise<void>;
}

const defaultTimeouts: MailTimeouts = { connectMs: 10_000, replyMs: 60_000, totalMs: 120_000, endMs: 600_000 };

/** The socket reports a silence later than the timers here, which say what was waited for. */
const silenceMarginMs = 5_000;

/**
 * Opens nothing yet; connections are made when emails are sent.
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
    silenceMs: Math.max(...Object.values(timeouts)) + silenceMarginMs,
  });
  return {
    async send(mail, hooks) {
      const fault = validateOutgoing(mail);
      if (fault) return refused(true, null, fault);
      const bytes = await composeMail(mail, sender);
      const from = returnAddressFor(options.bounceAddress ?? sender.address, mail.messageId);
      const message = { from, to: [...mail.to], bytes };
      return deliver(pool, message, hooks, timeouts);
    },
    toEml: (mail) => toEml(mail, options.from),
    verify: () => within(timeouts.connectMs + timeouts.replyMs, (signal) => verify(pool, signal)),
    close: () => pool.close(),
  };
}

/** Runs something that is aborted when its time is over. */
async function within<T>(limitMs: number, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const deadline = new Deadline();
  deadline.set(limitMs);
  try {
    return await run(deadline.signal);
  } finally {
    deadline.clear();
  }
}

/** A signal that is aborted by whichever limit is set at the time. */
class Deadline {
  private readonly controller = new AbortController();
  private timer: NodeJS.Timeout | undefined;

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Replaces the limit. */
  set(limitMs: number): void {
    clearTimeout(this.timer);
    const reason = new Error(`took longer than ${limitMs / 1000} s`);
    this.timer = setTimeout(() => this.controller.abort(reason), limitMs);
  }

  clear(): void {
    clearTimeout(this.timer);
  }

  abort(reason: string): void {
    this.controller.abort(new Error(reason));
  }
}

interface Message {
  readonly from: string;
  readonly to: string[];
  readonly bytes: Buffer;
}

/**
 * One email on one connection. Only where a connection that was open before turns out to be dead, and not a byte of
 * the email was asked for, a new one is tried: the server closed it while it was idle.
 */
async function deliver(
  pool: SmtpPool,
  message: Message,
  hooks: SendHooks,
  timeouts: MailTimeouts,
): Promise<SendResult> {
  const deadline = new Deadline();
  deadline.set(timeouts.totalMs);
  const stop = (): void => deadline.abort('canceled before sending');
  if (hooks.stop?.aborted) stop();
  hooks.stop?.addEventListener('abort', stop, { once: true });
  try {
    for (let fresh = false; ; fresh = true) {
      let lease: Lease;
      try {
        lease = await pool.acquire({ signal: deadline.signal, fresh });
      } catch (error) {
        return failureOf(error, 'connecting').result;
      }
      const result = await attempt(pool, lease, message, hooks, timeouts, deadline);
      if (result !== 'stale') return result;
    }
  } finally {
    deadline.clear();
    hooks.stop?.removeEventListener('abort', stop);
  }
}

async function attempt(
  pool: SmtpPool,
  lease: Lease,
  { from, to, bytes }: Message,
  hooks: SendHooks,
  timeouts: MailTimeouts,
  deadline: Deadline,
): Promise<SendResult | 'stale'> {
  const { connection } = lease;
  const { signal } = deadline;
  const end = new Deadline();
  const body = new PausedBody(
    bytes,
    () => hooks.beforeEnd(),
    () => {
      deadline.clear();
      end.set(timeouts.endMs);
    },
  );
  const reply = setTimeout(() => {
    if (!body.started) deadline.abort(`no reply within ${timeouts.replyMs / 1000} s`);
  }, timeouts.replyMs);
  const breakOff = (): void => {
    if (!body.endReleased) connection.close();
  };
  const close = (): void => end.abort('the reply is no longer awaited');
  signal.addEventListener('abort', breakOff, { once: true });
  end.signal.addEventListener('abort', () => connection.close(), { once: true });
  hooks.close?.addEventListener('abort', close, { once: true });
  const isOutOfTime = (): boolean => (body.endReleased ? end.signal : signal).aborted;
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
      isOutOfTime() ? (body.endReleased ? end.signal : signal).reason : error,
      body.endReleased ? 'ended' : body.started ? 'writing' : 'envelope',
    );
    if (failure.sessionGoesOn && !connection.destroyed) pool.releaseReset(lease);
    else pool.discard(lease);
    // the hook may still be at work: what it does must be done before the outcome is known
    await body.whenAsked();
    return lease.reused && failure.isConnectionLost && !body.started && !signal.aborted ? 'stale' : failure.result;
  } finally {
    clearTimeout(reply);
    end.clear();
    signal.removeEventListener('abort', breakOff);
    hooks.close?.removeEventListener('abort', close);
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
