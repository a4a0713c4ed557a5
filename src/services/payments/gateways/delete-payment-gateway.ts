import { DomainError } from '../../../domain/errors.js';
import {
  deletePaymentGatewayRow,
  lockPaymentGateway,
  type PaymentGatewayRow,
} from '../../../storage/payments/payment-gateways.js';
import { change, recorded, type Precondition, type Requester } from '../../change.js';
import { gatewayEntry } from './gateway-entry.js';

/**
 * Removes a payment gateway. The payments that it made stay.
 *
 * @throws DomainError `not_found`; `in_use` while clients have their cards at it
 */
export function deletePaymentGateway(
  requester: Requester,
  id: string,
  precondition: Precondition<PaymentGatewayRow>,
): Promise<void> {
  return change(requester, async (tx) => {
    const gateway = await lockPaymentGateway(tx, requester.scope.resellerId, id);
    if (!gateway) throw new DomainError('not_found', `there is no payment gateway ${id}`, '/path/id');
    precondition(gateway);
    await deletePaymentGatewayRow(tx, id);
    return recorded(undefined, gatewayEntry('payment_gateway.delete', gateway, null));
  });
}
