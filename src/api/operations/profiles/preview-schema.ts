import { currencyText, idText, moneyText, timeString, warning } from '../../schemas.js';
import { z } from '../../zod.js';

/** What the preview of a profile answers. */

const beforeAfter = z.strictObject({ before: z.int(), after: z.int() });

const affectedClient = z.strictObject({
  clientId: idText,
  name: z.string(),
  available: moneyText.nullable(),
  currency: currencyText,
  rules: z.array(z.strictObject({ rule: z.string(), recipients: z.array(z.string()) })),
});

function someClients<S extends z.ZodType>(item: S) {
  return z.strictObject({ count: z.int(), data: z.array(item).openapi({ description: 'The first 50' }) });
}

export const previewSchema = z
  .strictObject({
    profileId: idText.nullable(),
    clients: z.int().openapi({ description: 'Clients that use the profile' }),
    at: timeString.openapi({ description: 'All of them checked at this instant' }),
    notified: beforeAfter.openapi({ description: 'Clients of whom somebody would be mailed now' }),
    low: beforeAfter.openapi({ description: 'Clients below a threshold, mailed or not' }),
    enters: someClients(affectedClient).openapi({
      description: 'Mailed under the draft, not under the profile as it is',
    }),
    leaves: someClients(affectedClient).openapi({
      description: 'Mailed under the profile as it is, not under the draft',
    }),
    currencies: z
      .array(z.strictObject({ currency: currencyText, clients: z.int(), rate: z.string().nullable() }))
      .openapi({ description: 'Other currencies than the draft’s, with the rate in force; null: none' }),
    unreachable: someClients(
      z.strictObject({ clientId: idText, name: z.string(), rules: z.array(z.string()) }),
    ).openapi({ description: 'Clients for which no rule of the draft has anybody to tell' }),
    undecided: z
      .strictObject({ paused: z.int(), balanceUnknown: z.int(), unlimited: z.int(), noRate: z.int() })
      .openapi({ description: 'Clients for which the draft decides nothing now' }),
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
            audience: z.enum(['user', 'client', 'advanced']),
            threshold: moneyText,
            currency: currencyText,
            inactivityDays: z.int().nullable(),
            notifies: z.strictObject({ role: z.boolean(), users: z.int(), emails: z.int() }),
          }),
        ),
      })
      .openapi({
        description: 'The parts of a sentence that says what the draft does; rules that are off are left out',
      }),
  })
  .openapi('ProfilePreview');
