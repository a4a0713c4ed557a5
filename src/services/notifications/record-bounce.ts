import { fingerprint } from '../../domain/hash.js';
import { raiseEvent } from '../../storage/events/raise-event.js';
import {
  claimBounceMessage,
  isAddressUsed,
  lockDeliveryByMessageId,
  markAddressBounced,
  markDeliveryBounced,
  setBounceMessageResult,
  type BouncedDelivery,
  type BounceResult,
} from '../../storage/notifications/bounces.js';
import type { Transaction } from '../../storage/system/database.js';
import { change, recorded, unchanged, type Outcome, type Requester } from '../change.js';

/** A message that came back, as an email provider or an email server reported it. */
export interface ReportedBounce {
  /** of the message, the most certain first; empty: not known */
  readonly messageIds: readonly string[];
  /** null: the one that the message went to */
  readonly recipient: string | null;
  /** as `5.1.1`; empty: not known */
  readonly status: string;
  readonly detail: string;
}

const longestDetail = 500;

/**
 * Marks the delivery as bounced, and its address, and raises an event. Counters stay as they are: a server had accepted the
 * message. Without a known delivery, an address is marked only where a client or user has it.
 */
export function recordBounce(requester: Requester, bounce: ReportedBounce): Promise<BounceResult> {
  return change(requester, (tx) => markBounce(tx, requester, bounce, { byAddress: true }));
}

/** An email in the mailbox for bounces. */
interface MailboxReport {
  /** of its content: the same email is counted once */
  readonly digest: string;
  /** null: a delay, or no report */
  readonly bounce: ReportedBounce | null;
}

interface MailboxResult {
  readonly result: BounceResult;
  /** false: it was read before */
  readonly isFirst: boolean;
}

/**
 * The same for an email in a mailbox, once however often it is read: a worker may end between this and marking it as read. Anyone can
 * write to a mailbox, so that nothing is marked without the Message-ID of a delivery.
 *
 * @returns how the first reading ended
 */
export function recordMailboxReport(requester: Requester, { digest, bounce }: MailboxReport): Promise<MailboxResult> {
  return change<MailboxResult>(requester, async (tx) => {
    const before = await claimBounceMessage(tx, digest, new Date(requester.now));
    if (before !== null) return unchanged({ result: before, isFirst: false });
    if (bounce === null) return unchanged({ result: 'unknown', isFirst: true });
    const { result, entries } = await markBounce(tx, requester, bounce, { byAddress: false });
    if (result !== 'unknown') await setBounceMessageResult(tx, digest, result);
    return { result: { result, isFirst: true }, entries };
  });
}

async function markBounce(
  tx: Transaction,
  { scope, now }: Requester,
  bounce: ReportedBounce,
  { byAddress }: { readonly byAddress: boolean },
): Promise<Outcome<BounceResult>> {
  const delivery = await firstDelivery(tx, scope.resellerId, bounce.messageIds);
  if (delivery?.isBounced) return unchanged('repeated');
  const address = delivery?.recipient ?? bounce.recipient;
  const isOurs =
    delivery !== null || (byAddress && address !== null && (await isAddressUsed(tx, scope.resellerId, address)));
  if (address === null || !isOurs) return unchanged('unknown');
  const marked = { at: new Date(now), status: bounce.status, detail: bounce.detail.slice(0, longestDetail) };
  if (delivery) await markDeliveryBounced(tx, delivery.id, marked);
  const resellerId = delivery?.resellerId ?? scope.resellerId;
  const clientId = delivery?.clientId ?? null;
  const id = await markAddressBounced(tx, { resellerId, address, clientId }, marked);
  await raiseEvent(tx, {
    kind: 'email.bounced',
    cause: fingerprint(`${resellerId} ${address.toLowerCase()}`),
    subjectId: id,
    clientId,
    resellerId,
    // Addresses stay out of events.
    data: { status: marked.status, reason: marked.detail.replaceAll(/\S+@\S+/g, '…') },
    atMs: now,
  });
  return recorded<BounceResult>('recorded', {
    action: 'email_address.bounce',
    subjectType: 'email_address',
    subjectId: id,
    clientId,
    resellerId,
    reason: null,
    before: null,
    after: { status: marked.status, deliveryId: delivery?.id ?? null },
  });
}

async function firstDelivery(
  tx: Transaction,
  resellerId: string,
  messageIds: readonly string[],
): Promise<BouncedDelivery | null> {
  for (const messageId of messageIds) {
    const delivery = await lockDeliveryByMessageId(tx, resellerId, messageId);
    if (delivery) return delivery;
  }
  return null;
}
