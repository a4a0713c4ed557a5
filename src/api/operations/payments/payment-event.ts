import { currency, foreignId, instant, money, reference } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { entryId } from '../ledger/shared.js';

/*
 * What a payment system posts, in the shape of Standard Webhooks. Payment systems add fields and types of events as they
 * like: fields that are not known are ignored, and so are events that are no payments.
 */

export const paymentType = 'payment.received';

/** Any event: its type says what it is about. */
export const webhookEvent = z.object({ type: z.string().min(1).max(200) });

export const paymentEvent = z.object({
  type: z.literal(paymentType),
  /** when the event happened at the sender; not used */
  timestamp: instant.optional(),
  data: z
    .object({
      id: entryId,
      clientId: reference.optional(),
      externalClientId: foreignId(200).optional(),
      amount: money({ least: 'more_than_zero' }),
      currency,
      at: instant.optional(),
    })
    .refine((data) => (data.clientId === undefined) !== (data.externalClientId === undefined), {
      error: 'must have either clientId or externalClientId',
      path: ['clientId'],
    }),
});

export type PaymentEvent = z.output<typeof paymentEvent>;
