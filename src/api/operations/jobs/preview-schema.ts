import { formatMoney, moneyOf } from '../../../domain/money.js';
import { rowProblems } from '../../../domain/jobs/job-outcomes.js';
import type { JobPreview, PreviewedClient } from '../../../services/jobs/preview-job.js';
import { impactJson, notificationImpactSchema } from '../../contract/confirm-notifications.js';
import { idText, moneyText, orNull } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { seenText } from './seen.js';

/** What a job would do: counts, examples, and what was seen. */

const value = z
  .union([z.string(), z.array(z.string()), z.strictObject({ amount: moneyText, currency: z.string() })])
  .nullable();

const previewedClient = z
  .strictObject({
    clientId: idText,
    clientName: z.string(),
    outcome: z.enum(['changed', 'unchanged', 'refused']),
    problem: z.enum(rowProblems).nullable().openapi({ description: 'Why it would be refused; null: it would not' }),
    before: value.openapi({
      description: 'The value now: a name, a day, a status, tags, or an amount; null: none',
    }),
    after: value.openapi({ description: 'The value as it would be' }),
    leftOut: orNull(z.strictObject({ entries: z.int(), amount: moneyText, currency: z.string() })).openapi({
      description: '`set_last_invoiced`: charges and adjustments that would be on no invoice; else null',
    }),
  })
  .openapi('JobPreviewClient');

export const previewSchema = z
  .strictObject({
    clients: z.int().openapi({ description: 'Clients of the selection' }),
    outlook: z.strictObject({ changed: z.int(), unchanged: z.int(), refused: z.int() }).openapi({
      description:
        'How the clients would end as they are now. Your rights and maximums, and what changes until then, can refuse more',
    }),
    refusals: z
      .array(z.strictObject({ code: z.enum(rowProblems), clients: z.int() }))
      .openapi({ description: 'Why clients would be refused, and how many' }),
    sample: z.array(previewedClient).openapi({
      description: 'Up to 5 clients of each outcome with their values before and after; empty: the kind edits no field',
    }),
    seen: z.string().nullable().openapi({
      description:
        'What this preview saw of the clients: send it with the job, and a client that someone else changes until then is left alone; null: the kind edits no field',
    }),
    impact: orNull(notificationImpactSchema).openapi({
      description: 'What the job would do to notifications; null: this kind does not change who is notified',
    }),
  })
  .openapi('JobPreview');

export function previewJson(preview: JobPreview, now: number): z.output<typeof previewSchema> {
  const { clients, outlook, sample, seen, impact } = preview;
  const { refusals, ...counts } = outlook;
  return {
    clients,
    outlook: counts,
    refusals: refusals.map((refusal) => ({ ...refusal })),
    sample: sample.map(clientJson),
    seen: seen && seenText(seen),
    impact: impact && impactJson(impact, now),
  };
}

function clientJson(client: PreviewedClient): z.output<typeof previewedClient> {
  const { clientId, clientName, outcome, problem, before, after, leftOut } = client;
  return {
    ...{ clientId, clientName, problem, leftOut },
    outcome: outcome === 'done' ? 'changed' : outcome,
    before: valueJson(before),
    after: valueJson(after),
  };
}

/** As the statement of the kind has it: a text, a list of tags, an amount, or null. */
function valueJson(given: unknown): z.output<typeof value> {
  const one = value.parse(given);
  if (one === null || typeof one === 'string' || Array.isArray(one)) return one;
  return { amount: formatMoney(moneyOf(one.amount)), currency: one.currency };
}
