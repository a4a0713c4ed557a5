import { impactFields, someClients } from '../../contract/confirm-notifications.js';
import { currencyText, idText, moneyText, warning } from '../../contract/schemas.js';
import { ruleAudiences } from '../../../domain/monitoring/rule-identity.js';
import { z } from '../../contract/zod.js';

/** The response of the profile preview. */

export const previewSchema = z
  .strictObject({
    profileId: idText.nullable(),
    ...impactFields,
    currencies: z
      .array(z.strictObject({ currency: currencyText, clients: z.int(), rate: z.string().nullable() }))
      .openapi({ description: 'Other currencies than the draft’s, with the current rate; null: none' }),
    unreachable: someClients(
      z.strictObject({ clientId: idText, name: z.string(), rules: z.array(z.string()) }),
    ).openapi({ description: 'Clients for which no rule of the draft has a recipient' }),
    undecided: z
      .strictObject({ paused: z.int(), balanceUnknown: z.int(), unlimited: z.int(), noRate: z.int() })
      .openapi({ description: 'Clients whose rules are not evaluated now' }),
    warnings: z.array(warning),
    summary: z
      .strictObject({
        maxNotifications: z.int().nullable(),
        periodHours: z.number(),
        checkEveryMinutes: z.number(),
        trigger: z.enum(['period', 'change']),
        resetOn: z.enum(['refill', 'recovery']),
        whenSeveral: z.enum(['each', 'mostSevere']),
        rules: z.array(
          z.strictObject({
            rule: z.string(),
            audience: z.enum(ruleAudiences),
            threshold: moneyText,
            currency: currencyText,
            inactivityDays: z.int().nullable(),
            notifies: z.strictObject({ role: z.boolean(), users: z.int(), emails: z.int() }),
          }),
        ),
      })
      .openapi({
        description: 'Parts of a sentence that describes the draft, without rules that are off',
      }),
  })
  .openapi('ProfilePreview');
