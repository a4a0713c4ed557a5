import type { ReadyProfile } from '../../domain/profiles/effect.js';
import { NotificationImpact } from '../../domain/profiles/notification-impact.js';
import type { ProfileFields } from '../../domain/profiles/profile.js';
import type { ProfileRow } from '../../storage/profiles/profiles.js';
import type { Requester } from '../change.js';
import { computeImpact } from './compute-impact.js';
import { readyDraft, readyProfiles } from './ready-profiles.js';
import { requireReferences } from './require-references.js';

interface ProfilePreview {
  /** on the clients of the stored profile; empty for a new one */
  readonly impact: NotificationImpact;
  /** into the draft's currency, by the client's */
  readonly rates: ReadyProfile['rates'];
}

/**
 * Evaluates the clients of a profile under the profile as it is and under a draft.
 *
 * @param stored the profile that is edited; null: a new one
 * @param pointer of the draft within the body
 * @throws DomainError as saving the draft would, for a reseller or a user outside of the scope
 */
export async function previewProfile(
  { scope, now }: Requester,
  draft: ProfileFields,
  stored: ProfileRow | null,
  pointer: string,
): Promise<ProfilePreview> {
  const { after, before } = await scope.read(async (q) => {
    await requireReferences(q, scope.resellerId, draft, stored, pointer);
    return {
      after: await readyDraft(q, scope.resellerId, draft, stored, now),
      before: stored && ((await readyProfiles(q, [stored], now)).get(stored.id) ?? null),
    };
  });
  const impact = stored
    ? await computeImpact(scope, { selection: { profileId: stored.id }, before: () => before, after: () => after }, now)
    : new NotificationImpact();
  return { impact, rates: after.rates };
}
