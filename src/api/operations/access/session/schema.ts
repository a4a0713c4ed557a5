import type { UserCaller } from '../../../context.js';
import type { Operation } from '../../../contract/operation.js';
import { timeString, timeText } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { meJson, meSchema } from '../me/schema.js';

export const sessionSchema = z
  .strictObject({
    user: meSchema,
    csrfToken: z.string().openapi({ description: 'To be sent as X-CSRF-Token with every change' }),
    expiresAt: timeString.openapi({ description: 'When it ends unless it is used before' }),
  })
  .openapi('Session');

export function sessionJson(caller: UserCaller, operations: readonly Operation[]): z.output<typeof sessionSchema> {
  const { csrfToken, expiresAt } = caller.session;
  return { user: meJson(caller, operations), csrfToken, expiresAt: timeText(expiresAt) };
}
