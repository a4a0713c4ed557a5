import { sentFields } from '../../../../domain/patch.js';
import { updatePaymentGateway } from '../../../../services/payments/gateways/update-payment-gateway.js';
import { sealerOf } from '../../../access/sealer.js';
import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { requireVersion } from '../../../http/if-match.js';
import { checkWebhookUrl } from '../../events/webhooks/check-url.js';
import { gatewayJson, gatewayParams, gatewayPatch, gatewaySchema } from './schema.js';

export const updatePaymentGatewayOperation = defineOperation({
  id: 'updatePaymentGateway',
  method: 'patch',
  path: '/v1/payment-gateways/{id}',
  area: 'payment-gateways',
  summary: 'Change a payment gateway',
  description:
    'Secrets that are left out stay. Another address or kind needs the API key once more. `active: false` charges no card; ' +
    'payments that wait are charged when it is on again, if the client is still low.',
  scope: 'webhooks:write',
  needsIfMatch: true,
  request: { params: gatewayParams, body: gatewayPatch },
  example: { active: false },
  responses: { 200: { description: 'Changed', schema: gatewaySchema } },
  problems: ['not_configured'],
  secretBody: true,
  async handler({ params, body, requester, context, ifMatch }) {
    const { apiKey, webhookSecret, ...patch } = body;
    const cipher = sealerOf(context, 'secrets of payment gateways');
    if (patch.url !== undefined) await checkWebhookUrl(context, patch.url);
    const secrets = sentFields({ apiKey, webhookSecret });
    const row = await updatePaymentGateway(requester, cipher, params.id, { patch, secrets }, (before) =>
      requireVersion(ifMatch, before.version, gatewayJson(context, before)),
    );
    return ok(gatewayJson(context, row), { version: row.version });
  },
});
