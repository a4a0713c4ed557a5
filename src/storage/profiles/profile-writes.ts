import { minuteMs } from '../../domain/durations.js';
import type { ProfileFields, ProfileRule } from '../../domain/profiles/profile.js';
import { enqueueSignalWhere } from '../monitoring/outbox.js';
import type { Transaction } from '../system/database.js';

/** Writing the rows of low balance profiles. */

/** Returns the new profile's id. */
export async function insertProfile(tx: Transaction, fields: ProfileFields): Promise<string> {
  const [inserted] = await tx<{ id: string }[]>`
    insert into profiles
      (reseller_id, name, currency, sort_order, max_notifications, period_hours, check_every_ms, trigger, reset_on, when_several)
    values (${fields.resellerId}, ${fields.name}, ${fields.currency}, ${fields.sortOrder}, ${fields.maxNotifications},
      ${fields.periodHours}, ${intervalMs(fields)}, ${fields.trigger}, ${fields.resetOn}, ${fields.whenSeveral})
    returning id`;
  if (!inserted) throw new Error('a profile was not inserted');
  await writeRules(tx, inserted.id, fields.rules);
  return inserted.id;
}

/** Replaces all fields and rules, and raises the version. */
export async function updateProfile(tx: Transaction, id: string, fields: ProfileFields): Promise<void> {
  await tx`
    update profiles
    set reseller_id = ${fields.resellerId}, name = ${fields.name}, currency = ${fields.currency},
      sort_order = ${fields.sortOrder}, max_notifications = ${fields.maxNotifications},
      period_hours = ${fields.periodHours}, check_every_ms = ${intervalMs(fields)}, trigger = ${fields.trigger},
      reset_on = ${fields.resetOn}, when_several = ${fields.whenSeveral}, version = version + 1, updated_at = now()
    where id = ${id}`;
  await tx`delete from profile_rules where profile_id = ${id}`;
  await writeRules(tx, id, fields.rules);
}

/** Deleted clients lose it; others must not have it any more. */
export async function deleteProfileRow(tx: Transaction, id: string): Promise<void> {
  await tx`update clients set profile_id = null, version = version + 1 where profile_id = ${id} and status = 'deleted'`;
  await tx`delete from profiles where id = ${id}`;
}

/** Clients of a profile that belong neither to the reseller nor to one below. */
export async function countClientsOutside(tx: Transaction, id: string, resellerId: string): Promise<number> {
  const [outside] = await tx<{ clients: number }[]>`
    select count(*)::int as clients from clients c join resellers o on o.id = c.reseller_id
    where c.profile_id = ${id} and c.status <> 'deleted' and not o.path @> array[${resellerId}::bigint]`;
  return outside?.clients ?? 0;
}

/** Signals the monitors of a profile's clients to read it again; returns how many. Call it in the transaction of the edit. */
export async function signalProfileClients(tx: Transaction, id: string): Promise<number> {
  return enqueueSignalWhere(tx, 'configurationChanged', tx`c.profile_id = ${id}`);
}

async function writeRules(tx: Transaction, profileId: string, rules: readonly ProfileRule[]): Promise<void> {
  for (const [position, rule] of rules.entries()) {
    await tx`
      insert into profile_rules (profile_id, key, position, threshold, notify_role, user_ids, inactivity_days, emails,
        channels)
      values (${profileId}, ${rule.key}, ${position}, ${rule.threshold}, ${rule.notifyRole},
        ${rule.userIds as string[]}::bigint[], ${rule.inactivityDays}, ${rule.emails as string[]},
        ${tx.json(rule.channels.map(({ channelId, address }) => ({ channelId, address })))})`;
  }
}

function intervalMs(fields: ProfileFields): number | null {
  return fields.checkEveryMinutes === null ? null : fields.checkEveryMinutes * minuteMs;
}
