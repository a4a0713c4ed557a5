import { replaceProfile, type ProfileEffect } from '../../../storage/profiles/profile-writes.js';
import { findProfile, lockProfile, type ProfileFields, type ProfileRow } from '../../../storage/profiles/profiles.js';
import { inTransaction } from '../../../storage/system/transaction.js';
import { ok, type Answer } from '../../contract/answers.js';
import type { ApiContext, Caller } from '../../context.js';
import { etagOf, requireVersion, type IfMatch } from '../../http/if-match.js';
import { fieldsOf, profileJson, type ProfileBody } from './convert.js';
import { requireReferences } from './draft-references.js';
import { requireConfirmedChange, type PlannedChange } from './impact.js';
import { readyDraft, readyProfiles } from './ready-profiles.js';
import { existing } from './read-profile.js';

interface Edited {
  readonly row: ProfileRow;
  readonly effect: ProfileEffect;
}

interface EditInput {
  readonly context: ApiContext;
  readonly caller: Caller;
  readonly params: { readonly id: string };
  readonly ifMatch: IfMatch;
  readonly now: number;
  readonly body: { readonly reason?: string | undefined; readonly confirmNotifications?: number | undefined };
}

/** Edits a profile: what `bodyFor` makes of the one that was read takes its place. */
export async function editProfile(input: EditInput, bodyFor: (row: ProfileRow) => ProfileBody): Promise<Edited> {
  const { context, caller, params, ifMatch, body } = input;
  const read = existing(await findProfile(context.sql, caller.resellerId, params.id), params.id);
  requireVersion(ifMatch, read.version, profileJson(read));
  const fields = fieldsOf(bodyFor(read), read.resellerId);
  // Before the transaction: evaluating many clients takes longer than a lock should be held.
  if (changesNotifications(read, fields)) await requireConfirmedEdit(input, read, fields);
  return inTransaction(context.sql, async (tx) => {
    const row = existing(await lockProfile(tx, caller.resellerId, params.id), params.id);
    requireVersion({ any: false, versions: [etagOf(read.version)] }, row.version, profileJson(row));
    return replaceProfile(tx, caller.resellerId, row, fields, { actor: caller.actor, reason: body.reason ?? null });
  });
}

/** @throws ApiProblem `confirmation_required` */
async function requireConfirmedEdit(
  { context: { sql }, caller, body, now }: EditInput,
  read: ProfileRow,
  fields: ProfileFields,
): Promise<void> {
  const { resellerId } = caller;
  await requireReferences(sql, resellerId, fields, read, '');
  const asked = { confirmNotifications: body.confirmNotifications, now };
  const plan = async (): Promise<Omit<PlannedChange, 'selection'>> => {
    const before = (await readyProfiles(sql, [read], now)).get(read.id) ?? null;
    const after = await readyDraft(sql, resellerId, fields, read, now);
    return { before: () => before, after: () => after };
  };
  await requireConfirmedChange(sql, resellerId, { profileId: read.id }, plan, asked);
}

/** Whether an edit touches what decides who is notified. */
function changesNotifications(before: ProfileFields, after: ProfileFields): boolean {
  const decisive = ({ currency, maxNotifications, periodHours, trigger, resetOn, whenSeveral, rules }: ProfileFields) =>
    JSON.stringify([
      currency,
      maxNotifications,
      periodHours,
      trigger,
      resetOn,
      whenSeveral,
      rules.map((rule) => [rule.key, rule.threshold, rule.notifyRole, rule.userIds, rule.inactivityDays, rule.emails]),
    ]);
  return decisive(before) !== decisive(after);
}

export function editedAnswer({
  row,
  effect,
}: Edited): Answer<200, ReturnType<typeof profileJson> & { readonly effect: ProfileEffect }> {
  return ok({ ...profileJson(row), effect }, { version: row.version });
}
