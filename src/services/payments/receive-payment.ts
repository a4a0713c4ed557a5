import { DomainError } from '../../domain/errors.js';
import type { PostedEntry } from '../../domain/ledger/entry.js';
import { formatMoney, type Micros } from '../../domain/money.js';
import { isRefusedForMeaning, raiseRefusedPayments, type SentPayment } from '../../storage/events/refused-payments.js';
import { clientsByExternalId } from '../../storage/clients/external-ids.js';
import { findPaidClient } from '../../storage/ledger/ledger-read.js';
import { postEntry } from '../../storage/ledger/ledger.js';
import { claimWebhookMessage } from '../../storage/payments/webhook-messages.js';
import type { Transaction } from '../../storage/system/database.js';
import { change, unrecorded, type Requester } from '../change.js';

/** A payment as a payment system sent it, in a message whose signature is right. */
export interface ReceivedPayment {
  readonly sourceId: string;
  /** the `webhook-id` header */
  readonly messageId: string;
  /** SHA-256 of the body */
  readonly bodyHash: Buffer;
  /** the payment system's id of the payment */
  readonly id: string;
  readonly client: { readonly id: string } | { readonly externalId: string };
  readonly amount: Micros;
  readonly currency: string;
  /** ms since 1970; null: now */
  readonly occurredAt: number | null;
}

/**
 * Records a payment once, however often its message or another one with the same payment arrives. A refusal for its
 * meaning is an event for staff.
 *
 * @returns the entry of the ledger
 * @throws DomainError `not_found`, `client_deleted`, `currency_mismatch`, `invalid`, and `conflict` where the id of the
 * message or of the payment was used with another content
 */
export async function receivePayment(requester: Requester, payment: ReceivedPayment): Promise<PostedEntry> {
  try {
    // An entry of the ledger is its own record: no audit row repeats it.
    return await change(requester, async (tx) => unrecorded(await record(tx, requester, payment)));
  } catch (error) {
    if (isRefusedForMeaning(error)) await raiseRefusal(requester, payment, error);
    throw error;
  }
}

async function record(tx: Transaction, { scope, actor }: Requester, payment: ReceivedPayment): Promise<PostedEntry> {
  const { sourceId, messageId, bodyHash, client } = payment;
  const claim = await claimWebhookMessage(tx, { sourceId, messageId, bodyHash, paymentId: payment.id });
  if (claim.kind === 'other') {
    throw new DomainError('conflict', 'this webhook-id was already used with another body', '/headers/webhook-id');
  }
  const pointer = 'id' in client ? '/data/clientId' : '/data/externalClientId';
  const clientId =
    'id' in client
      ? client.id
      : ((await findPaidClient(
          tx,
          { externalId: payment.id, source: actor.id, clientExternalId: client.externalId },
          scope.resellerId,
        )) ?? (await requireByExternalId(tx, scope.resellerId, client.externalId)));
  try {
    const { id, amount, currency, occurredAt } = payment;
    const entry = {
      clientId,
      kind: 'payment',
      externalId: id,
      amount,
      currency,
      occurredAt,
      source: actor.id,
    } as const;
    return await postEntry(tx, entry, { withinReseller: scope.resellerId });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw new DomainError(error.code, error.message, error.pointer === '/clientId' ? pointer : `/data${error.pointer}`);
  }
}

async function requireByExternalId(tx: Transaction, withinId: string, externalId: string): Promise<string> {
  const pointer = '/data/externalClientId';
  const found = (await clientsByExternalId(tx, withinId, [externalId])).get(externalId);
  if (found?.kind === 'one') return found.id;
  if (found?.kind !== 'several')
    throw new DomainError('not_found', 'the client does not exist, or the webhook source has no access to it', pointer);
  throw new DomainError(
    'conflict',
    'clients of several resellers have this external id: name the client by clientId, or use a webhook source of its reseller',
    pointer,
  );
}

/** In a transaction after the one that was rolled back; the sender is answered only after the event is written. */
function raiseRefusal(requester: Requester, payment: ReceivedPayment, error: DomainError): Promise<void> {
  const { scope, actor, now } = requester;
  const { id, client, currency } = payment;
  const sent: SentPayment = { paymentId: id, amount: formatMoney(payment.amount), currency, client, source: actor.id };
  return change(requester, async (tx) => {
    await raiseRefusedPayments(tx, [{ ...sent, error }], { withinReseller: scope.resellerId, atMs: now });
    return unrecorded(undefined);
  });
}
