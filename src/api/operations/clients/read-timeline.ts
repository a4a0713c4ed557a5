import { dayMs } from '../../../domain/durations.js';
import { DomainError } from '../../../domain/errors.js';
import { formatMoney, moneyOf, type Micros } from '../../../domain/money.js';
import { availableOf, toBalance } from '../../../domain/balance.js';
import { ruleDefinitions, type RuleDefinition } from '../../../domain/monitoring/rules.js';
import { estimateRunway } from '../../../domain/runway.js';
import { readAccount, type AccountRow } from '../../../storage/ledger/balance-read.js';
import { readMonitoringTerms } from '../../../storage/monitoring/monitoring-terms.js';
import { currentRate } from '../../../storage/rates/current-rate.js';
import { readSpending } from '../../../storage/clients/runway.js';
import { readAvailableHistory, readTimelineEvents, type TimelineEvents } from '../../../storage/clients/timeline.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { instant, pathId, timeText } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { thresholdAsAvailable } from '../monitoring/threshold-amount.js';
import { shownStatus } from '../notifications/shared.js';
import { runwayJson, unspent } from './runway.js';
import { timelineSchema } from './timeline-schema.js';

const mostPoints = 500;
const mostEvents = 500;
const defaultDays = 30;

type Timeline = z.input<typeof timelineSchema>;

export const readTimelineOperation = defineOperation({
  id: 'readTimeline',
  method: 'get',
  path: '/v1/clients/{id}/timeline',
  area: 'clients',
  summary: 'Read what happened to a client, on one axis of time',
  description:
    'Available as steps of at most `points` stretches, each with its lowest, highest and last value; today’s thresholds in ' +
    `the client’s currency; and the newest ${mostEvents} of each kind of event. Default: the last ${defaultDays} days.`,
  scope: 'clients:read',
  request: {
    params: z.strictObject({ id: pathId }),
    query: z.strictObject({
      from: instant.optional(),
      to: instant.optional().openapi({ description: 'Not included' }),
      points: z
        .string()
        .regex(/^\d{1,3}$/, 'must be a whole number')
        .transform(Number)
        .pipe(z.int().min(1).max(mostPoints))
        .default(mostPoints)
        .openapi({ type: 'integer', minimum: 1, maximum: mostPoints, default: mostPoints }),
    }),
  },
  responses: { 200: { description: 'The timeline', schema: timelineSchema } },
  async handler({ params, query, scope, now }) {
    const to = query.to ?? new Date(now);
    const from = query.from ?? new Date(to.getTime() - defaultDays * dayMs);
    const stretch = { clientId: params.id, from, to, now: new Date(now) };
    // One state of the data, so that the steps end where the balance stands.
    const read = await scope.readSnapshot(async (tx) => {
      const account = await readAccount(tx, scope.resellerId, params.id, now);
      const terms = (await readMonitoringTerms(tx, [params.id])).get(params.id);
      if (!account || !terms) throw new DomainError('not_found', `there is no client ${params.id}`, '/path/id');
      if (from >= to) throw new DomainError('invalid', 'must be before `to`', '/query/from');
      const isLedger = account.source === 'ledger';
      const reach = reachOf(account);
      return {
        account,
        terms,
        isLedger,
        reach,
        rate: terms.profile ? await currentRate(tx, account.currency, terms.profile.currency, now) : '1',
        history: isLedger ? await readAvailableHistory(tx, stretch, formatMoney(reach), query.points) : null,
        events: await readTimelineEvents(tx, stretch, scope.resellerId, mostEvents),
        spending: (await readSpending(tx, [params.id], now)).get(params.id) ?? unspent,
      };
    });
    const { account, terms, isLedger, rate } = read;
    const unlimited = account.balanceModel === 'unlimited';
    return ok({
      clientId: params.id,
      currency: account.currency,
      unlimited,
      from: timeText(from),
      to: timeText(to),
      available: read.history && {
        ...read.history,
        points: read.history.points.map((point) => ({ ...point, at: timeText(point.at) })),
      },
      thresholds: ruleDefinitions(terms.profile, terms.client).flatMap((rule) =>
        lineOf(rule, account, terms.profile?.currency ?? account.currency, rate),
      ),
      ...eventsJson(read.events),
      runway: isLedger ? runwayJson(estimateRunway(unlimited ? null : read.reach, read.spending, now), now) : null,
      truncated: Object.values(read.events).some((events) => events.length >= mostEvents),
      serverTime: timeText(new Date(now)),
    });
  },
});

/** Money and what is lent, by the ledger. */
function reachOf(account: AccountRow): Micros {
  return availableOf(toBalance({ ...account, live: account.live ?? '0' }));
}

/** A threshold as a line over the available balance of today. */
function lineOf(
  rule: RuleDefinition,
  account: AccountRow,
  profileCurrency: string,
  rate: string | null,
): Timeline['thresholds'] {
  const { threshold } = rule;
  if (!threshold) return [];
  const isConverted = threshold.kind === 'below';
  const value = thresholdAsAvailable(threshold, account, rate);
  return [
    {
      rule: rule.key,
      source: rule.source,
      audience: rule.audience,
      value: value === null ? null : formatMoney(value),
      original: {
        value: threshold.kind === 'debtShare' ? null : formatMoney(moneyOf(threshold.value)),
        percent: threshold.kind === 'debtShare' ? threshold.percent : null,
        currency: isConverted ? profileCurrency : account.currency,
      },
      rate: isConverted ? rate : '1',
    },
  ];
}

type Events = Pick<
  Timeline,
  'temporaryCredits' | 'creditLimitChanges' | 'notifications' | 'payments' | 'profileChanges' | 'stateChanges'
>;

function eventsJson(events: TimelineEvents): Events {
  const plain = (amount: string): string => formatMoney(moneyOf(amount));
  return {
    temporaryCredits: events.bands.map((band) => ({
      ...band,
      amount: plain(band.amount),
      from: timeText(band.from),
      until: timeText(band.until),
    })),
    creditLimitChanges: events.limits.map((change) => ({
      ...change,
      at: timeText(change.at),
      before: plain(change.before),
      after: plain(change.after),
    })),
    notifications: events.mails.map((mail) => ({
      ...mail,
      status: shownStatus(mail.status),
      at: timeText(mail.at),
    })),
    payments: events.payments.map((payment) => ({
      ...payment,
      at: timeText(payment.at),
      amount: plain(payment.amount),
    })),
    profileChanges: events.profileChanges.map((change) => ({ ...change, at: timeText(change.at) })),
    stateChanges: events.states.map((change) => ({ ...change, at: timeText(change.at) })),
  };
}
