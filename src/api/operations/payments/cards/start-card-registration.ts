import { DomainError } from '../../../../domain/errors.js';
import { withoutEndSlash } from '../../../../domain/urls.js';
import { startCardRegistration } from '../../../../services/payments/cards/register-card.js';
import { gatewayAccessOf } from '../../../access/gateway-access.js';
import type { ApiContext } from '../../../context.js';
import { created } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { timeString, timeText } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { clientParams } from './schema.js';

const registrationSchema = z
  .strictObject({
    id: z.string().openapi({ example: '0b7f5c1e-5d0a-4a0e-9a52-0f4f2b7f6a11' }),
    url: z.string().openapi({ description: 'Page of the gateway in which the card is entered' }),
    method: z.enum(['GET', 'POST']).openapi({ description: '`POST`: a form posts the fields to the address' }),
    fields: z.record(z.string(), z.string()),
    expiresAt: timeString,
  })
  .openapi('CardRegistration');

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
    const { id, form, expiresAt } = await startCardRegistration(requester, gatewayAccessOf(context), params.id, body);
    return created(`/v1/clients/${params.id}/card-registrations/${id}`, {
      id,
      ...form,
      expiresAt: timeText(expiresAt),
    });
  },
});

/** The gateway must not send browsers elsewhere. @throws DomainError `invalid` */
function requireOwnAddress(context: ApiContext, returnUrl: string): void {
  const base = withoutEndSlash(context.config.PUBLIC_URL ?? '');
  const url = URL.canParse(returnUrl) ? new URL(returnUrl) : null;
  const isWeb = url !== null && ['https:', 'http:'].includes(url.protocol) && !url.username && !url.password;
  if (isWeb && (base === '' || url.origin === new URL(base).origin)) return;
  throw new DomainError(
    'invalid',
    `must be an address of Lowwater’s page${base === '' ? '' : `, which begins with ${base}`}`,
    '/returnUrl',
  );
}
