import { DomainError } from '../../../domain/errors.js';
import { toSecond } from '../../../domain/monitoring/schedule.js';
import { applyPatch, type Patch } from '../../../domain/patch.js';
import { requireFittingRate, type TableRateFields } from '../../../domain/rates/tables/table-rate.js';
import {
  deleteTableRate,
  findTableRate,
  insertTableRate,
  lockTableRate,
  updateTableRate,
  type TableRateRow,
} from '../../../storage/rates/tables/table-rates.js';
import { countNotifiedClients } from '../../../storage/rates/notifications/notified-clients.js';
import { lockShared } from '../../../storage/resellers/shared-records.js';
import type { Transaction } from '../../../storage/system/database.js';
import { change, recorded, type ChangeEntry, type Precondition, type Requester } from '../../change.js';
import { existingShared } from '../../shared-record.js';
import { scheduleNotifications } from '../notifications/schedule-notifications.js';
import { rateTableKind } from './rate-tables.js';

const rateKind = { noun: 'rate' };

/**
 * Adds a rate to a table, its dates cut to whole seconds.
 *
 * @throws DomainError `not_found`, `invalid`; `already_exists` when the series has a rate from that date
 */
export function createTableRate(
  requester: Requester,
  rateTableId: string,
  fields: TableRateFields,
  reason: string | null,
): Promise<TableRateRow> {
  const settled = settledRate(fields);
  return change(requester, async (tx) => {
    const { resellerId } = requester.scope;
    existingShared(rateTableKind, await lockShared(tx, rateTableKind.stored, resellerId, rateTableId), rateTableId);
    const id = await insertTableRate(tx, rateTableId, settled);
    if (settled.status === 'active') await scheduleNotifications(tx, rateTableId, toSecond(requester.now));
    const row = await existingRate(tx, requester, id);
    return recorded(row, rateEntry('create', reason, null, row));
  });
}

interface RateChangeRequest {
  readonly reason: string | null;
  /** also a rate of which clients were notified is changed; default false */
  readonly isConfirmed?: boolean;
}

/** @throws DomainError `not_found`, `invalid`, `already_exists`, `rate_already_notified` */
export function updateRate(
  requester: Requester,
  id: string,
  { patch, reason, isConfirmed = false }: RateChangeRequest & { readonly patch: Patch<TableRateFields> },
  precondition: Precondition<TableRateRow>,
): Promise<TableRateRow> {
  return change(requester, async (tx) => {
    const before = await lockedRate(tx, requester, id);
    precondition(before);
    const after = settledRate(applyPatch<TableRateFields>(before, patch));
    if (!isConfirmed && differsForClients(before, after)) await requireNotNotified(tx, before);
    await updateTableRate(tx, id, after);
    if (isAnnouncedChange(before, after)) await scheduleNotifications(tx, before.rateTableId, toSecond(requester.now));
    const row = await existingRate(tx, requester, id);
    return recorded(row, rateEntry('update', reason, before, row));
  });
}

/** @throws DomainError `not_found`, `rate_already_notified` */
export function removeTableRate(
  requester: Requester,
  id: string,
  { reason, isConfirmed = false }: RateChangeRequest,
  precondition: Precondition<TableRateRow>,
): Promise<void> {
  return change(requester, async (tx) => {
    const row = await lockedRate(tx, requester, id);
    precondition(row);
    if (!isConfirmed && row.status === 'active') await requireNotNotified(tx, row);
    await deleteTableRate(tx, id);
    return recorded(undefined, rateEntry('delete', reason, row, null));
  });
}

/** Whether clients are notified of the change: of another price or end, and of a rate that is no longer stashed; not of another
 * effective date alone. */
function isAnnouncedChange(before: TableRateFields, { rate, endsAt, status }: TableRateFields): boolean {
  if (status !== 'active') return false;
  return rate !== before.rate || endsAt?.getTime() !== before.endsAt?.getTime() || before.status !== 'active';
}

/** Whether what clients were notified of is no longer so. */
function differsForClients(before: TableRateFields, after: TableRateFields): boolean {
  if (before.status !== 'active') return false;
  const names = ['code', 'timeProfile', 'policy', 'rate', 'status'] as const;
  return (
    names.some((name) => before[name] !== after[name]) ||
    before.effectiveFrom.getTime() !== after.effectiveFrom.getTime() ||
    before.endsAt?.getTime() !== after.endsAt?.getTime()
  );
}

/** Notifications of changed rates do not include an edit of a rate that was effective at the last one. */
async function requireNotNotified(tx: Transaction, { rateTableId, effectiveFrom }: TableRateRow): Promise<void> {
  const clients = await countNotifiedClients(tx, rateTableId, effectiveFrom);
  if (clients === 0) return;
  const some = clients === 1 ? '1 client was' : `${clients} clients were`;
  const detail = `must be true: ${some} notified of this rate, and notifications of changed rates will not include the change. Send a correction afterwards`;
  throw new DomainError('rate_already_notified', detail, '/confirmNotified');
}

function settledRate(fields: TableRateFields): TableRateFields {
  const { effectiveFrom, endsAt } = fields;
  const settled = { ...fields, effectiveFrom: wholeSecond(effectiveFrom), endsAt: endsAt && wholeSecond(endsAt) };
  requireFittingRate(settled);
  return settled;
}

function wholeSecond(at: Date): Date {
  return new Date(toSecond(at.getTime()));
}

async function lockedRate(tx: Transaction, { scope, now }: Requester, id: string): Promise<TableRateRow> {
  return existingShared(rateKind, await lockTableRate(tx, scope.resellerId, id, now), id);
}

async function existingRate(tx: Transaction, { scope, now }: Requester, id: string): Promise<TableRateRow> {
  const row = await findTableRate(tx, scope.resellerId, id, now);
  if (!row) throw new DomainError('not_found', `there is no rate ${id}`, '/path/id');
  return row;
}

function rateEntry(
  action: string,
  reason: string | null,
  before: TableRateRow | null,
  after: TableRateRow | null,
): ChangeEntry {
  const subject = after ?? before;
  if (!subject) throw new TypeError('a change has a rate before it or after it');
  return {
    action: `table_rate.${action}`,
    subjectType: 'table_rate',
    subjectId: subject.id,
    resellerId: subject.resellerId,
    reason,
    before: before && fieldsOf(before),
    after: after && fieldsOf(after),
  };
}

function fieldsOf(row: TableRateRow): Record<string, unknown> {
  return {
    ...{ rateTableId: row.rateTableId, code: row.code, codeName: row.codeName, rate: row.rate },
    ...{ effectiveFrom: row.effectiveFrom.toISOString(), endsAt: row.endsAt?.toISOString() ?? null },
    ...{ minVolume: row.minVolume, interval: row.interval, graceVolume: row.graceVolume, setupFee: row.setupFee },
    ...{ timeProfile: row.timeProfile, policy: row.policy, status: row.status, tags: row.tags, notes: row.notes },
  };
}
