import { DomainError } from '../../../domain/errors.js';
import { fitsMinorDigits, formatMoney, moneyWithCurrency, parseMoney } from '../../../domain/money.js';
import { isCardExpired, maxCardPayment, minCardPayment } from '../../../domain/payments/card-payments.js';
import {
  findOpenPayment,
  findPaymentByRequest,
  insertManualPayment,
  type CardPaymentRow,
} from '../../../storage/payments/card-payments.js';
import { change, recorded, unchanged, type Requester } from '../../change.js';
import { autoPaymentEntry, refuseInFlight, requirePayer } from '../cards/require-payer.js';

interface PaidNow {
  readonly row: CardPaymentRow;
  /** the same was asked for before, under the same id */
  readonly replayed: boolean;
}

/**
 * Charges the client's card by hand: a user for the client, or the client itself in its panel. The payment is written with
 * its key, and its workflow then charges the card within about a second; read it to learn the outcome.
 * A panel user's role sees no gateway: call this in the scope of the service, for the panel user's own client.
 *
 * @param requestId the same one is the same payment
 * @throws DomainError `not_found`, `client_deleted`, `auto_payment_no_card`, `card_expired`, `auto_payment_in_flight`,
 * `invalid` (amount: 1.00 to 100,000.00, in the currency's decimals), `conflict` (the id was used for another amount)
 */
export function payNow(
  requester: Requester,
  clientId: string,
  { amount: text, requestId }: { readonly amount: string; readonly requestId: string },
): Promise<PaidNow> {
  const { actor, now } = requester;
  const amount = parseMoney(text, '/amount');
  return change<PaidNow>(requester, async (tx) => {
    const { card, currency } = await requirePayer(tx, requester, clientId);
    const same = await findPaymentByRequest(tx, clientId, requestId);
    if (same) {
      if (same.amount !== null && parseMoney(same.amount) === amount) return unchanged({ row: same, replayed: true });
      throw new DomainError('conflict', 'this id was used for a payment of another amount: choose another id');
    }
    if (amount < minCardPayment || amount > maxCardPayment || !fitsMinorDigits(amount, currency)) {
      throw new DomainError(
        'invalid',
        `must be ${moneyWithCurrency(minCardPayment, currency)} to ${moneyWithCurrency(maxCardPayment, currency)}, without ` +
          'more decimals than the currency has',
        '/amount',
      );
    }
    if (!card) throw new DomainError('auto_payment_no_card', 'the client has no card');
    if (isCardExpired(card.expires, now)) {
      throw new DomainError('card_expired', `the card expired at the end of ${card.expires}: register another one`);
    }
    await refuseInFlight(tx, clientId);
    const at = new Date(now);
    const payment = { clientId, currency, requestedBy: actor.id, decidedAt: at, notBefore: at };
    const row = await insertManualPayment(tx, { ...payment, amount: formatMoney(amount), requestId });
    if (!row) {
      const open = await findOpenPayment(tx, clientId, { origin: 'by_hand' });
      throw new DomainError(
        'auto_payment_in_flight',
        `card payment ${open?.id ?? ''} is not over: wait for its outcome`,
      );
    }
    const after = { id: row.id, amount: formatMoney(amount), currency, last4: card.last4 };
    return recorded({ row, replayed: false }, autoPaymentEntry('card_payment.create', clientId, null, null, after));
  });
}
