import { currency, instant, line, money, reference } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { entryId } from '../ledger/shared.js';

/** What a payment system posts: `payment.received`, in the shape of Standard Webhooks. */
export const paymentEvent = z.strictObject({
  type: z.literal('payment.received', {
    error: 'only payment.received is taken: subscribe this address to nothing else',
  }),
  /** when the event happened at the sender; not used */
  timestamp: instant.optional(),
  data: z
    .strictObject({
      id: entryId,
      clientId: reference.optional(),
      externalClientId: line(200).optional(),
      amount: money({ least: 'more_than_zero' }),
      currency,
      at: instant.optional(),
    })
    .refine((data) => (data.clientId === undefined) !== (data.externalClientId === undefined), {
      error: 'name the client by either clientId or externalClientId',
      path: ['clientId'],
    }),
});

export type PaymentEvent = z.output<typeof paymentEvent>;
