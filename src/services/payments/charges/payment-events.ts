import { formatMoney, moneyOf } from '../../../domain/money.js';
import { raiseEvent } from '../../../storage/events/raise-event.js';
import { resolveOpenEvents } from '../../../storage/events/resolve-event.js';
import type { CardPaymentRow } from '../../../storage/payments/card-payments.js';
import type { Payer } from '../../../storage/payments/auto-payments.js';
import type { Transaction } from '../../../storage/system/database.js';
import type { FreezeReason } from '../../../domain/payments/card-payments.js';

/** What staff must do about a card payment, by the cause in the event. */
const remedies = {
  unknown: 'Look the payment up at the gateway by its key, then unfreeze auto payment.',
  held: 'It has been under review at the gateway for 72 hours: decide it there.',
  gateway_refused: 'The gateway refused the request: check its settings.',
  no_gateway: 'Enable the payment gateway of the card: the payment is tried again every hour.',
  no_rate: 'Add the exchange rate: the payment is tried again every hour.',
  unexpected: 'The gateway made it with a key of Lowwater that was not known here: check the client’s payments.',
  not_recorded: 'The gateway approved it, and the ledger refused it: record or refund it by hand.',
} as const;

export type PaymentProblem = keyof typeof remedies;

/** An entry of the events log about a card payment; repeated, it raises the count. */
export async function raisePaymentProblem(
  tx: Transaction,
  { id, clientId, amount, currency }: Pick<CardPaymentRow, 'id' | 'clientId' | 'amount' | 'currency'>,
  client: string,
  problem: PaymentProblem,
  atMs: number,
  detail = '',
): Promise<void> {
  await raiseEvent(tx, {
    kind: 'card_payment.problem',
    cause: `${id} ${problem}`,
    subjectId: id,
    clientId,
    resellerId: null,
    data: {
      client,
      amount: amount === null ? '' : formatMoney(moneyOf(amount)),
      currency,
      reason: problem,
      detail: detail === '' ? remedies[problem] : `${remedies[problem]} (${detail})`,
    },
    atMs,
  });
}

/** Automatic payments of the client have ended until someone acts. */
export async function raiseFrozen(
  tx: Transaction,
  payer: Pick<Payer, 'clientId' | 'name' | 'card'>,
  reason: FreezeReason,
  atMs: number,
  decline = '',
): Promise<void> {
  const card = payer.card ? `${payer.card.brand} ${payer.card.last4}` : '';
  await raiseEvent(tx, {
    kind: 'auto_payment.frozen',
    cause: `client ${payer.clientId}`,
    subjectId: payer.clientId,
    clientId: payer.clientId,
    resellerId: null,
    data: { client: payer.name, reason, card, decline },
    atMs,
  });
}

export async function resolveFrozen(tx: Transaction, clientId: string, atMs: number, reason: string): Promise<void> {
  await resolveOpenEvents(
    tx,
    { kind: 'auto_payment.frozen', cause: `client ${clientId}` },
    { reason, at: new Date(atMs) },
  );
}
