import { dayMs } from '../../../../domain/durations.js';
import { recordOf } from '../../../../domain/records.js';
import { clientStates } from '../../../../domain/monitoring/client-state.js';
import { countClients, countCredits, countMails, type StateCount } from '../../../../storage/clients/overview.js';
import { countOpenEvents } from '../../../../storage/events/event-list.js';
import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { timeOrNull, timeString, timeText } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';

const expiringDays = 7;

const count = (list: string): z.ZodInt => z.int().openapi({ description: `\`GET ${list}\`` });
const byState = z.strictObject(recordOf(clientStates, () => z.int()));

const summarySchema = z
  .strictObject({
    clients: byState.openapi({ description: '`GET /v1/clients?status=active,stop&state=…`' }),
    monitored: count('/v1/clients?status=active,stop'),
    overdueChecks: count('/v1/clients?status=active,stop&overdue=true'),
    overdueSince: timeString.nullable().openapi({ description: 'Due time of the check that is overdue longest' }),
    recipientMissing: count('/v1/clients?status=active,stop&recipientMissing=true'),
    notificationsSince: timeString.openapi({ description: '24 hours ago: `from` for the notification list' }),
    notificationsAccepted: count('/v1/notifications?kind=all&status=accepted&from=…'),
    notificationsFailed: count('/v1/notifications?kind=all&status=failed&from=…'),
    notificationsUncertain: count('/v1/notifications?kind=all&status=uncertain&from=…'),
    creditsActive: count('/v1/temporary-credits?status=active'),
    creditsExpiring: count('/v1/temporary-credits?expiringWithinDays=7'),
    openEvents: count('/v1/events'),
    serverTime: timeString,
  })
  .openapi('OverviewSummary');

export const readOverviewSummaryOperation = defineOperation({
  id: 'readOverviewSummary',
  method: 'get',
  path: '/v1/overview/summary',
  area: 'overview',
  summary: 'Get the key figures of all clients',
  description: 'Each number is the `total` of the list in its description.',
  scope: 'clients:read',
  responses: { 200: { description: 'The numbers', schema: summarySchema } },
  async handler({ scope, now }) {
    const at = new Date(now);
    const since = new Date(now - dayMs);
    const [clients, mails, credits, openEvents] = await scope.read((q) =>
      Promise.all([
        countClients(q, scope.resellerId, at),
        countMails(q, scope.resellerId, since),
        countCredits(q, scope.resellerId, at, expiringDays),
        countOpenEvents(q, scope),
      ]),
    );
    const mailsOf = (status: string): number => mails.find((one) => one.status === status)?.mails ?? 0;
    return ok({
      clients: recordOf(clientStates, (state) => clientsIn(clients, state)),
      monitored: sumOf(clients, 'clients'),
      overdueChecks: sumOf(clients, 'overdue'),
      overdueSince: timeOrNull(oldest(clients)),
      recipientMissing: sumOf(clients, 'recipientMissing'),
      notificationsSince: timeText(since),
      notificationsAccepted: mailsOf('accepted'),
      notificationsFailed: mailsOf('failed'),
      notificationsUncertain: mailsOf('uncertain'),
      creditsActive: credits.active,
      creditsExpiring: credits.expiring,
      openEvents,
      serverTime: timeText(at),
    });
  },
});

function clientsIn(counts: readonly StateCount[], word: string): number {
  return counts.find(({ state }) => state === word)?.clients ?? 0;
}

function sumOf(counts: readonly StateCount[], name: 'clients' | 'overdue' | 'recipientMissing'): number {
  return counts.reduce((sum, one) => sum + one[name], 0);
}

function oldest(counts: readonly StateCount[]): Date | null {
  const times = counts.flatMap(({ overdueSince }) => (overdueSince ? [overdueSince.getTime()] : []));
  return times.length === 0 ? null : new Date(Math.min(...times));
}
