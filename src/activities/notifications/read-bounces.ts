import { ApplicationFailure } from '@temporalio/common';
import { createHash } from 'node:crypto';
import type { BouncesReport } from '../../contract/fleet.js';
import { systemActor } from '../../domain/monitoring/state.js';
import { MailboxError, type BounceMailbox, type MessageKind } from '../../mail/bounces/bounce-mailbox.js';
import { readDeliveryReport } from '../../mail/bounces/delivery-report.js';
import type { DeliveryReport } from '../../mail/bounces/report.js';
import { returnedMessageId } from '../../mail/bounces/return-address.js';
import type { Logger } from '../../observability/logger.js';
import { recordMailboxReport, type ReportedBounce } from '../../services/notifications/record-bounce.js';
import { raiseMailboxFailure, resolveMailboxFailure } from '../../storage/events/source-state.js';
import type { Sql } from '../../storage/system/database.js';
import type { ActivityDeps } from '../deps.js';
import { withFailures } from '../failures.js';
import { requesterFor } from '../requester.js';
import { withHeartbeat } from './deliver.js';

interface BounceParts {
  readonly sql: Sql;
  readonly mailbox: BounceMailbox;
  readonly logger: Logger;
  /** `{id}` in the address says whose bounce it is; null: the address is that of all emails */
  readonly returns: { readonly address: string; readonly mailDomain: string } | null;
}

/** Emails of one run; those after them wait for the next. */
const maxMessages = 500;

/**
 * Reads the mailbox for bounces: marks the deliveries that came back, flags what is for a person. An event is open while the mailbox
 * can't be read.
 *
 * @throws MailboxError when it can't
 */
export async function readBounces(
  { sql, mailbox, logger, returns }: BounceParts,
  stop?: AbortSignal,
): Promise<BouncesReport> {
  const counts = { messages: 0, bounces: 0, flagged: 0 };
  const handle = async (content: Buffer | null): Promise<MessageKind> => {
    counts.messages += 1;
    if (content === null) {
      counts.flagged += 1;
      return 'other';
    }
    const report = await parsed(content, logger);
    const requester = await requesterFor(sql, systemActor, Date.now());
    const digest = createHash('sha256').update(content).digest('hex');
    const bounce = report && bounceOf(report, returns);
    const { result, isFirst } = await recordMailboxReport(requester, { digest, bounce });
    if (isFirst && result === 'recorded') counts.bounces += 1;
    // A delay, and an email that came back twice, is no work for anyone.
    if (report && (bounce === null || result !== 'unknown')) return 'report';
    counts.flagged += 1;
    return 'other';
  };
  try {
    const left = await mailbox.read(handle, { limit: maxMessages, ...(stop && { stop }) });
    await resolveMailboxFailure(sql, 'The mailbox is read again');
    return { ...counts, left };
  } catch (error) {
    if (error instanceof MailboxError) await raiseMailboxFailure(sql, mailbox.name, error.message, Date.now());
    throw error;
  }
}

/** Anyone can write to the mailbox: what can't be parsed is for a person. */
async function parsed(content: Buffer, logger: Logger): Promise<DeliveryReport | null> {
  try {
    const report = await readDeliveryReport(content);
    return report && report.recipients.length > 0 ? report : null;
  } catch (error) {
    logger.warn({ err: error }, 'email in the mailbox for bounces not readable, flagged');
    return null;
  }
}

/** Null: it reports no failure for good. */
function bounceOf(
  { messageIds, recipients, returnedTo }: DeliveryReport,
  returns: BounceParts['returns'],
): ReportedBounce | null {
  const failed = recipients.find(({ action }) => action === 'failed');
  if (!failed) return null;
  const own = returns && returnedMessageId(returns.address, returnedTo, returns.mailDomain);
  return {
    messageIds: own === null ? messageIds : [own, ...messageIds],
    ...{ recipient: failed.address, status: failed.status, detail: failed.diagnostic },
  };
}

export function bounceActivities({ sql, bounces, logger, settings }: ActivityDeps) {
  const { bounceAddress: address, mailDomain } = settings;
  const returns = address === undefined ? null : { address, mailDomain };
  return {
    /** Reads the mailbox for bounces, if there is one. */
    readBounces: (): Promise<BouncesReport> =>
      withFailures('readBounces', async () => {
        const mailbox = bounces ?? null;
        if (!mailbox) return { messages: 0, bounces: 0, flagged: 0, left: 0 };
        try {
          return await withHeartbeat(() => readBounces({ sql, mailbox, logger, returns }));
        } catch (error) {
          if (!(error instanceof MailboxError)) throw error;
          // The next run tries again: the interval is how long a server that is away is left alone.
          const message = `the mailbox ${mailbox.name} can’t be read: ${error.message}`;
          throw ApplicationFailure.create({ message, type: 'mailbox_failing', nonRetryable: true });
        }
      }),
  };
}
