import type { Explanation } from '../../../domain/monitoring/explain.js';
import { DomainError } from '../../../domain/errors.js';
import { availableOrNull } from '../../../domain/ledger/balance.js';
import { formatMoney } from '../../../domain/money.js';
import { triggers } from '../../../domain/monitoring/rule-definition.js';
import { unhealthyReason } from '../../../domain/monitoring/monitor-health.js';
import { readActorName } from '../../../storage/access/actor-name.js';
import { currentRate } from '../../../storage/rates/current-rate.js';
import { readContacts } from '../../../storage/profiles/rule-recipients.js';
import { readLastCapacity } from '../../../storage/monitoring/capacity-changes.js';
import { readCounterResets, type CounterResetRow } from '../../../storage/monitoring/counter-resets.js';
import { readMonitoringTerms, type MonitoringTerms } from '../../../storage/monitoring/monitoring-terms.js';
import { readClientSilences } from '../../../storage/silences/client-silences.js';
import type { Queries } from '../../../storage/system/database.js';
import type { Scope } from '../../../storage/system/scope.js';
import {
  actorNameText,
  currencyText,
  idText,
  moneyText,
  orNull,
  timeOrNull,
  timeString,
  timeText,
} from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { capacityJson, capacitySchema } from './capacity/capacity.js';
import { counterResetJson, counterResetSchema } from './counter-reset.js';
import { headlineOf, headlineSchema } from './headline.js';
import { recipientSchema, recipientsOf } from './recipients.js';
import { reasonSchema, ruleFields, ruleJson, ruleViews, type RuleView } from './rule-views.js';
import {
  balanceErrorSchema,
  coveringJson,
  coveringSilences,
  dateOrNull,
  errorJson,
  requireMonitor,
  signsOf,
  silenceSchema,
  silencesJson,
  clientStateSchema,
  type MonitorReader,
} from './shared.js';
import { reasonSentence } from './rule-reason.js';

const explainedRule = z
  .strictObject({
    ...ruleFields,
    reasonNow: reasonSchema.nullable().openapi({ description: 'What a check now would find; null: not known' }),
    nextPossibleAt: timeString.nullable().openapi({
      description:
        'The earliest instant at which the rule can notify while the balance stays as it is: with trigger `period` that of a check; null: not before its counter resets, or not known',
    }),
    resolvedRecipients: z
      .array(recipientSchema)
      .openapi({ description: 'Where each of `recipients` comes from, with those that have no address' }),
    lastReset: orNull(counterResetSchema).openapi({
      description: 'What set the counter to 0 after the last notification; null: nothing did, or it is not known',
    }),
    why: z.string().openapi({
      example: 'Low. Notification 1 of 3 was sent at 2026-03-01T10:00:00Z to a@b.example.',
    }),
  })
  .openapi('ExplainedRule');

export const explanationSchema = z
  .strictObject({
    clientId: idText,
    stale: z
      .boolean()
      .openapi({ description: 'The monitor did not answer or is starting: this is its last published state' }),
    state: clientStateSchema,
    available: moneyText.nullable().openapi({ description: 'null: unknown, or nothing limits it' }),
    currency: currencyText,
    balanceError: orNull(balanceErrorSchema),
    lastCheckAt: timeString.nullable(),
    nextCheckAt: timeString.nullable(),
    headline: headlineSchema,
    capacity: capacitySchema,
    checkEverySeconds: z.number(),
    trigger: z.enum(triggers).openapi({
      description: 'Of the profile; warning thresholds and rules of the client’s own threshold are always `change`',
    }),
    pausedBy: z.string().nullable(),
    pausedByName: actorNameText,
    silences: z.array(silenceSchema),
    coveringSilences,
    temporaryCredit: z
      .strictObject({ id: idText, validFrom: timeString, validUntil: timeString, started: z.boolean() })
      .nullable(),
    rules: z.array(explainedRule),
    run: z
      .strictObject({ checks: z.int(), runs: z.int(), deliveries: z.int() })
      .nullable()
      .openapi({
        description:
          'Checks of this run (scheduled, manual, and after changes), runs before it, notifications in progress; ' +
          'null: not known',
      }),
    serverTime: timeString,
  })
  .openapi('Explanation');

