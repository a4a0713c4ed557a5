import { startCardRegistration } from '../../../../services/payments/cards/register-card.js';
import { gatewayAccessOf } from '../../../access/gateway-access.js';
import { requireOwnAddress } from '../../../access/own-address.js';
import { created } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { z } from '../../../contract/zod.js';
import { registrationJson, registrationSchema } from './registration.js';
import { clientParams } from './schema.js';

export const startCardRegistrationOperation = defineOperation({
  id: 'startCardRegistration',
  method: 'post',
  path: '/v1/clients/{id}/card-registrations',
  area: 'card-payments',
  summary: 'Start registering a card',
  description:
    'Opens a page of the client’s payment gateway in which the card is entered; no card number reaches Lowwater. The gateway ' +
    'then sends the browser to `returnUrl`, an address of Lowwater’s page. Finish the registration with its id within 1 hour.',
  scope: 'payments:write',
  request: {
    params: clientParams,
    body: z.strictObject({
      returnUrl: z.string().min(1).max(2000).openapi({ example: 'https://lowwater.example/clients/7/auto-payment' }),
    }),
  },
  example: { returnUrl: 'https://lowwater.example/clients/7/auto-payment' },
  responses: { 201: { description: 'Started', schema: registrationSchema } },
  problems: ['client_deleted', 'no_gateway', 'gateway_unavailable', 'not_configured'],
  secretAnswer: true,
  async handler({ params, body, requester, context }) {
    requireOwnAddress(context, body.returnUrl);
    const started = await startCardRegistration(requester, gatewayAccessOf(context), params.id, body);
    const path = `/v1/clients/${params.id}/card-registrations/${started.id}`;
    return created(path, registrationJson(started));
  },
});
