import { dayMs, hourMs, minuteMs } from '../../../../domain/durations.js';
import { DomainError } from '../../../../domain/errors.js';
import { clientStates } from '../../../../domain/monitoring/client-state.js';
import {
  firstClientAt,
  mailsOverTime,
  statesOverTime,
  type Counts,
  type Stretches,
} from '../../../../storage/clients/overview-series.js';
import type { NotificationStatus } from '../../../../storage/notifications/notifications.js';
import type { NotificationFilter } from '../../../../storage/notifications/notifications-read.js';
import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { filterValues } from '../../../contract/list-spec.js';
import { instant, timeOrNull, timeString, timeText } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { notificationFilters, storedFilter } from '../../notifications/list-notifications.js';
import { shownStatuses, storedStatuses } from '../../notifications/delivery-json.js';

const stepMs = {
  minute: minuteMs,
  five_minutes: 5 * minuteMs,
  quarter_hour: 15 * minuteMs,
  hour: hourMs,
  six_hours: 6 * hourMs,
  day: dayMs,
} as const;
type Step = keyof typeof stepMs;
const steps = Object.keys(stepMs) as [Step, ...Step[]];
const rangeByDefault: Readonly<Record<Step, number>> = {
  minute: hourMs,
  five_minutes: hourMs,
  quarter_hour: dayMs,
  hour: dayMs,
  six_hours: 7 * dayMs,
  day: 30 * dayMs,
};
const mostBuckets = 800;
const { from: _from, to: _to, ...mailFilters } = notificationFilters;

const seriesSchema = z
  .strictObject({
    metric: z.enum(['notifications', 'states']),
    step: z.enum(steps),
    from: timeString,
    to: timeString,
    categories: z.array(z.string()).openapi({ description: 'Categories, in display order' }),
    buckets: z.array(
      z.strictObject({
        from: timeString,
        to: timeString.openapi({ description: 'Exclusive' }),
        counts: z
          .record(z.string(), z.int())
          .openapi({ description: 'One number per category', example: { accepted: 3 } }),
      }),
    ),
    dataSince: timeString.nullable().openapi({
      description: 'Creation of the first client: there are no earlier data. null: there are no clients',
    }),
    serverTime: timeString,
  })
  .openapi('OverviewSeries');

export const readOverviewSeriesOperation = defineOperation({
  id: 'readOverviewSeries',
  method: 'get',
  path: '/v1/overview/series',
  area: 'overview',
  summary: 'Get counts over time',
  description:
    '`notifications`: by status, at the time of their decision; `states`: clients in each state at the end of ' +
    'each interval, as recorded by the monitors; deleted clients are not counted. Intervals start at full minutes, ' +
    `hours, or days in UTC, and none is left out; up to ${mostBuckets} per answer. Default range: an hour for steps ` +
    'of minutes, 24 hours for `quarter_hour` and `hour`, 7 days for `six_hours`, 30 days for `day`. The filters are ' +
    'those of the notification list and apply to notifications only; without `kind`, all kinds are counted.',
  scope: 'clients:read',
  request: {
    query: z.strictObject({
      ...mailFilters,
      metric: z.enum(['notifications', 'states']).default('notifications'),
      step: z.enum(steps).default('hour'),
      from: instant.optional(),
      to: instant.optional(),
    }),
  },
  responses: { 200: { description: 'The series', schema: seriesSchema } },
  async handler({ query, caller, now, scope }) {
    const { metric, step } = query;
    refuseFiltersOfStates(query);
    const stretches = stretchesOf(query, now);
    const categories = metric === 'states' ? clientStates : shownStatuses;
    const counted =
      metric === 'states'
        ? await scope.read((q) => statesOverTime(q, caller.resellerId, stretches))
        : (await scope.read((q) => mailsOverTime(q, caller.resellerId, stretches, mailsOf(query)))).map(asShown);
    const since = await scope.read((q) => firstClientAt(q, caller.resellerId));
    const edge = (index: number): string => timeText(new Date(stretches.from.getTime() + index * stretches.stepMs));
    return ok({
      metric,
      step,
      from: edge(0),
      to: edge(stretches.count),
      categories: [...categories],
      buckets: counted.map((counts, index) => ({
        from: edge(index),
        to: edge(index + 1),
        counts: countsPerCategory<string>(categories, counts),
      })),
      dataSince: timeOrNull(since),
      serverTime: timeText(new Date(now)),
    });
  },
});

/** @throws DomainError `invalid` for times in the wrong order, or too far apart for the step */
function stretchesOf(
  asked: { readonly step: Step; readonly from?: Date | undefined; readonly to?: Date | undefined },
  now: number,
): Stretches {
  const width = stepMs[asked.step];
  const to = asked.to?.getTime() ?? now;
  const from = asked.from?.getTime() ?? to - rangeByDefault[asked.step];
  if (from >= to) throw new DomainError('invalid', 'must be before `to`', '/query/from');
  const first = Math.floor(from / width) * width;
  const count = Math.ceil((to - first) / width);
  if (count <= mostBuckets) return { from: new Date(first), stepMs: width, count };
  throw new DomainError(
    'invalid',
    `must span up to ${mostBuckets} intervals: choose a shorter range or longer intervals`,
    '/query/from',
  );
}

/** The stretches bound the time. */
function mailsOf(query: Readonly<Record<string, unknown>>): NotificationFilter {
  const { kind, ...asked } = filterValues(notificationFilters, { ...query, from: null, to: null });
  return storedFilter({ ...asked, kind: kind ?? ['all'] });
}

/** @throws DomainError `invalid` for a filter of emails where clients are counted */
function refuseFiltersOfStates(asked: Readonly<Record<string, unknown>>): void {
  const given = Object.keys(mailFilters).find((name) => asked[name] !== undefined);
  if (asked['metric'] === 'states' && given !== undefined) {
    throw new DomainError('invalid', 'must be used with notifications only', `/query/${given}`);
  }
}

function asShown(counts: Counts<NotificationStatus>): Record<string, number> {
  return Object.fromEntries(
    shownStatuses.map((shown) => [shown, storedStatuses(shown).reduce((sum, one) => sum + (counts[one] ?? 0), 0)]),
  );
}

/** Categories that were not counted are 0. */
function countsPerCategory<Category extends string>(
  categories: readonly Category[],
  counts: Counts<Category>,
): Record<string, number> {
  return Object.fromEntries(categories.map((category) => [category, counts[category] ?? 0]));
}
