import { resetCauses } from '../../../domain/monitoring/rule-state.js';
import type { CounterResetRow } from '../../../storage/monitoring/counter-resets.js';
import { actorNameText, timeString, timeText } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';

/** When a counter was set to 0, and why. */
export const counterResetSchema = z
  .strictObject({
    at: timeString,
    rule: z.string(),
    cause: z.enum([...resetCauses, 'manual']).openapi({
      description:
        '`payment`: a refill · `balance`: another change of the live balance · `credit`: a credit limit or temporary credit · ' +
        '`rate`: an exchange rate · `edit`: of profile or client · `manual`: a person reset it',
    }),
    count: z.int().openapi({ description: 'Notifications that counted until then' }),
    paymentId: z.string().nullable().openapi({ description: 'Of a `payment`: its id; null: not known' }),
    actor: z.string().nullable().openapi({ description: 'Who reset it by hand' }),
    actorName: actorNameText,
    reason: z.string().nullable(),
  })
  .openapi('CounterReset');

export function counterResetJson(row: CounterResetRow): z.input<typeof counterResetSchema> {
  return { ...row, at: timeText(row.at) };
}
