import { hourMs } from '../../../../domain/durations.js';
import { recordOf } from '../../../../domain/records.js';
import {
  countEventsByHour,
  nextEvents,
  upcomingKinds,
  type UpcomingKind,
} from '../../../../storage/clients/upcoming.js';
import { ok } from '../../../contract/answers.js';
import { oneOrMore, wholeNumber } from '../../../contract/lists.js';
import { defineOperation } from '../../../contract/operation.js';
import { idText, timeString, timeText } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';

const hoursByDefault = 24;
const rowsByDefault = 20;

const counts = z.strictObject(recordOf(upcomingKinds, () => z.int()));

const upcomingSchema = z
  .strictObject({
    from: timeString,
    to: timeString,
    next: z.array(
      z.strictObject({
        at: timeString,
        kind: z.enum(upcomingKinds),
        clientId: idText,
        clientName: z.string(),
        subjectId: idText.nullable().openapi({ description: 'The temporary credit, or the notification' }),
        rule: z.string().nullable().openapi({ description: 'Rule of a notification or silence; `*`: all rules' }),
      }),
    ),
    hours: z.array(z.strictObject({ from: timeString, counts })),
    total: counts,
    serverTime: timeString,
  })
  .openapi('OverviewUpcoming');

export const readOverviewUpcomingOperation = defineOperation({
  id: 'readOverviewUpcoming',
  method: 'get',
  path: '/v1/overview/upcoming',
  area: 'overview',
  summary: 'List upcoming events',
  description:
    'Checks, credit starts, expiry notifications, credit reverts, delivery retries, and ends of silences: the ' +
    'next ones, and their number per hour. Overdue checks are not included.',
  scope: 'clients:read',
  request: {
    query: z.strictObject({
      hours: wholeNumber(1, 168).optional(),
      limit: wholeNumber(1, 200).optional(),
      kind: oneOrMore(upcomingKinds).optional().openapi({ description: 'Rows of `next`' }),
    }),
  },
  responses: { 200: { description: 'The upcoming events', schema: upcomingSchema } },
  async handler({ query, scope, now }) {
    const hours = query.hours ?? hoursByDefault;
    const window = { from: new Date(now), to: new Date(now + hours * hourMs) };
    const [next, counted] = await scope.read((q) =>
      Promise.all([
        nextEvents(q, scope.resellerId, window, { kinds: query.kind ?? null, limit: query.limit ?? rowsByDefault }),
        countEventsByHour(q, scope.resellerId, window),
      ]),
    );
    const inHour = (hour: number | null): Record<UpcomingKind, number> =>
      recordOf(upcomingKinds, (kind) =>
        counted
          .filter((one) => one.kind === kind && (hour === null || one.hour === hour))
          .reduce((sum, { events }) => sum + events, 0),
      );
    return ok({
      from: timeText(window.from),
      to: timeText(window.to),
      next: next.map((event) => ({ ...event, at: timeText(event.at) })),
      hours: Array.from({ length: hours }, (_, hour) => ({
        from: timeText(new Date(now + hour * hourMs)),
        counts: inHour(hour),
      })),
      total: inHour(null),
      serverTime: timeText(window.from),
    });
  },
});
