import { DomainError } from '../../../domain/errors.js';
import { lockEndpoint, type WebhookEndpoint } from '../../../storage/events/webhooks/endpoints.js';
import type { Transaction } from '../../../storage/system/database.js';
import type { Requester } from '../../change.js';

/** Locks an endpoint that the requester sees. @throws DomainError `not_found` */
export async function requireEndpoint(tx: Transaction, requester: Requester, id: string): Promise<WebhookEndpoint> {
  const endpoint = await lockEndpoint(tx, requester.scope.resellerId, id);
  if (!endpoint) throw new DomainError('not_found', `there is no webhook endpoint ${id}`, '/path/id');
  return endpoint;
}

/** @throws DomainError `conflict` where the endpoint receives nothing, so that nothing is queued in vain */
export function requireEnabled({ enabled, name }: WebhookEndpoint): void {
  if (enabled) return;
  throw new DomainError('conflict', `the webhook endpoint "${name}" is disabled: enable it first`, '/path/id');
}
