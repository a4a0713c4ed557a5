import { clientStates } from '../../../domain/monitoring/client-state.js';
import { actorNameText, currencyText, idText, moneyText, timeString } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { notificationKinds } from '../../../domain/notifications/mail-kinds.js';
import { counterResetSchema } from '../monitoring/counter-reset.js';
import { ruleOriginFields } from '../monitoring/rule-views.js';
import { shownStatuses } from '../notifications/delivery-json.js';
import { clientRunway } from './schema.js';

/** What the timeline of a client answers. */

const thresholdLine = z.strictObject({
  rule: z.string(),
  ...ruleOriginFields,
  value: moneyText.nullable().openapi({
    description:
      'Threshold as an available balance, in the client’s currency; null: no exchange rate, or a percentage ' +
      'without a credit limit',
  }),
  original: z.strictObject({ value: moneyText.nullable(), percent: z.string().nullable(), currency: currencyText }),
  rate: z
    .string()
    .nullable()
    .openapi({ description: 'From the client’s currency to that of the threshold; null: none' }),
});

export const timelineSchema = z
  .strictObject({
    clientId: idText,
    currency: currencyText,
    unlimited: z.boolean(),
    from: timeString,
    to: timeString,
    available: z
      .strictObject({
        opening: moneyText,
        closing: moneyText,
        points: z.array(z.strictObject({ at: timeString, min: moneyText, max: moneyText, last: moneyText })),
      })
      .nullable()
      .openapi({ description: 'Steps: a value applies until the next. null: balances come from an external system' }),
    thresholds: z.array(thresholdLine).openapi({ description: 'Today’s thresholds, without rules that are off' }),
    temporaryCredits: z.array(
      z.strictObject({
        id: idText,
        amount: moneyText,
        from: timeString,
        until: timeString,
        status: z.enum(['scheduled', 'active', 'reverted', 'cancelled']),
      }),
    ),
    creditLimitChanges: z.array(
      z.strictObject({
        at: timeString,
        before: moneyText,
        after: moneyText,
        actor: z.string(),
        actorName: actorNameText,
        reason: z.string().nullable(),
      }),
    ),
    notifications: z.array(
      z.strictObject({
        id: idText,
        kind: z.enum(notificationKinds),
        rule: z.string(),
        status: z.enum(shownStatuses),
        at: timeString,
        number: z.int(),
        max: z.int().nullable(),
      }),
    ),
    payments: z.array(z.strictObject({ id: z.string(), at: timeString, amount: moneyText })),
    chargeDays: z
      .array(
        z.strictObject({
          from: timeString,
          to: timeString.openapi({ description: 'Exclusive' }),
          at: timeString.openapi({ description: 'The last charge' }),
          count: z.int(),
          amount: moneyText.openapi({ description: 'Sum, negative' }),
        }),
      )
      .openapi({ description: 'Charges of each day, in `timezone`' }),
    profileChanges: z.array(
      z.strictObject({
        at: timeString,
        kind: z.enum(['assigned', 'edited']),
        before: idText.nullable(),
        after: idText.nullable(),
        actor: z.string(),
        actorName: actorNameText,
      }),
    ),
    counterResets: z.array(counterResetSchema),
    stateChanges: z.array(z.strictObject({ at: timeString, state: z.enum(clientStates) })),
    runway: clientRunway,
    truncated: z.boolean().openapi({ description: 'A kind has more than its newest 500 events' }),
    serverTime: timeString,
  })
  .openapi('Timeline');