/** @param live what the monitor answers; null: the read model is shown, as `stale` */
export async function explanationJson(
  input: MonitorReader,
  clientId: string,
  live: Explanation | null,
): Promise<z.input<typeof explanationSchema>> {
  const { scope, now } = input;
  const { account, row } = await requireMonitor(input, clientId);
  const terms = await requireTerms(scope, clientId);
  const pausedBy = live ? live.pausedBy : row.pausedBy;
  const profileCurrency = terms.profile?.currency ?? null;
  const covering = await scope.read((q) => readClientSilences(q, clientId, new Date(now)));
  const views = ruleViews(terms, row, live, covering, now);
  const { contacts, rate, pausedByName, resets, capacity } = await scope.read(async (q) => ({
    contacts: await readContacts(q, clientId),
    rate: profileCurrency && (await currentRate(q, account.currency, profileCurrency, now)),
    pausedByName: pausedBy && (await readActorName(q, pausedBy, scope.resellerId)),
    capacity: await readLastCapacity(q, clientId),
    resets: await resetsSince(q, views, { clientId, resellerId: scope.resellerId, now }),
  }));
  const lastCheckAt = live ? dateOrNull(live.lastCheckAt) : row.lastCheckAt;
  const nextCheckAt = live ? new Date(live.nextCheckAt) : row.nextCheckAt;
  // With a fault the source has no balance, whatever was read before it.
  const available = row.fault === null ? availableOrNull(account) : null;
  const facts = { available, account, rate, pausedBy, fault: row.fault, nextCheckAt, covering, now };
  return {
    clientId,
    stale: live === null,
    state: live ? (unhealthyReason(signsOf(live, now), now) ? 'unhealthy' : live.state) : row.state,
    available: available === null ? null : formatMoney(available),
    currency: account.currency,
    balanceError: errorJson(row),
    lastCheckAt: timeOrNull(lastCheckAt),
    nextCheckAt: timeOrNull(nextCheckAt),
    headline: headlineOf(views, { available, account, rate, nextCheckAt, now }),
    capacity: capacityJson(capacity, terms.normalCapacity),
    checkEverySeconds: (live?.intervalMs ?? terms.intervalMs) / 1000,
    trigger: terms.profile?.trigger ?? 'period',
    pausedBy,
    pausedByName,
    silences: silencesJson(live ? live.silences : row.silences, now),
    coveringSilences: coveringJson(covering),
    temporaryCredit: temporaryCreditJson(terms),
    rules: views.map((view) => {
      const explained = live?.rules.find((rule) => rule.key === view.definition.key);
      return {
        ...ruleJson(view, now),
        reasonNow: explained?.reasonNow ?? null,
        nextPossibleAt: timeOrNull(dateOrNull(view.nextPossibleAt)),
        resolvedRecipients: contacts ? recipientsOf(view.definition, contacts) : [],
        lastReset: lastReset(view, resets),
        why: reasonSentence(view, facts),
      };
    }),
    run: live ? { ...live.run } : null,
    serverTime: timeText(new Date(now)),
  };
}

export async function requireTerms(scope: Scope, clientId: string): Promise<MonitoringTerms> {
  const terms = (await scope.read((q) => readMonitoringTerms(q, [clientId]))).get(clientId);
  if (!terms) throw new DomainError('not_found', `there is no client ${clientId}`, '/path/id');
  return terms;
}

const mostResets = 100;

/** Resets since the oldest last notification of a rule whose counter is 0; none without one. */
async function resetsSince(
  q: Queries,
  views: readonly RuleView[],
  { clientId, resellerId, now }: { readonly clientId: string; readonly resellerId: string; readonly now: number },
): Promise<readonly CounterResetRow[]> {
  const notified = views.flatMap(({ count, lastNotifiedAt }) =>
    count === 0 && lastNotifiedAt !== null ? [lastNotifiedAt] : [],
  );
  if (notified.length === 0) return [];
  const stretch = { clientId, from: new Date(Math.min(...notified)), to: new Date(now + 1) };
  return readCounterResets(q, stretch, resellerId, mostResets);
}

/** The first reset after the last notification: later ones found the counter at 0 already. */
function lastReset(
  { definition, count, lastNotifiedAt }: RuleView,
  resets: readonly CounterResetRow[],
): z.input<typeof counterResetSchema> | null {
  if (count > 0 || lastNotifiedAt === null) return null;
  const found = resets.findLast(({ rule, at }) => rule === definition.key && at.getTime() >= lastNotifiedAt);
  return found ? counterResetJson(found) : null;
}

function temporaryCreditJson({ grant }: MonitoringTerms): z.input<typeof explanationSchema>['temporaryCredit'] {
  return (
    grant && {
      id: grant.id,
      validFrom: timeText(new Date(grant.from)),
      validUntil: timeText(new Date(grant.until)),
      started: grant.started,
    }
  );
}
