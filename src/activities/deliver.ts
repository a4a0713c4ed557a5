import { ApplicationFailure, Context } from '@temporalio/activity';
import { creditNotificationKey, type AbandonInput, type CreditNotificationInput, type DeliverInput, type DeliverResult } from '../contract/deliveries.js';
import { DomainError } from '../domain/errors.js';
import type { DeliveryOutcome } from '../domain/monitoring/rule-state.js';
import {
  findNotification,
  giveUpNotification,
  reopenNotification,
  type NotificationRow,
} from '../storage/notifications.js';
import type { ActivityDeps } from './deps.js';
import { withFailures } from './failures.js';
import { countEnded, handOver, outcomeOf } from './hand-over.js';
import { claimCreditMail, claimRuleMail } from './write-mail.js';

const heartbeatMs = 1500;

/** Handing mails over: claimed in the ledger of notifications first, so that no attempt doubles another's mail. */
export function deliverActivities(deps: ActivityDeps) {
  return {
    /** One mail of one rule. Refused for now throws and is retried; how it ended otherwise is the answer. */
    deliverNotification: (input: DeliverInput): Promise<DeliverResult> =>
      withFailures('deliverNotification', () =>
        whileBeating(async () => {
          const known = await findNotification(deps.sql, input);
          const row = known && known.status !== 'failed' ? known : await claimRuleMail(deps, input);
          return { outcome: row ? await deliverRow(deps, row) : 'failed' };
        }),
      ),

    /** One mail about a temporary credit. */
    deliverCreditNotification: (input: CreditNotificationInput): Promise<DeliverResult> =>
      withFailures('deliverCreditNotification', () =>
        whileBeating(async () => {
          const known = await findNotification(deps.sql, creditNotificationKey(input));
          const row = known && known.status !== 'failed' ? known : await claimCreditMail(deps, input);
          return { outcome: row ? await deliverRow(deps, row) : 'failed' };
        }),
      ),

    /** Makes an ended mail ready for that. */
    prepareResend: ({ notificationId }: { readonly notificationId: string }): Promise<void> =>
      withFailures('prepareResend', async () => {
        if (await reopenNotification(deps.sql, notificationId)) return;
        throw new DomainError('conflict', 'the mail is on its way: wait until that has ended');
      }),

    /** Sends an ended mail once more because a person said so, under the same Message-ID. */
    resendNotification: (input: {
      readonly notificationId: string;
      readonly requestedBy: string;
    }): Promise<DeliverResult> =>
      withFailures('resendNotification', () =>
        whileBeating(async () => ({ outcome: await handOver(deps, input.notificationId, input.requestedBy) })),
      ),

    /** Gives up a mail whose time is over, and says how it stands in the ledger: it may have been out already. */
    abandonNotification: ({ why, ...key }: AbandonInput): Promise<DeliveryOutcome> =>
      withFailures('abandonNotification', async () => {
        const row = await findNotification(deps.sql, key);
        if (row) return giveUp(deps, row.id, why);
        if (why === 'time_over') countEnded(deps, key.rule, 'failed');
        return 'failed';
      }),

    /** Gives up a mail that a person wanted sent once more. */
    abandonResend: ({ notificationId }: { readonly notificationId: string }): Promise<DeliveryOutcome> =>
      withFailures('abandonResend', () => giveUp(deps, notificationId, 'time_over')),
  };
}

const whyGivenUp: Readonly<Record<AbandonInput['why'], string>> = {
  time_over: 'not handed over in its time',
  called_off: 'called off: no longer true',
};

async function giveUp(deps: ActivityDeps, id: string, why: AbandonInput['why']): Promise<DeliveryOutcome> {
  const mail = await giveUpNotification(deps.sql, id, whyGivenUp[why]);
  // A mail that was called off has not failed: nobody wants it any more.
  const counts = mail?.ended === 'uncertain' || why === 'time_over';
  if (mail?.ended && counts) countEnded(deps, mail.rule, mail.ended);
  return outcomeOf(mail?.status);
}

async function deliverRow(deps: ActivityDeps, row: NotificationRow): Promise<DeliveryOutcome> {
  if (row.status === 'accepted' || row.status === 'uncertain') return row.status;
  if (Context.current().cancellationSignal.aborted) throw ApplicationFailure.nonRetryable('called off', 'called_off');
  return handOver(deps, row.id, null);
}

/** Heartbeats while the work runs: a worker that died is noticed within seconds and another takes over. */
async function whileBeating<T>(work: () => Promise<T>): Promise<T> {
  const context = Context.current();
  const timer = setInterval(() => context.heartbeat(), heartbeatMs);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
