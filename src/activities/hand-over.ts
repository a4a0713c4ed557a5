import { ApplicationFailure } from '@temporalio/activity';
import type { DeliveryOutcome } from '../domain/monitoring/rule-state.js';
import type { SendResult } from '../mail/transport.js';
import {
  beginAttempt,
  endAttempt,
  markHandingOver,
  readNotification,
  type AttemptEnd,
  type NotificationRow,
  type NotificationStatus,
} from '../storage/notifications.js';
import type { ActivityDeps } from './deps.js';

/**
 * One attempt to hand a claimed mail over. The row says at each moment what a crash would leave: until the end of the
 * data is due the mail may be sent again; from then on until the server's reply is recorded it may have arrived, and
 * is uncertain.
 *
 * @throws ApplicationFailure `mail_refused`, retryable, when the server refused for now.
 */
export async function handOver(
  deps: ActivityDeps,
  notificationId: string,
  requestedBy: string | null,
): Promise<DeliveryOutcome> {
  const row = await readNotification(deps.sql, notificationId);
  if (!row) throw ApplicationFailure.nonRetryable('there is no such notification', 'not_found');
  if (row.status === 'accepted' || row.status === 'uncertain') return row.status;
  if (row.status === 'handing_over') return interrupted(deps, row);
  const attempt = await beginAttempt(deps.sql, row.id, requestedBy);
  if (attempt === null) return outcomeOf((await readNotification(deps.sql, row.id))?.status);
  const { messageId, recipients, subject, html, text } = row;
  const result = await deps.mail.send(
    { messageId, to: recipients, subject, html, text, date: new Date() },
    { beforeEnd: () => goAhead(deps, row.id, attempt) },
  );
  const end = attemptEnd(result);
  await endAttempt(deps.sql, row.id, attempt, end);
  count(deps, row.rule, end.outcome);
  if (result.outcome === 'accepted') return 'accepted';
  if (result.outcome === 'uncertain') return 'uncertain';
  if (result.permanent) return 'failed';
  throw ApplicationFailure.retryable(
    `the mail server refused for now${result.code === null ? '' : ` (${result.code})`}`,
    'mail_refused',
  );
}

/** How a mail stands that this attempt must leave alone: another one was quicker, or it was given up. */
export function outcomeOf(status: NotificationStatus | undefined): DeliveryOutcome {
  if (status === 'accepted') return 'accepted';
  return status === 'uncertain' || status === 'handing_over' ? 'uncertain' : 'failed';
}

function count(deps: ActivityDeps, rule: string, result: SentEnd['outcome']): void {
  deps.metrics?.mailAttempts.inc({ result });
  if (result !== 'refused') countEnded(deps, rule, result === 'refused_for_good' ? 'failed' : result);
}

/** A delivery has ended: called once for each, wherever that is found. */
export function countEnded(deps: ActivityDeps, rule: string, outcome: DeliveryOutcome): void {
  const audience = rule.startsWith('credit_') ? 'credit' : (rule.split(':')[0] ?? rule);
  deps.metrics?.notifications.inc({ audience, outcome });
}

/** An earlier attempt died between the end of the data and the reply: the mail may have arrived. */
async function interrupted(deps: ActivityDeps, { id, rule, attempts }: NotificationRow): Promise<DeliveryOutcome> {
  await endAttempt(deps.sql, id, attempts, {
    outcome: 'interrupted',
    code: null,
    reply: 'the worker stopped after the data was out and before the reply was recorded',
  });
  if ((await readNotification(deps.sql, id))?.status === 'accepted') return 'accepted';
  deps.metrics?.mailAttempts.inc({ result: 'uncertain' });
  countEnded(deps, rule, 'uncertain');
  return 'uncertain';
}

async function goAhead(deps: ActivityDeps, id: string, attempt: number): Promise<void> {
  if (!(await markHandingOver(deps.sql, id, attempt))) throw new Error('a later attempt has taken this mail over');
}

/** How an attempt ends that lives to tell it. */
type SentEnd = AttemptEnd & { readonly outcome: Exclude<AttemptEnd['outcome'], 'interrupted'> };

function attemptEnd(result: SendResult): SentEnd {
  switch (result.outcome) {
    case 'accepted':
      return { outcome: 'accepted', code: 250, reply: replyOf(result), accepted: result.accepted };
    case 'uncertain':
      return { outcome: 'uncertain', code: null, reply: result.reply };
    case 'refused':
      return { outcome: result.permanent ? 'refused_for_good' : 'refused', code: result.code, reply: result.reply };
  }
}

function replyOf(result: Extract<SendResult, { outcome: 'accepted' }>): string {
  const refused = result.rejected.map(({ address, reply }) => `${address}: ${reply}`);
  return [result.reply, ...refused].join('\n');
}
