import type { Transaction } from '../system/database.js';

/** What is remembered of a message that came in, so that its repetition gets the same answer. */
interface WebhookMessage {
  readonly sourceId: string;
  /** the `webhook-id` header */
  readonly messageId: string;
  /** SHA-256 of the body */
  readonly bodyHash: Buffer;
  readonly paymentId: string;
}

/** `new`: continue. `repeated`: it was carried out, for this payment. `other`: the id came with another body. */
type MessageClaim =
  { readonly kind: 'new' } | { readonly kind: 'repeated'; readonly paymentId: string } | { readonly kind: 'other' };

/**
 * Claims a message within the transaction that carries it out: a caller with the same id at the same time waits here,
 * and a message that is refused leaves nothing behind.
 */
export async function claimWebhookMessage(tx: Transaction, message: WebhookMessage): Promise<MessageClaim> {
  const claimed = await tx`
    insert into webhook_messages (source_id, message_id, body_hash, payment_id)
    values (${message.sourceId}, ${message.messageId}, ${message.bodyHash}, ${message.paymentId})
    on conflict (source_id, message_id) do nothing
    returning 1`;
  if (claimed.length > 0) return { kind: 'new' };
  const [known] = await tx<{ hash: Uint8Array; paymentId: string | null }[]>`
    select body_hash as hash, payment_id as "paymentId" from webhook_messages
    where source_id = ${message.sourceId} and message_id = ${message.messageId}`;
  if (!known || !message.bodyHash.equals(known.hash)) return { kind: 'other' };
  return { kind: 'repeated', paymentId: known.paymentId ?? message.paymentId };
}
