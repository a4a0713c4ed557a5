import { gatewayConnector } from '../../gateways/connect-gateway.js';
import type { GatewayAccess } from '../../services/payments/gateways/gateway-access.js';
import { findOperatorId } from '../../storage/resellers/operator.js';
import { gatewayByHook, type SealedGateway } from '../../storage/payments/payment-gateways.js';
import { resellerScope, type WriteWatch, operatorScope } from '../../storage/system/scope.js';
import type { Requester } from '../../services/change.js';
import type { ApiContext } from '../context.js';
import { sealerOf } from './sealer.js';

/** What opens payment gateways. @throws ApiProblem `not_configured` without SECRET_KEY */
export function gatewayAccessOf(context: ApiContext): GatewayAccess {
  const { webhookGuard, version } = context;
  return {
    cipher: sealerOf(context, 'secrets of payment gateways'),
    connect: gatewayConnector({ ...webhookGuard, userAgent: `Lowwater/${version}` }),
  };
}

/**
 * The gateway at an address of webhooks. There is no caller: the address names the gateway, and the signature proves the
 * sender. The row is therefore read on the service's own connections.
 */
export function findGatewayByHook(context: ApiContext, hook: string): Promise<SealedGateway | null> {
  return gatewayByHook(context.sql, hook);
}

/** A gateway whose signature was right, as a requester: within its reseller. */
export async function gatewayRequester(
  context: ApiContext,
  gateway: SealedGateway,
  { requestId, now, bound }: { readonly requestId: string; readonly now: number; readonly bound: WriteWatch },
): Promise<Requester> {
  const operatorId = await findOperatorId(context.sql);
  const scope =
    gateway.resellerId === operatorId
      ? operatorScope(context.databases.service, operatorId, bound)
      : resellerScope(context.databases.reseller, gateway.resellerId, bound);
  return { scope, actor: { id: `gateway:${gateway.id}`, source: 'api', requestId }, now };
}
