import type { Requester } from '../../services/change.js';
import { markSourceUsed, sourceByName, type SealedSource } from '../../storage/payments/webhook-sources.js';
import { resellerScope, type WriteWatch } from '../../storage/system/scope.js';
import type { ApiContext } from '../context.js';

/**
 * Who sends a webhook. There is no caller: the address names the source, and the signature proves the sender. The row of
 * the source is therefore read and marked on the service's own connections, as keys and sessions are.
 */
export function findWebhookSource(context: ApiContext, name: string): Promise<SealedSource | null> {
  return sourceByName(context.sql, name);
}

/** A source whose signature was right, as a requester: within its reseller, also where that is the operator. */
export function webhookRequester(
  context: ApiContext,
  source: SealedSource,
  { requestId, now, bound }: { readonly requestId: string; readonly now: number; readonly bound: WriteWatch },
): Requester {
  return {
    scope: resellerScope(context.databases.reseller, source.resellerId, bound),
    actor: { id: `webhook:${source.name}`, source: 'api', requestId },
    now,
  };
}

export async function markWebhookSourceUsed(context: ApiContext, { id }: SealedSource, now: number): Promise<void> {
  await markSourceUsed(context.sql, id, now);
}
