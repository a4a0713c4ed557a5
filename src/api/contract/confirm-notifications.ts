import {
  maxListedClients,
  maxUnconfirmedNotifications,
  type NotificationImpact,
} from '../../domain/profiles/notification-impact.js';
import { ApiProblem } from '../http/problem.js';
import { currencyText, idText, moneyText, timeString, timeText } from './schemas.js';
import { z } from './zod.js';

const beforeAfter = z.strictObject({ before: z.int(), after: z.int() });

const affectedClient = z.strictObject({
  clientId: idText,
  name: z.string(),
  available: moneyText.nullable(),
  currency: currencyText,
  rules: z.array(z.strictObject({ rule: z.string(), recipients: z.array(z.string()) })),
});

type SomeClients<S extends z.ZodType> = z.ZodObject<{ count: z.ZodInt; data: z.ZodArray<S> }, z.core.$strict>;

/** A group of clients: how many there are, and the first of them. */
export function someClients<S extends z.ZodType>(item: S): SomeClients<S> {
  return z.strictObject({
    count: z.int(),
    data: z.array(item).openapi({ description: `The first ${maxListedClients}` }),
  });
}

export const impactFields = {
  clients: z.int().openapi({ description: 'Clients that the change affects' }),
  at: timeString.openapi({ description: 'The time of the evaluation' }),
  notified: beforeAfter.openapi({
    description: 'Clients that are notified: with trigger `change` at once, with `period` at the next check',
  }),
  low: beforeAfter.openapi({ description: 'Clients below a threshold, notified or not' }),
  newlyNotified: someClients(affectedClient).openapi({ description: 'Newly notified because of the change' }),
  noLongerNotified: someClients(affectedClient).openapi({ description: 'No longer notified because of the change' }),
};

/** What a change would do to notifications, with the balances and counters of now. */
export const notificationImpactSchema = z
  .strictObject(impactFields)
  .openapi('NotificationImpact', { description: 'With `confirmation_required`: what the request would do' });

export type NotificationImpactJson = z.input<typeof notificationImpactSchema>;

export const confirmNotifications = z
  .int()
  .min(0)
  .optional()
  .openapi({
    description:
      `The number of clients that the change newly notifies. Required above ${maxUnconfirmedNotifications} ` +
      'clients: without it, the answer is 409 `confirmation_required` with the number',
  });

/** @param now when the clients were evaluated */
export function impactJson(impact: NotificationImpact, now: number): NotificationImpactJson {
  return {
    clients: impact.clients,
    at: timeText(new Date(now)),
    notified: { ...impact.notified },
    low: { ...impact.low },
    newlyNotified: affectedJson(impact.newlyNotified),
    noLongerNotified: affectedJson(impact.noLongerNotified),
  };
}

function affectedJson({ count, data }: NotificationImpact['newlyNotified']): NotificationImpactJson['newlyNotified'] {
  return {
    count,
    data: data.map((client) => ({
      ...client,
      rules: client.rules.map(({ rule, recipients }) => ({ rule, recipients: [...recipients] })),
    })),
  };
}

/**
 * For services that compute an impact: refuses a change that would notify many clients, unless the caller has confirmed
 * how many.
 *
 * @throws ApiProblem `confirmation_required` with the impact as `preview`
 */
export function requireConfirmation(confirmed: number | undefined, now: number): (impact: NotificationImpact) => void {
  return (impact) => {
    const { count } = impact.newlyNotified;
    if (count <= maxUnconfirmedNotifications || confirmed === count) return;
    const detail =
      confirmed === undefined
        ? `${count} clients would be notified because of this change. Confirm them with "confirmNotifications": ${count}.`
        : `${count} clients would be notified because of this change, not ${confirmed}. Confirm them with "confirmNotifications": ${count}.`;
    throw new ApiProblem('confirmation_required', detail, {
      errors: [{ pointer: '#/confirmNotifications', code: 'confirmation_required', detail: `must be ${count}` }],
      preview: impactJson(impact, now),
    });
  };
}
