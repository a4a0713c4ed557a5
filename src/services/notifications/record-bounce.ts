import { fingerprint } from '../../domain/hash.js';
import { raiseEvent } from '../../storage/events/raise-event.js';
import {
  isAddressUsed,
  lockDeliveryByMessageId,
  markAddressBounced,
  markDeliveryBounced,
} from '../../storage/notifications/bounces.js';
import { change, recorded, unchanged, type Requester } from '../change.js';

/** A message that came back, as an email provider or an email server reported it. */
export interface ReportedBounce {
  /** of the message; null: not known */
  readonly messageId: string | null;
  /** null: the one that the message went to */
  readonly recipient: string | null;
  /** as `5.1.1`; empty: not known */
  readonly status: string;
  readonly detail: string;
}

/** `recorded`: delivery or address is marked · `repeated`: it was so already · `unknown`: no message or address of ours. */
type BounceResult = 'recorded' | 'repeated' | 'unknown';

const longestDetail = 500;

/**
 * Marks the delivery as bounced, and its address, and raises an event. Counters stay as they are: a server had accepted the
 * message. Without a known delivery, an address is marked only where a client or user has it.
 */
export function recordBounce(requester: Requester, bounce: ReportedBounce): Promise<BounceResult> {
  const { scope, now } = requester;
  return change<BounceResult>(requester, async (tx) => {
    const { messageId } = bounce;
    const delivery = messageId === null ? null : await lockDeliveryByMessageId(tx, scope.resellerId, messageId);
    if (delivery?.isBounced) return unchanged('repeated');
    const address = delivery?.recipient ?? bounce.recipient;
    if (address === null || (!delivery && !(await isAddressUsed(tx, scope.resellerId, address)))) {
      return unchanged('unknown');
    }
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
  });
}
