import { checkEmailAddress } from '../../mail/addresses.js';
import { z } from './zod.js';

/** The address of one mailbox, Latin characters only (docs/manuals.md#client-form). */
export const emailAddress = z
  .string()
  .transform((text, ctx) => {
    const fault = checkEmailAddress(text);
    if (fault === null) return text.trim();
    ctx.addIssue({ code: 'custom', message: fault, params: { code: 'bad_email' }, input: text });
    return z.NEVER;
  })
  .openapi({ type: 'string', format: 'email', maxLength: 254, example: 'billing@acme.example' });

/** Extra recipients of a rule. */
export const emailAddresses = z.array(emailAddress).max(50);
