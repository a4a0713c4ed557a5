import type { Explanation } from '../../../domain/monitoring/explain.js';
import { DomainError } from '../../../domain/errors.js';
import { formatMoney, moneyOf } from '../../../domain/money.js';
import { triggers } from '../../../domain/monitoring/rules.js';
import { unhealthyReason } from '../../../domain/monitoring/monitor-health.js';
import { readActorName } from '../../../storage/actor-name.js';
import { currentRate } from '../../../storage/current-rate.js';
import { readContacts } from '../../../storage/rule-recipients.js';
import { readMonitoringTerms, type MonitoringTerms } from '../../../storage/monitoring-terms.js';
import type { ApiContext } from '../../context.js';
import {
  actorNameText,
  currencyText,
  idText,
  moneyText,
  orNull,
  timeOrNull,
  timeString,
  timeText,
} from '../../schemas.js';
import { z } from '../../zod.js';
import { headlineOf, headlineSchema } from './headline.js';
import { recipientSchema, recipientsOf } from './recipients.js';
import { reasonWord, ruleFields, ruleJson, ruleViews } from './rule-views.js';
import {
  balanceFaultSchema,
  dateOrNull,
  faultJson,
  requireMonitor,
  signsOf,
  silenceSchema,
  silencesJson,
  stateWord,
  type MonitorInput,
} from './shared.js';
import { whySentence } from './why.js';

const explainedRule = z
  .strictObject({
    ...ruleFields,
    wouldSay: reasonWord.nullable().openapi({ description: 'What a check now would say; null: not known' }),
    nextPossibleAt: timeString
      .nullable()
      .openapi({ description: 'The earliest moment of a notice, should the balance stay as it is; null: none' }),
    resolvedRecipients: z
      .array(recipientSchema)
      .openapi({ description: 'Who stands behind `recipients`, with those who are missing' }),
    why: z.string().openapi({ example: 'Low, and notice 1 of 3 was sent at 2026-03-01T10:00:00Z to a@b.example.' }),
  })
  .openapi('ExplainedRule');

export const explanationSchema = z
  .strictObject({
    clientId: idText,
    stale: z
      .boolean()
      .openapi({ description: 'The monitor did not answer, or has only just begun: this is what it last told' }),
    state: stateWord,
    available: moneyText.nullable(),
    currency: currencyText,
    balanceFault: orNull(balanceFaultSchema),
    lastCheckAt: timeString.nullable(),
    nextCheckAt: timeString.nullable(),
    headline: headlineSchema,
    checkEverySeconds: z.number(),
    trigger: z.enum(triggers),
    pausedBy: z.string().nullable(),
    pausedByName: actorNameText,
    silences: z.array(silenceSchema),
    temporaryCredit: z
      .strictObject({ id: idText, validFrom: timeString, validUntil: timeString, started: z.boolean() })
      .nullable(),
    rules: z.array(explainedRule),
    run: z
      .strictObject({ checks: z.int(), runs: z.int(), deliveries: z.int() })
      .nullable()
      .openapi({ description: 'Checks of this run, runs before it, mails on their way; null: not known' }),
    serverTime: timeString,
  })
  .openapi('Explanation');

/** @param fresh what the monitor says; null: it did not answer, and the table's last word stands in */
export async function explanationJson(
  input: MonitorInput,
  clientId: string,
  fresh: Explanation | null,
): Promise<z.input<typeof explanationSchema>> {
  const { context, now } = input;
  const { account, row } = await requireMonitor(input, clientId);
  const terms = await requireTerms(context, clientId);
  const pausedBy = fresh ? fresh.pausedBy : row.pausedBy;
  const contacts = await readContacts(context.sql, clientId);
  const rate = terms.profile && (await currentRate(context.sql, account.currency, terms.profile.currency, now));
  const views = ruleViews(terms, row, fresh);
  const facts = { available: row.available, currency: account.currency, pausedBy, fault: row.fault };
  const lastCheckAt = fresh ? dateOrNull(fresh.lastCheckAt) : row.lastCheckAt;
  const nextCheckAt = fresh ? new Date(fresh.nextCheckAt) : row.nextCheckAt;
  return {
    clientId,
    stale: fresh === null,
    state: fresh ? (unhealthyReason(signsOf(fresh, now), now) ? 'unhealthy' : fresh.state) : row.state,
    available: row.available === null ? null : formatMoney(moneyOf(row.available)),
    currency: account.currency,
    balanceFault: faultJson(row),
    lastCheckAt: timeOrNull(lastCheckAt),
    nextCheckAt: timeOrNull(nextCheckAt),
    headline: headlineOf(views, row.available, account, rate),
    checkEverySeconds: (fresh?.intervalMs ?? terms.intervalMs) / 1000,
    trigger: terms.profile?.trigger ?? 'period',
    pausedBy,
    pausedByName: pausedBy && (await readActorName(context.sql, pausedBy, input.caller.resellerId)),
    silences: silencesJson(fresh ? fresh.silences : row.silences, now),
    temporaryCredit: temporaryCreditJson(terms),
    rules: views.map((view) => {
      const told = fresh?.rules.find((rule) => rule.key === view.definition.key);
      return {
        ...ruleJson(view, now),
        wouldSay: told?.reasonNow ?? null,
        nextPossibleAt: timeOrNull(dateOrNull(told?.nextPossibleAt ?? null)),
        resolvedRecipients: contacts ? recipientsOf(view.definition.key, contacts) : [],
        why: whySentence(view, facts),
      };
    }),
    run: fresh ? { ...fresh.run } : null,
    serverTime: timeText(new Date(now)),
  };
}

export async function requireTerms(context: ApiContext, clientId: string): Promise<MonitoringTerms> {
  const terms = (await readMonitoringTerms(context.sql, [clientId])).get(clientId);
  if (!terms) throw new DomainError('not_found', `there is no client ${clientId}`, '/path/id');
  return terms;
}

function temporaryCreditJson({ grant }: MonitoringTerms): z.input<typeof explanationSchema>['temporaryCredit'] {
  return (
    grant && {
      id: grant.id,
      validFrom: timeText(new Date(grant.fromMs)),
      validUntil: timeText(new Date(grant.untilMs)),
      started: grant.started,
    }
  );
}
