import { z } from 'zod';
import type { RegisteredCard } from '../../domain/payments/gateway.js';

/** Customers and their cards, as Authorize.net keeps them. */

export const newProfile = z.object({ customerProfileId: z.string().min(1) });

export const hostedPage = z.object({ token: z.string().min(1) });

const creditCard = z.object({
  /** `XXXX1111` */
  cardNumber: z.string(),
  /** `2028-04` */
  expirationDate: z.string(),
  cardType: z.string().optional(),
});

export const customerProfile = z.object({
  profile: z.object({
    customerProfileId: z.string().min(1),
    paymentProfiles: z
      .array(
        z.object({
          customerPaymentProfileId: z.string().min(1),
          payment: z.object({ creditCard: creditCard.optional() }).optional(),
        }),
      )
      .optional(),
  }),
});

type Profile = z.output<typeof customerProfile>['profile'];

/** The card that was entered last; null: none was. */
export function cardOfProfile({ customerProfileId, paymentProfiles = [] }: Profile): RegisteredCard | null {
  const cards = paymentProfiles.flatMap(({ customerPaymentProfileId, payment }) => {
    const card = payment?.creditCard;
    const last4 = card?.cardNumber.slice(-4) ?? '';
    const expires = card?.expirationDate ?? '';
    if (!/^\d{4}$/.test(last4) || !/^\d{4}-(0[1-9]|1[0-2])$/.test(expires)) return [];
    return [
      {
        customerProfileId,
        paymentProfileId: customerPaymentProfileId,
        brand: card?.cardType ?? 'Card',
        last4,
        expires,
      },
    ];
  });
  // Their ids rise.
  return cards.sort((a, b) => compareIds(a.paymentProfileId, b.paymentProfileId)).at(-1) ?? null;
}

/** `A duplicate record with ID 39931060 already exists.` */
export function profileIdInText(text: string): string | null {
  return /\bID (\d{1,20})\b/.exec(text)?.[1] ?? null;
}

function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
