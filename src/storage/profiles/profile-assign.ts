import type { Fragment } from 'postgres';
import { DomainError } from '../../domain/errors.js';
import { auditedBy, writeAudit } from '../system/audit.js';
import type { Change } from '../system/change.js';
import type { Queries, Transaction } from '../system/database.js';
import { enqueueSignal } from '../monitoring/outbox.js';
import type { ProfileRow } from './profiles.js';
import { visibleClient } from '../system/visible.js';

interface Assignment {
  readonly assigned: number;
  /** used it already */
  readonly unchanged: number;
}

interface Assigned {
  readonly id: string;
  readonly status: string;
  readonly profileId: string | null;
  readonly fits: boolean;
}

/** Which clients: these, or all that have another profile now. */
export type Assignees = { readonly clientIds: readonly string[] } | { readonly fromProfileId: string };

/**
 * Gives clients a profile: all of them or none.
 *
 * @throws DomainError as `requireAssignable`
 */
export async function assignProfile(
  tx: Transaction,
  withinId: string,
  profile: ProfileRow,
  clients: Assignees,
  change: Change,
): Promise<Assignment> {
  const rows = await readAssignees(tx, withinId, profile, clients, tx`for update of c`);
  refuseUnfitOnes(clients, rows);
  const changed = rows.filter((row) => row.profileId !== profile.id);
  const ids = changed.map((row) => row.id);
  await tx`
    update clients set profile_id = ${profile.id}, version = version + 1, updated_at = now()
    where id = any (${ids}::bigint[])`;
  for (const row of changed) {
    await writeAudit(tx, {
      ...auditedBy(change.actor),
      action: 'client.update',
      subjectType: 'client',
      subjectId: row.id,
      clientId: row.id,
      reason: change.reason,
      before: { profileId: row.profileId },
      after: { profileId: profile.id },
    });
  }
  await enqueueSignal(tx, ids, 'configurationChanged', { origin: ids.length > 1 ? 'fleet' : 'client' });
  return { assigned: ids.length, unchanged: rows.length - ids.length };
}

/**
 * Refuses clients that cannot get the profile, without changing or locking any.
 *
 * @returns the ids of the profiles that they have now
 * @throws DomainError `not_found`, `client_deleted`, `conflict` (the profile belongs to a reseller that is not above
 * the client), each with the pointer of the first such id
 */
export async function requireAssignable(
  q: Queries,
  withinId: string,
  profile: ProfileRow,
  clients: Assignees,
): Promise<readonly string[]> {
  const rows = await readAssignees(q, withinId, profile, clients, q``);
  refuseUnfitOnes(clients, rows);
  return [...new Set(rows.flatMap(({ profileId }) => (profileId === null ? [] : [profileId])))];
}

function readAssignees(
  q: Queries,
  withinId: string,
  profile: ProfileRow,
  clients: Assignees,
  lock: Fragment,
): Promise<Assigned[]> {
  const wanted =
    'clientIds' in clients
      ? q`c.id = any (${clients.clientIds as string[]}::bigint[])`
      : q`c.profile_id = ${clients.fromProfileId} and c.status <> 'deleted'`;
  return q<Assigned[]>`
    select c.id, c.status, c.profile_id as "profileId",
      exists (select 1 from resellers o where o.id = c.reseller_id and o.path @> array[${profile.resellerId}::bigint]) as fits
    from clients c where ${wanted} and ${visibleClient(q, withinId)}
    order by c.id ${lock}`;
}

function refuseUnfitOnes(clients: Assignees, rows: readonly Assigned[]): void {
  if ('fromProfileId' in clients) {
    for (const row of rows) refuseUnfit(row.id, row, '/fromProfileId');
    return;
  }
  const byId = new Map(rows.map((row) => [row.id, row]));
  clients.clientIds.forEach((id, index) => refuseUnfit(id, byId.get(id), `/clientIds/${index}`));
}

function refuseUnfit(id: string, row: Assigned | undefined, pointer: string): void {
  if (!row) throw new DomainError('not_found', `there is no client ${id}`, pointer);
  if (row.status === 'deleted') throw new DomainError('client_deleted', `client ${id} is deleted`, pointer);
  if (!row.fits) {
    throw new DomainError(
      'conflict',
      `client ${id} does not belong to the profile's reseller or to one below`,
      pointer,
    );
  }
}
