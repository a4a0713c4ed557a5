import { recipientKey, type ChannelRecipient } from '../../../../domain/notifications/channels.js';
import { idText, reference } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';

/** Channels as recipients besides email addresses, wherever these are chosen. */

export const channelAddress = z
  .string()
  .max(40)
  .nullable()
  .default(null)
  .openapi({
    type: ['string', 'null'],
    description: 'Of an SMS channel: phone number with its country code (E.164); null for the others',
    example: '+380501234567',
  });

export const channelRecipients = z
  .array(z.strictObject({ channelId: reference, address: channelAddress }))
  .max(20)
  .superRefine(refuseRepeated)
  .openapi({ description: 'Notification channels that are also notified, each with its own delivery' });

export const channelRecipientTexts = z.array(z.strictObject({ channelId: idText, address: z.string().nullable() }));

function refuseRepeated(recipients: readonly ChannelRecipient[], ctx: z.RefinementCtx): void {
  const keys = recipients.map(recipientKey);
  keys.forEach((key, index) => {
    const first = keys.indexOf(key);
    if (first === index) return;
    const message = `must be unique: entry ${first + 1} is the same`;
    ctx.addIssue({ code: 'custom', path: [index], message, input: recipients[index] });
  });
}
