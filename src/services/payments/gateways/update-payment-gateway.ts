import { DomainError } from '../../../domain/errors.js';
import { applyPatch, type Patch } from '../../../domain/patch.js';
import type { SecretCipher } from '../../../storage/access/secret-encryption.js';
import {
  lockPaymentGateway,
  updatePaymentGateway as updateRow,
  type GatewayFields,
  type PaymentGatewayRow,
} from '../../../storage/payments/payment-gateways.js';
import { change, recorded, type Precondition, type Requester } from '../../change.js';
import type { GatewaySecrets } from './create-payment-gateway.js';
import { gatewayEntry } from './gateway-entry.js';

/**
 * Changes a payment gateway. Secrets that are not named stay.
 *
 * @throws DomainError `not_found`, `invalid` (another address or kind without its API key)
 */
export function updatePaymentGateway(
  requester: Requester,
  cipher: SecretCipher,
  id: string,
  { patch, secrets }: { readonly patch: Patch<GatewayFields>; readonly secrets: Partial<GatewaySecrets> },
  precondition: Precondition<PaymentGatewayRow>,
): Promise<PaymentGatewayRow> {
  return change(requester, async (tx) => {
    const before = await lockPaymentGateway(tx, requester.scope.resellerId, id);
    if (!before) throw new DomainError('not_found', `there is no payment gateway ${id}`, '/path/id');
    precondition(before);
    const { name, kind, url, login, currency, active, secretPlace } = before;
    const seal = (secret: string): Buffer => cipher.encrypt(secret, secretPlace);
    const { apiKey, webhookSecret } = secrets;
    const fields = applyPatch({ name, kind, url, login, currency, active }, patch);
    if (apiKey === undefined && (fields.url !== url || fields.kind !== kind)) {
      // A kept key would be sent to an address that its owner never entered it for.
      throw new DomainError('invalid', 'must be entered again with another address or kind', '/apiKey');
    }
    const after = await updateRow(tx, id, {
      ...fields,
      apiKey: apiKey === undefined ? before.apiKey : seal(apiKey),
      webhookSecret:
        webhookSecret === undefined ? before.webhookSecret : webhookSecret === null ? null : seal(webhookSecret),
    });
    const renewed = apiKey !== undefined || webhookSecret !== undefined;
    return recorded(after, gatewayEntry('payment_gateway.update', before, after, renewed));
  });
}
