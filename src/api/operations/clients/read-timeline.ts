import { dayMs } from '../../../domain/durations.js';
import { DomainError } from '../../../domain/errors.js';
import { formatMoney, moneyOf, type Micros } from '../../../domain/money.js';
import { availableOf, toBalance } from '../../../domain/ledger/balance.js';
import type { RuleDefinition } from '../../../domain/monitoring/rule-definition.js';
import { ruleDefinitions } from '../../../domain/monitoring/rules.js';
import { estimateRunway } from '../../../domain/clients/runway.js';
import { readAccount, type AccountRow } from '../../../storage/ledger/balance-read.js';
import { readMonitoringTerms } from '../../../storage/monitoring/monitoring-terms.js';
import { readCounterResets } from '../../../storage/monitoring/counter-resets.js';
import { currentRate } from '../../../storage/rates/current-rate.js';
import { readSpending } from '../../../storage/clients/runway.js';
import { requireZone } from '../../../storage/system/time-zones.js';
import { readAvailableHistory, readTimelineEvents, type TimelineEvents } from '../../../storage/clients/timeline.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { instant, pathId, timeText } from '../../contract/schemas.js';
import { zoneName } from '../../contract/zone-name.js';
import { z } from '../../contract/zod.js';
import { counterResetJson } from '../monitoring/counter-reset.js';
import { thresholdAsAvailable } from '../monitoring/threshold-amount.js';
import { shownStatus } from '../notifications/delivery-json.js';
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
  summary: 'Get the timeline of a client',
  description:
    'Available balance in up to `points` steps, each with its lowest, highest, and last value; today’s ' +
    `thresholds in the client’s currency; and the newest ${mostEvents} events of each kind. Default: the last ` +
    `${defaultDays} days.`,
  scope: 'clients:read',
  request: {
    params: z.strictObject({ id: pathId }),
    query: z.strictObject({
      from: instant.optional(),
      to: instant.optional().openapi({ description: 'Exclusive' }),
      timezone: zoneName.default('UTC').openapi({ description: 'IANA name: whose days', example: 'Europe/Kyiv' }),
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
    const stretch = { clientId: params.id, from, to, now: new Date(now), zone: query.timezone };
    await scope.read((q) => requireZone(q, query.timezone, '/query/timezone'));
    // One state of the data, so that the steps end at the current balance.
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
        resets: await readCounterResets(tx, stretch, scope.resellerId, mostEvents),
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
      counterResets: read.resets.map(counterResetJson).reverse(),
      runway: isLedger
        ? runwayJson(estimateRunway(unlimited ? null : read.reach, read.spending, now), account.currency, now)
        : null,
      truncated: [...Object.values(read.events), read.resets].some((events) => events.length >= mostEvents),
      serverTime: timeText(new Date(now)),
    });
  },
});

/** Balance and temporary credit, from the ledger. */
function reachOf(account: AccountRow): Micros {
  return availableOf(toBalance({ ...account, live: account.live ?? '0' }));
}

/** A threshold as a line over today's available balance. */
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
  | 'temporaryCredits'
  | 'creditLimitChanges'
  | 'notifications'
  | 'payments'
  | 'chargeDays'
  | 'profileChanges'
  | 'stateChanges'
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
    notifications: events.notifications.map((mail) => ({
      ...mail,
      status: shownStatus(mail.status),
      at: timeText(mail.at),
    })),
    payments: events.payments.map((payment) => ({
      ...payment,
      at: timeText(payment.at),
      amount: plain(payment.amount),
    })),
    chargeDays: events.chargeDays.map((day) => ({
      from: timeText(day.from),
      to: timeText(day.to),
      at: timeText(day.at),
      count: day.count,
      amount: plain(day.amount),
    })),
    profileChanges: events.profileChanges.map((change) => ({ ...change, at: timeText(change.at) })),
    stateChanges: events.states.map((change) => ({ ...change, at: timeText(change.at) })),
  };
}
