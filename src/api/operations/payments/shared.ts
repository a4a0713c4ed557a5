import { withoutEndSlash } from '../../../domain/urls.js';
import { openWebhookSecrets } from '../../../services/payments/webhook-secret.js';
import type { SealedSource, WebhookSource } from '../../../storage/payments/webhook-sources.js';
import { sealerOf } from '../../access/sealer.js';
import type { ApiContext } from '../../context.js';
import { ApiProblem } from '../../http/problem.js';
import { idText, timeOrNull, timeString, timeText } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';

export const sourceSchema = z
  .strictObject({
    id: idText,
    name: z.string().openapi({ example: 'stripe-eu' }),
    resellerId: idText,
    url: z
      .string()
      .openapi({ description: 'Address for the sender', example: 'https://lowwater.example/v1/webhooks/in/stripe-eu' }),
    active: z.boolean(),
    previousSecretUntil: timeString.nullable().openapi({ description: 'When the previous secret ends' }),
    createdAt: timeString,
    lastUsedAt: timeString.nullable(),
    version: z.int(),
  })
  .openapi('WebhookSource');

export const sourceWithSecretSchema = z
  .strictObject({
    ...sourceSchema.shape,
    secret: z.string().openapi({ description: 'Shown once', example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' }),
  })
  .openapi('WebhookSourceWithSecret');

export function sourceJson(context: ApiContext, source: WebhookSource, now: number): z.input<typeof sourceSchema> {
  const { olderUntil } = source;
  return {
    id: source.id,
    name: source.name,
    resellerId: source.resellerId,
    url: `${withoutEndSlash(context.config.PUBLIC_URL ?? '')}/v1/webhooks/in/${source.name}`,
    active: source.active,
    previousSecretUntil: timeOrNull(olderUntil && olderUntil.getTime() > now ? olderUntil : null),
    createdAt: timeText(source.createdAt),
    lastUsedAt: timeOrNull(source.lastUsedAt),
    version: source.version,
  };
}

/** The secrets that are accepted now, newest first. @throws ApiProblem `not_configured` where they cannot be read */
export function secretsOf(context: ApiContext, source: SealedSource, now: number): string[] {
  const sealer = sealerOf(context, 'webhook secrets');
  try {
    return openWebhookSecrets(sealer, source, now);
  } catch {
    throw new ApiProblem(
      'not_configured',
      'the secret of this source was encrypted with another SECRET_KEY: restore that key, or rotate the secret',
    );
  }
}
