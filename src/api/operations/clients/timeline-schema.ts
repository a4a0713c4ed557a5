import { clientStates } from '../../../domain/monitoring/client-state.js';
import { actorNameText, currencyText, idText, moneyText, timeString } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { notificationKinds } from '../../../domain/mail-kinds.js';
import { ruleOriginFields } from '../monitoring/rule-views.js';
import { shownStatuses } from '../notifications/shared.js';
import { clientRunway } from './schema.js';

/** What the timeline of a client answers. */

const thresholdLine = z.strictObject({
  rule: z.string(),
  ...ruleOriginFields,
  value: moneyText
    .nullable()
    .openapi({ description: 'Of available, in the client’s currency; null: no rate, or a share of no limit' }),
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
      .openapi({ description: 'Steps: a value holds until the next. null: the ledger is not the balance source' }),
    thresholds: z.array(thresholdLine).openapi({ description: 'As they are today; rules that are off are left out' }),
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
    stateChanges: z.array(z.strictObject({ at: timeString, state: z.enum(clientStates) })),
    runway: clientRunway,
    truncated: z.boolean().openapi({ description: 'Some kind had more than its newest 500' }),
    serverTime: timeString,
  })
  .openapi('Timeline');
