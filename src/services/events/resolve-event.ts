import { DomainError } from '../../domain/errors.js';
import { auditedBy, writeAudit } from '../../storage/system/audit.js';
import type { Change } from '../../storage/system/change.js';
import type { Sql } from '../../storage/system/database.js';
import { lockEvent } from '../../storage/events/event-list.js';
import { resolveEventRow } from '../../storage/events/resolve-event.js';
import { inTransaction } from '../../storage/system/transaction.js';

interface Resolver {
  readonly resellerId: string;
  readonly isOperator: boolean;
}

/**
 * Resolves an open event for a person, with its audit row. The same cause opens a new event when it occurs again.
 *
 * @throws DomainError `not_found` also for an event of another reseller; `conflict` when it is resolved already
 */
export async function resolveEvent(
  sql: Sql,
  resolver: Resolver,
  id: string,
  change: Change & { readonly reason: string },
  nowMs: number,
): Promise<void> {
  await inTransaction(sql, async (tx) => {
    const event = await lockEvent(tx, resolver, id);
    if (!event) throw new DomainError('not_found', `there is no event ${id}`, '/path/id');
    if (event.resolvedAt) {
      throw new DomainError('conflict', 'the event is already resolved: read it to see by whom and why', '/path/id');
    }
    const at = new Date(Math.max(nowMs, event.firstAt.getTime()));
    await resolveEventRow(tx, id, { by: change.actor.id, reason: change.reason, at });
    await writeAudit(tx, {
      ...auditedBy(change.actor),
      action: 'event.resolve',
      subjectType: 'event',
      subjectId: id,
      clientId: event.clientId,
      resellerId: event.resellerId,
      reason: change.reason,
      before: { kind: event.kind, subjectId: event.subjectId, times: event.times, status: 'open' },
      after: { kind: event.kind, subjectId: event.subjectId, times: event.times, status: 'resolved' },
    });
  });
}
