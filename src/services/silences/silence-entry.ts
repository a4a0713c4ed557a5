import { DomainError } from '../../domain/errors.js';
import { findSilence, lockSilence, type SilenceRow } from '../../storage/silences/silences.js';
import type { Transaction } from '../../storage/system/database.js';
import type { ChangeEntry, Requester } from '../change.js';

/** The audit row of a change of a silence. Its comment says why it is there. */
export function silenceEntry(
  action: string,
  reason: string | null,
  before: SilenceRow | null,
  after: SilenceRow,
): ChangeEntry {
  return {
    action,
    subjectType: 'silence',
    subjectId: after.id,
    resellerId: after.resellerId,
    reason,
    before: before && fieldsOf(before),
    after: fieldsOf(after),
  };
}

function fieldsOf({ resellerId, tag, profileId, comment, startsAt, endsAt }: SilenceRow): Record<string, unknown> {
  return { resellerId, tag, profileId, comment, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() };
}

/** @throws DomainError `not_found`; `conflict` for one that has ended */
export async function lockCurrentSilence(tx: Transaction, { scope, now }: Requester, id: string): Promise<SilenceRow> {
  const row = await lockSilence(tx, { resellerId: scope.resellerId, at: new Date(now) }, id);
  if (!row) throw new DomainError('not_found', `there is no silence ${id}`, '/path/id');
  if (row.status === 'expired') {
    throw new DomainError('conflict', 'the silence has ended: create another one', '/path/id');
  }
  return row;
}

export async function rereadSilence(tx: Transaction, { scope, now }: Requester, id: string): Promise<SilenceRow> {
  const row = await findSilence(tx, { resellerId: scope.resellerId, at: new Date(now) }, id);
  if (!row) throw new TypeError('a silence that was just written is there');
  return row;
}
