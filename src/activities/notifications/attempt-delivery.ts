import { ApplicationFailure } from '@temporalio/activity';
import { loadAttachments } from '../../documents/attachments.js';
import { isCompanySide } from '../../domain/companies/company-balances.js';
import { channelFormatSpecs, kindOf } from '../../domain/notifications/channels.js';
import { isMailKind, mailKindSpecs } from '../../domain/notifications/mail-kinds.js';
import { identifyRule } from '../../domain/monitoring/rule-identity.js';
import type { DeliveryOutcome } from '../../domain/monitoring/rule-state.js';
import type { SendHooks, SendResult } from '../../mail/smtp/transport.js';
import {
  beginAttempt,
  endAttempt,
  markTransmitted,
  readDelivery,
  type DeliveryRow,
  type DeliveryStatus,
} from '../../storage/notifications/deliveries.js';
import type { ActivityDeps } from '../deps.js';
import { attemptChannel, type SentEnd } from './channel-attempt.js';

/** What an attempt needs of the world. */
export type AttemptDeps = Pick<ActivityDeps, 'sql' | 'mail' | 'metrics' | 'channels'>;

/** How an attempt leaves its delivery; `refused` is for now, and the delivery is still pending. */
export type AttemptResult = DeliveryOutcome | 'refused';

interface AttemptOptions {
  /** who had it resent; null: the monitor */
  readonly requestedBy: string | null;
  /** when the next attempt follows should this one be refused for now; null: unknown */
  readonly nextAttemptAtMs: number | null;
  readonly signals: Pick<SendHooks, 'stop' | 'close'>;
}

/**
 * One SMTP dialogue, or one request to a channel, for a claimed delivery. The row says at each moment what a crash would leave: until the end of the
 * data is due, the message may be sent again; from then on until the server's reply is recorded, it may have arrived
 * and is uncertain.
 */
export async function attemptDelivery(
  deps: AttemptDeps,
  deliveryId: string,
  { requestedBy, nextAttemptAtMs, signals }: AttemptOptions,
): Promise<AttemptResult> {
  const begun = await beginAttempt(deps.sql, deliveryId, requestedBy);
  if (begun === null) return resultOfOther(deps, deliveryId);
  const { id, attempts } = begun;
  const end = await (begun.channel === null
    ? sendEmail(deps, begun, nextAttemptAtMs, signals)
    : attemptChannel(deps, {
        delivery: { ...begun, channel: begun.channel },
        nextAttemptAtMs,
        beforeRequest: () => markTransmitted(deps.sql, id, attempts),
        signals,
      }));
  const status = await endAttempt(deps.sql, id, attempts, end);
  countAttempt(deps, begun.channel, end.outcome);
  // Null: the delivery was abandoned, or a later attempt has taken over, and counted it.
  if (status === null) return resultOf((await readDelivery(deps.sql, id))?.status);
  if (end.outcome === 'refused' || status === 'retrying') return 'refused';
  const outcome = end.outcome === 'refused_for_good' ? 'failed' : end.outcome;
  countEnded(deps, begun.rule, outcome);
  return outcome;
}

async function sendEmail(
  deps: AttemptDeps,
  { id, attempts, messageId, recipient, subject, html, text, attached }: DeliveryRow,
  nextAttemptAtMs: number | null,
  signals: AttemptOptions['signals'],
): Promise<SentEnd> {
  const attachments = attached === null ? [] : await loadAttachments(deps.sql, attached);
  const result = await deps.mail.send(
    { messageId, to: [recipient], subject, html, text, date: new Date(), attachments },
    { beforeEnd: () => confirmAttempt(deps, id, attempts, signals.stop), ...signals },
  );
  return attemptEnd(result, nextAttemptAtMs);
}

function countAttempt(deps: AttemptDeps, channel: DeliveryRow['channel'], result: string): void {
  if (channel === null) deps.metrics?.mailAttempts.inc({ result });
  else deps.metrics?.channelAttempts.inc({ kind: kindOf(channel.format), result });
}

/**
 * An attempt is not due: the delivery has ended, or the attempt before died between the end of the data and the reply.
 */
async function resultOfOther(deps: AttemptDeps, deliveryId: string): Promise<AttemptResult> {
  const row = await readDelivery(deps.sql, deliveryId);
  if (!row) throw ApplicationFailure.nonRetryable(`delivery ${deliveryId} does not exist`, 'not_found');
  return row.status === 'transmitted' ? recordInterruption(deps, row) : resultOf(row.status);
}

function resultOf(status: DeliveryStatus | undefined): AttemptResult {
  if (status === 'accepted') return 'accepted';
  if (status === 'uncertain' || status === 'transmitted') return 'uncertain';
  return status === undefined || status === 'failed' ? 'failed' : 'refused';
}

/** A delivery has ended: counted once for each, where that is found. */
export function countEnded(deps: AttemptDeps, rule: string, outcome: DeliveryOutcome): void {
  deps.metrics?.deliveries.inc({ audience: audienceOf(rule), outcome });
}

/** Notifications of a temporary credit are stored under their kind, those about a company under its side. */
function audienceOf(rule: string): string {
  if (isMailKind(rule)) return mailKindSpecs[rule].cause;
  return isCompanySide(rule) ? 'company' : identifyRule(rule).audience;
}

/** An earlier attempt died between the end of the data and the reply: the message may have arrived. */
async function recordInterruption(
  deps: AttemptDeps,
  { id, rule, attempts, channel }: DeliveryRow,
): Promise<AttemptResult> {
  const repeat = channel !== null && channelFormatSpecs[channel.format].isIdempotent;
  const status = await endAttempt(deps.sql, id, attempts, {
    outcome: repeat ? 'uncertain' : 'interrupted',
    code: null,
    reply: 'the worker stopped after the data was transmitted and before the reply was recorded',
    repeat,
  });
  if (status === null) return resultOf((await readDelivery(deps.sql, id))?.status);
  countAttempt(deps, channel, 'uncertain');
  if (status === 'retrying') return 'refused';
  countEnded(deps, rule, 'uncertain');
  return resultOf(status);
}

/** The last moment at which nothing can have arrived. */
async function confirmAttempt(
  deps: AttemptDeps,
  id: string,
  attempt: number,
  stop: AbortSignal | undefined,
): Promise<void> {
  if (stop?.aborted) throw new Error('the delivery was canceled');
  if (!(await markTransmitted(deps.sql, id, attempt))) throw new Error('a later attempt replaced this one');
}

function attemptEnd(result: SendResult, nextAttemptAtMs: number | null): SentEnd {
  switch (result.outcome) {
    case 'accepted':
      return { outcome: 'accepted', code: 250, reply: result.reply };
    case 'uncertain':
      return { outcome: 'uncertain', code: null, reply: result.reply };
    case 'refused':
      return result.permanent
        ? { outcome: 'refused_for_good', code: result.code, reply: result.reply }
        : { outcome: 'refused', code: result.code, reply: result.reply, nextAttemptAtMs };
  }
}
