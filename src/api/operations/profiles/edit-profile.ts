import type { ProfileEffect } from '../../../services/profiles/edit-profile.js';
import { editProfile } from '../../../services/profiles/edit-profile.js';
import type { Requester } from '../../../services/change.js';
import type { ProfileRow } from '../../../storage/profiles/profiles.js';
import { ok, type Answer } from '../../contract/answers.js';
import { requireConfirmation } from '../../contract/confirm-notifications.js';
import { etagOf, requireVersion, type IfMatch } from '../../http/if-match.js';
import { fieldsOf, profileJson, type ProfileBody } from './convert.js';

interface EditInput {
  readonly requester: Requester;
  readonly params: { readonly id: string };
  readonly ifMatch: IfMatch;
  readonly now: number;
  readonly body: { readonly reason?: string | undefined; readonly confirmNotifications?: number | undefined };
}

/** PUT and PATCH of a profile: what `bodyFor` makes of the one that was read takes its place. */
export async function editedAnswer(
  { requester, params, ifMatch, now, body }: EditInput,
  bodyFor: (row: ProfileRow) => ProfileBody,
): Promise<Answer<200, ReturnType<typeof profileJson> & { readonly effect: ProfileEffect }>> {
  const { row, effect } = await editProfile(requester, params.id, {
    fieldsFor: (read) => fieldsOf(bodyFor(read), read.resellerId),
    reason: body.reason ?? null,
    confirm: requireConfirmation(body.confirmNotifications, now),
    precondition(current, read) {
      const wanted = read ? { any: false, versions: [etagOf(read.version)] } : ifMatch;
      requireVersion(wanted, current.version, profileJson(current));
    },
  });
  return ok({ ...profileJson(row), effect }, { version: row.version });
}
