import { userRule } from '../../domain/monitoring/rule-identity.js';
import { minuteMs } from '../../domain/durations.js';
import { DomainError } from '../../domain/errors.js';
import { auditedBy, writeAudit } from '../system/audit.js';
import type { Change } from '../system/change.js';
import type { Transaction } from '../system/database.js';
import { enqueueSignalWhere } from '../monitoring/outbox.js';
import { findProfile, type ProfileFields, type ProfileRow, type ProfileRule } from './profiles.js';
import { requireOwner } from '../resellers/resellers.js';
import { requireUsers } from '../access/users.js';

/** Writing Low Balance Profiles; what concerns monitors is told to them in the same transaction. */

/** @throws DomainError `not_found` for a reseller or a user outside of the subtree */
export async function createProfile(
  tx: Transaction,
  withinId: string,
  fields: ProfileFields,
  change: Change,
): Promise<ProfileRow> {
  await requireOwner(tx, withinId, fields.resellerId, '/resellerId');
  await checkUsers(tx, withinId, fields.rules, []);
  const [inserted] = await tx<{ id: string }[]>`
    insert into profiles
      (reseller_id, name, currency, sort_order, max_notifications, period_hours, check_every_ms, trigger, reset_on, when_several)
    values (${fields.resellerId}, ${fields.name}, ${fields.currency}, ${fields.sortOrder}, ${fields.maxNotifications},
      ${fields.periodHours}, ${intervalMs(fields)}, ${fields.trigger}, ${fields.resetOn}, ${fields.whenSeveral})
    returning id`;
  if (!inserted) throw new Error('a profile was not inserted');
  await writeRules(tx, inserted.id, fields.rules);
  const row = await reread(tx, withinId, inserted.id);
  await audit(tx, 'profile.create', row, change, null, row);
  return row;
}

/** What an edit does to the monitors that run. */
export interface ProfileEffect {
  /** monitors that are signaled to read the profile again */
  readonly monitorsUpdated: number;
  /** keys of rules whose counters continue */
  readonly countersKept: readonly string[];
  /** keys of rules that were removed with their counters */
  readonly countersRemoved: readonly string[];
  /** keys of rules with a new counter */
  readonly countersStarted: readonly string[];
}

/**
 * Replaces a locked profile. Counters stay with the keys of its rules; the monitors of its clients are signaled.
 *
 * @throws DomainError `in_use` when it would move away from clients that use it
 */
export async function replaceProfile(
  tx: Transaction,
  withinId: string,
  before: ProfileRow,
  fields: ProfileFields,
  change: Change,
): Promise<{ readonly row: ProfileRow; readonly effect: ProfileEffect }> {
  if (fields.resellerId !== before.resellerId) await requireOwnClients(tx, withinId, before.id, fields.resellerId);
  await checkUsers(
    tx,
    withinId,
    fields.rules,
    before.rules.flatMap((rule) => rule.userIds),
  );
  await tx`
    update profiles
    set reseller_id = ${fields.resellerId}, name = ${fields.name}, currency = ${fields.currency},
      sort_order = ${fields.sortOrder}, max_notifications = ${fields.maxNotifications},
      period_hours = ${fields.periodHours}, check_every_ms = ${intervalMs(fields)}, trigger = ${fields.trigger},
      reset_on = ${fields.resetOn}, when_several = ${fields.whenSeveral}, version = version + 1, updated_at = now()
    where id = ${before.id}`;
  await tx`delete from profile_rules where profile_id = ${before.id}`;
  await writeRules(tx, before.id, fields.rules);
  const row = await reread(tx, withinId, before.id);
  await audit(tx, 'profile.update', row, change, before, row);
  const monitorsUpdated = await enqueueSignalWhere(tx, 'configurationChanged', tx`c.profile_id = ${row.id}`);
  return { row, effect: { monitorsUpdated, ...countersAfter(before.rules, row.rules) } };
}

