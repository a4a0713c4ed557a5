import type { StartedRegistration } from '../../../../services/payments/cards/register-card.js';
import { timeString, timeText } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';

/** A page of the gateway in which a card is entered, for staff and for the client panel. */
export const registrationSchema = z
  .strictObject({
    id: z.string().openapi({ example: '0b7f5c1e-5d0a-4a0e-9a52-0f4f2b7f6a11' }),
    url: z.string().openapi({ description: 'Page of the gateway in which the card is entered' }),
    method: z.enum(['GET', 'POST']).openapi({ description: '`POST`: a form posts the fields to the address' }),
    fields: z.record(z.string(), z.string()),
    expiresAt: timeString,
  })
  .openapi('CardRegistration');

export function registrationJson({
  id,
  form: { url, method, fields },
  expiresAt,
}: StartedRegistration): z.output<typeof registrationSchema> {
  return { id, url, method, fields: { ...fields }, expiresAt: timeText(expiresAt) };
}
