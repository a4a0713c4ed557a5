import { receiveGatewayEvent } from '../../../../services/payments/charges/receive-gateway-event.js';
import { openGateway } from '../../../../services/payments/gateways/gateway-access.js';
import { findGatewayByHook, gatewayAccessOf, gatewayRequester } from '../../../access/gateway-access.js';
import { ok } from '../../../contract/answers.js';
import { definePublicOperation } from '../../../contract/operation.js';
import { z } from '../../../contract/zod.js';
import { problemAt } from '../../../http/problem.js';

const header = z.string().max(2000).optional();

const receivedSchema = z
  .strictObject({
    outcome: z.enum(['recorded', 'repeated', 'ignored']).openapi({
      description:
        '`repeated`: the message was carried out before · `ignored`: it is about no card payment of Lowwater',
    }),
  })
  .openapi('GatewayWebhookReceived');

export const receiveGatewayWebhookOperation = definePublicOperation({
  id: 'receiveGatewayWebhook',
  method: 'post',
  path: '/v1/webhooks/gateways/{hook}',
  area: 'payment-gateways',
  summary: 'Receive a message of a payment gateway',
  description:
    'No API key: signed as in Standard Webhooks, or with `X-ANET-Signature` by Authorize.net. The message is only a hint: the ' +
    'transaction that it names is read from the gateway, and that counts. A repeated message changes nothing.',
  raw: true,
  request: {
    params: z.strictObject({ hook: z.string().regex(/^[A-Za-z0-9_-]{20,64}$/) }),
    body: z.unknown().openapi({ type: 'object', description: 'As the gateway sends it' }),
    headers: z.object({
      'webhook-id': header,
      'webhook-timestamp': header,
      'webhook-signature': header,
      'x-anet-signature': header,
    }),
  },
  example: { transactionId: 'tr-1' },
  responses: { 200: { description: 'Carried out, or nothing to do', schema: receivedSchema } },
  problems: ['signature_invalid', 'gateway_unavailable', 'not_configured'],
  async handler({ params, headers, context, rawBody, requestId, now, bound }) {
    const access = gatewayAccessOf(context);
    const gateway = await findGatewayByHook(context, params.hook);
    // Only a sender who can sign for a gateway learns that it exists.
    const event = gateway?.hasWebhookSecret ? openGateway(access, gateway).readEvent(headers, rawBody, now) : null;
    if (!gateway || !event) {
      throw problemAt(
        'signature_invalid',
        '#/headers',
        'must be signed with the webhook secret of this payment gateway',
      );
    }
    const requester = await gatewayRequester(context, gateway, { requestId, now, bound });
    const { outcome, clientId } = await receiveGatewayEvent(requester, access, gateway, event);
    if (clientId !== null) context.live.touch([clientId]);
    return ok({ outcome });
  },
});
