import { withoutEndSlash } from '../../../../domain/urls.js';
import { gatewayKinds } from '../../../../domain/payments/gateway.js';
import type { PaymentGatewayRow } from '../../../../storage/payments/payment-gateways.js';
import type { ApiContext } from '../../../context.js';
import { patchShape } from '../../../contract/patch-shape.js';
import {
  currency,
  currencyText,
  idText,
  line,
  pathId,
  reference,
  timeString,
  timeText,
} from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';

/** Who keeps the clients' cards and charges them (docs/payment-gateways.md). */

export const gatewayParams = z.strictObject({ id: pathId });

const secret = z.string().min(1).max(500).openapi({ format: 'password' });

const fields = {
  name: line(100).openapi({ example: 'Cards' }),
  kind: z.enum(gatewayKinds).openapi({
    description: '`http`: the JSON contract in docs/payment-gateways.md · `authorize_net`: Authorize.net',
  }),
  url: z.string().min(1).max(2000).openapi({
    description: 'HTTPS address; of Authorize.net `https://api.authorize.net/xml/v1/request.api`',
    example: 'https://cards.example/v1',
  }),
  login: z
    .string()
    .max(100)
    .openapi({ description: 'API login ID of Authorize.net; empty for `http`', example: '' })
    .default(''),
  currency: currency.openapi({ description: 'What the gateway charges in', example: 'USD' }),
  active: z.boolean().openapi({ description: 'While it is off, no card is charged' }).default(true),
};

const secrets = {
  apiKey: secret.openapi({ description: 'API key, or transaction key of Authorize.net; never shown' }),
  webhookSecret: secret
    .nullable()
    .openapi({
      type: ['string', 'null'],
      description:
        'What its webhooks are signed with: `whsec_…`, or the signature key of Authorize.net; null: it sends none',
    })
    .default(null),
};

export const gatewayBody = z
  .strictObject({
    ...fields,
    ...secrets,
    resellerId: reference.optional().openapi({ description: 'Whose it is; default: your reseller' }),
  })
  .openapi('PaymentGatewayInput');

export const gatewayPatch = z.strictObject(patchShape({ ...fields, ...secrets })).openapi('PaymentGatewayPatch');

export const gatewaySchema = z
  .strictObject({
    id: idText,
    resellerId: idText,
    name: z.string(),
    kind: z.enum(gatewayKinds),
    url: z.string(),
    login: z.string(),
    currency: currencyText,
    active: z.boolean(),
    hasWebhookSecret: z.boolean().openapi({ description: 'Its webhooks are accepted' }),
    webhookUrl: z.string().openapi({
      description: 'Address to which the gateway sends its webhooks',
      example: 'https://lowwater.example/v1/webhooks/gateways/3rDlXkU0mP0v4yqZ7oE2cA8gYtWbNs1h',
    }),
    version: z.int(),
    createdAt: timeString,
  })
  .openapi('PaymentGateway');

export function gatewayJson(context: ApiContext, row: PaymentGatewayRow): z.input<typeof gatewaySchema> {
  const { hook, createdAt, ...gateway } = row;
  const { id, resellerId, name, kind, url, login, currency: code, active, hasWebhookSecret, version } = gateway;
  return {
    ...{ id, resellerId, name, kind, url, login, currency: code, active, hasWebhookSecret, version },
    webhookUrl: `${withoutEndSlash(context.config.PUBLIC_URL ?? '')}/v1/webhooks/gateways/${hook}`,
    createdAt: timeText(createdAt),
  };
}
