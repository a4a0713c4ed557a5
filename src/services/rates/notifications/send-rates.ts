import { DomainError } from '../../../domain/errors.js';
import { toSecond } from '../../../domain/monitoring/schedule.js';
import type { RateSkipReason } from '../../../domain/rates/notifications/rate-notification.js';
import {
  insertRateNotification,
  readRateTableName,
  readSubscriber,
  readSubscribers,
  type RateSubscriber,
} from '../../../storage/rates/notifications/rate-notifications.js';
import type { Queries } from '../../../storage/system/database.js';
import { change, recordedAll, type ChangeEntry, type Requester } from '../../change.js';
import { skipTexts, readRateAnnouncement } from './rate-announcement.js';

interface SendRates {
  readonly rateTableId: string;
  readonly kind: 'forced' | 'correction';
  /** null: all clients that use the table and have notifications on */
  readonly clientId: string | null;
  readonly reason: string | null;
}

interface SentRates {
  readonly ids: readonly string[];
  readonly skipped: readonly {
    readonly clientId: string;
    readonly clientName: string;
    readonly reason: RateSkipReason;
  }[];
}

/** Of one request. */
export const maxSubscribers = 500;

/**
 * Sends rates at once, outside the schedule. The workflows start once this is committed.
 *
 * @throws DomainError `not_found`; `conflict` when there is nothing to send to the named client, or there are too many clients
 */
export function sendRates(requester: Requester, asked: SendRates): Promise<SentRates> {
  const { actor, now } = requester;
  return change(requester, async (tx) => {
    const subscribers = await subscribersOf(tx, requester, asked);
    const at = new Date(toSecond(now));
    const ids: string[] = [];
    const skipped: SentRates['skipped'][number][] = [];
    const entries: ChangeEntry[] = [];
    for (const subscriber of subscribers) {
      const { clientId, clientName, rateTableId, rateTableName } = subscriber;
      const { skipReason, rates } = await readRateAnnouncement(tx, subscriber, asked.kind, at.getTime());
      if (skipReason !== null) {
        if (asked.clientId !== null) throw new DomainError('conflict', skipTexts[skipReason], '/clientId');
        skipped.push({ clientId, clientName, reason: skipReason });
        continue;
      }
      const { kind, reason } = asked;
      const id = await insertRateNotification(tx, { clientId, rateTableId, kind, at, requestedBy: actor.id, reason });
      ids.push(id);
      entries.push({
        ...{ action: 'rate_notification.send', subjectType: 'rate_notification', subjectId: id, clientId, reason },
        before: null,
        after: { kind, rateTableId, rateTableName, rates: rates.length },
      });
    }
    return recordedAll({ ids, skipped }, entries);
  });
}

async function subscribersOf(
  q: Queries,
  { scope }: Requester,
  { rateTableId, clientId }: SendRates,
): Promise<readonly RateSubscriber[]> {
  if (clientId !== null) return [await requireSubscriber(q, scope.resellerId, clientId, rateTableId)];
  await requireTable(q, rateTableId);
  const found = await readSubscribers(q, scope.resellerId, rateTableId, maxSubscribers + 1);
  if (found.length <= maxSubscribers) return found;
  throw new DomainError('conflict', `more than ${maxSubscribers} clients use the table: name one client`, '/clientId');
}

/** @throws DomainError `not_found` also for a client or table that the caller does not see */
export async function requireSubscriber(
  q: Queries,
  withinId: string,
  clientId: string,
  rateTableId: string,
): Promise<RateSubscriber> {
  const found = await readSubscriber(q, withinId, clientId, rateTableId);
  if (found) return found;
  await requireTable(q, rateTableId);
  throw new DomainError('not_found', `there is no client ${clientId}`, '/clientId');
}

async function requireTable(q: Queries, id: string): Promise<void> {
  if ((await readRateTableName(q, id)) === null)
    throw new DomainError('not_found', `there is no rate table ${id}`, '/rateTableId');
}
