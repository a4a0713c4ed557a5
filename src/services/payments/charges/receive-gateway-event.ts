import { moneyOf } from '../../../domain/money.js';
import { clientIdInKey } from '../../../domain/payments/card-payments.js';
import type { GatewayEvent, GatewayTransaction } from '../../../domain/payments/gateway.js';
import { postEntry } from '../../../storage/ledger/ledger.js';
import { lockPayer } from '../../../storage/payments/auto-payments.js';
import {
  findPaymentOfTransaction,
  lockCardPayment,
  type CardPaymentRow,
} from '../../../storage/payments/card-payments.js';
import {
  isGatewayMessageKnown,
  noteGatewayMessage,
  type SealedGateway,
} from '../../../storage/payments/payment-gateways.js';
import type { Transaction } from '../../../storage/system/database.js';
import { change, unrecorded, type Requester } from '../../change.js';
import { askGateway, openGateway, type GatewayAccess } from '../gateways/gateway-access.js';
import { applyTransaction } from './apply-transaction.js';
import { raisePaymentProblem } from './payment-events.js';

/** `repeated`: it was carried out before · `ignored`: it is about nothing of ours */
type GatewayEventOutcome = 'recorded' | 'repeated' | 'ignored';

interface Received {
  readonly outcome: GatewayEventOutcome;
  /** whose balance may have changed */
  readonly clientId: string | null;
}

/**
 * Carries out a message of a gateway whose signature is right. It is only a hint: the transaction that it names is read from
 * the gateway, and that counts. A message is noted in the transaction that carries it out.
 *
 * @throws DomainError `gateway_unavailable`: the sender sends it again
 */
export async function receiveGatewayEvent(
  requester: Requester,
  access: GatewayAccess,
  gateway: SealedGateway,
  event: GatewayEvent,
): Promise<Received> {
  const { transactionId } = event;
  if (await requester.scope.read((q) => isGatewayMessageKnown(q, gateway.id, event.id))) {
    return { outcome: 'repeated', clientId: null };
  }
  const transaction =
    transactionId === null ? null : await askGateway(() => openGateway(access, gateway).readTransaction(transactionId));
  return change<Received>(requester, async (tx) => {
    if (!(await noteGatewayMessage(tx, gateway.id, event.id)))
      return unrecorded({ outcome: 'repeated', clientId: null });
    const clientId = transaction && (await record(tx, requester, gateway, transaction));
    return unrecorded({ outcome: clientId ? 'recorded' : 'ignored', clientId });
  });
}

/** @returns the client; null: it is no transaction of ours */
async function record(
  tx: Transaction,
  requester: Requester,
  gateway: SealedGateway,
  transaction: GatewayTransaction,
): Promise<string | null> {
  const { scope, now } = requester;
  const found = await findPaymentOfTransaction(tx, gateway.id, transaction);
  if (!found) return recordUnexpected(tx, requester, gateway, transaction);
  const payer = await lockPayer(tx, scope.resellerId, found.clientId, now);
  const payment = await lockCardPayment(tx, found.id);
  if (!payer || !payment) return null;
  await applyTransaction(tx, requester, { payer, payment }, transaction);
  return found.clientId;
}

/** Approved under a key of ours that is not known here, as after a restored backup: the amount is the client's. */
async function recordUnexpected(
  tx: Transaction,
  { scope, now }: Requester,
  gateway: SealedGateway,
  transaction: GatewayTransaction,
): Promise<string | null> {
  const clientId = transaction.key === null ? null : clientIdInKey(transaction.key);
  if (clientId === null || transaction.state !== 'approved') return null;
  const payer = await lockPayer(tx, scope.resellerId, clientId, now);
  if (!payer || payer.status === 'deleted' || payer.currency !== (transaction.currency ?? gateway.currency))
    return null;
  const entry = await postEntry(tx, {
    clientId,
    kind: 'payment',
    externalId: transaction.id,
    amount: moneyOf(transaction.amount),
    currency: payer.currency,
    source: `gateway:${gateway.id}`,
  });
  if (entry.replayed) return clientId;
  const payment: Pick<CardPaymentRow, 'id' | 'clientId' | 'amount' | 'currency'> = {
    id: transaction.id,
    clientId,
    amount: transaction.amount,
    currency: payer.currency,
  };
  await raisePaymentProblem(tx, payment, payer.name, 'unexpected', now, transaction.key ?? '');
  return clientId;
}
