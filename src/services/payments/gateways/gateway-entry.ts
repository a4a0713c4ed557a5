import type { PaymentGatewayRow } from '../../../storage/payments/payment-gateways.js';
import type { ChangeEntry } from '../../change.js';

/**
 * The audit row of a change of a payment gateway; never with a secret.
 *
 * @param renewed a secret was replaced
 */
export function gatewayEntry(
  action: string,
  before: PaymentGatewayRow | null,
  after: PaymentGatewayRow | null,
  renewed = false,
): ChangeEntry {
  const subject = after ?? before;
  if (!subject) throw new TypeError('a change has a gateway before it or after it');
  return {
    action,
    subjectType: 'payment_gateway',
    subjectId: subject.id,
    resellerId: subject.resellerId,
    before: before && fieldsOf(before),
    after: after && { ...fieldsOf(after), ...(renewed && { secretsRenewed: true }) },
  };
}

function fieldsOf(gateway: PaymentGatewayRow): Record<string, unknown> {
  const { name, resellerId, kind, url, login, currency, active, hasWebhookSecret } = gateway;
  return { name, resellerId, kind, url, login, currency, active, hasWebhookSecret };
}
