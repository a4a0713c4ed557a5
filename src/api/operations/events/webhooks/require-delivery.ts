import { DomainError } from '../../../../domain/errors.js';
import { findWebhookDelivery, type WebhookDeliveryDetails } from '../../../../storage/events/webhooks/deliveries.js';
import type { Scope } from '../../../../storage/system/scope.js';

/** @throws DomainError `not_found` */
export async function requireWebhookDelivery(scope: Scope, id: string): Promise<WebhookDeliveryDetails> {
  const row = await scope.read((q) => findWebhookDelivery(q, scope.resellerId, id));
  if (!row) throw new DomainError('not_found', `there is no webhook delivery ${id}`, '/path/id');
  return row;
}
