import type { Sql } from '../../../storage/system/database.js';
import type { ProfileFields } from '../../../storage/profiles/profiles.js';
import { requireOwner } from '../../../storage/resellers/resellers.js';
import { requireUsers } from '../../../storage/access/users.js';

/**
 * Refuses a draft that names a reseller or users that the caller cannot use, as saving it would.
 *
 * @param stored the profile that is edited, whose own users stay allowed; null: a new one
 * @param pointer of the draft within the body
 * @throws DomainError `not_found`
 */
export async function requireReferences(
  sql: Sql,
  withinId: string,
  draft: ProfileFields,
  stored: ProfileFields | null,
  pointer: string,
): Promise<void> {
  await sql.begin(async (tx) => {
    if (draft.resellerId !== stored?.resellerId) {
      await requireOwner(tx, withinId, draft.resellerId, `${pointer}/resellerId`);
    }
    await requireUsers(tx, withinId, userIdsOf(draft), stored ? userIdsOf(stored) : [], `${pointer}/userRule/users`);
  });
}

export function userIdsOf(fields: ProfileFields): readonly string[] {
  return fields.rules.flatMap((rule) => rule.userIds);
}