function countersAfter(
  before: readonly ProfileRule[],
  after: readonly ProfileRule[],
): Omit<ProfileEffect, 'monitorsUpdated'> {
  const was = before.map(({ key }) => key);
  const is = after.map(({ key }) => key);
  return {
    countersKept: is.filter((key) => was.includes(key)),
    countersRemoved: was.filter((key) => !is.includes(key)),
    countersStarted: is.filter((key) => !was.includes(key)),
  };
}

/** @throws DomainError `in_use` while clients use it */
export async function deleteProfile(tx: Transaction, row: ProfileRow, change: Change): Promise<void> {
  if (row.clients > 0) {
    const some = row.clients === 1 ? '1 client uses' : `${row.clients} clients use`;
    throw new DomainError(
      'in_use',
      `${some} this profile: give them another one first, with POST /v1/profiles/{id}/assign`,
    );
  }
  await tx`update clients set profile_id = null, version = version + 1 where profile_id = ${row.id} and status = 'deleted'`;
  await tx`delete from profiles where id = ${row.id}`;
  await audit(tx, 'profile.delete', row, change, row, null);
}

/** A profile serves clients of its owner and below; who owns it decides what it mails. */
async function requireOwnClients(tx: Transaction, withinId: string, id: string, resellerId: string): Promise<void> {
  await requireOwner(tx, withinId, resellerId, '/resellerId');
  const [others] = await tx<{ clients: number }[]>`
    select count(*)::int as clients from clients c join resellers o on o.id = c.reseller_id
    where c.profile_id = ${id} and c.status <> 'deleted' and not o.path @> array[${resellerId}::bigint]`;
  if (!others || others.clients === 0) return;
  throw new DomainError(
    'in_use',
    `${others.clients} of its clients do not belong to that reseller or to one below: give them another profile first`,
    '/resellerId',
  );
}

async function checkUsers(
  tx: Transaction,
  withinId: string,
  rules: readonly ProfileRule[],
  known: readonly string[],
): Promise<void> {
  const users = rules.find((rule) => rule.key === userRule.key)?.userIds ?? [];
  await requireUsers(tx, withinId, users, known, '/userRule/users');
}

async function writeRules(tx: Transaction, profileId: string, rules: readonly ProfileRule[]): Promise<void> {
  for (const [position, rule] of rules.entries()) {
    await tx`
      insert into profile_rules (profile_id, key, position, threshold, notify_role, user_ids, inactivity_days, emails)
      values (${profileId}, ${rule.key}, ${position}, ${rule.threshold}, ${rule.notifyRole},
        ${rule.userIds as string[]}::bigint[], ${rule.inactivityDays}, ${rule.emails as string[]})`;
  }
}

function intervalMs(fields: ProfileFields): number | null {
  return fields.checkEveryMinutes === null ? null : fields.checkEveryMinutes * minuteMs;
}

async function audit(
  tx: Transaction,
  action: string,
  row: ProfileRow,
  change: Change,
  before: ProfileRow | null,
  after: ProfileRow | null,
): Promise<void> {
  await writeAudit(tx, {
    ...auditedBy(change.actor),
    action,
    subjectType: 'profile',
    subjectId: row.id,
    resellerId: row.resellerId,
    reason: change.reason,
    before: before && fieldsOf(before),
    after: after && fieldsOf(after),
  });
}

function fieldsOf(row: ProfileRow): Record<string, unknown> {
  const { resellerId, name, currency, sortOrder, maxNotifications, periodHours, checkEveryMinutes } = row;
  const { trigger, resetOn, whenSeveral, rules } = row;
  return {
    resellerId,
    name,
    currency,
    sortOrder,
    maxNotifications,
    periodHours,
    checkEveryMinutes,
    trigger,
    resetOn,
    whenSeveral,
    rules,
  };
}

async function reread(tx: Transaction, withinId: string, id: string): Promise<ProfileRow> {
  const row = await findProfile(tx, withinId, id);
  if (!row) throw new Error('a profile that was just written is not there');
  return row;
}
