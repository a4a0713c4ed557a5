import { readyProfile, type Reached, type ReadyProfile } from '../../domain/profiles/effect.js';
import { channelIdsOf, userIdsOf, type ProfileFields } from '../../domain/profiles/profile.js';
import { readUsableChannels } from '../../storage/notifications/channels.js';
import type { Queries } from '../../storage/system/database.js';
import { readProfileUserEmails, readRatesInto, readUserEmails } from '../../storage/profiles/profile-clients.js';
import type { ProfileRow } from '../../storage/profiles/profiles.js';

/** Stored profiles prepared for evaluation with the rates of an instant, by id. */
export async function readyProfiles(
  q: Queries,
  profiles: readonly ProfileRow[],
  atMs: number,
): Promise<Map<string, ReadyProfile>> {
  const userEmails = await readProfileUserEmails(q, profiles.flatMap(userIdsOf));
  const rates = new Map<string, ReadonlyMap<string, string>>();
  const channels = new Map<string, Reached['channels']>();
  for (const profile of profiles) {
    const { id, currency } = profile;
    if (!rates.has(currency)) rates.set(currency, await readRatesInto(q, currency, atMs));
    channels.set(id, await readUsableChannels(q, profile.resellerId, channelIdsOf(profile)));
  }
  return new Map(
    profiles.map((profile) => [
      profile.id,
      readyProfile(profile, rates.get(profile.currency) ?? new Map(), {
        userEmails,
        channels: channels.get(profile.id) ?? new Map(),
      }),
    ]),
  );
}

/**
 * A draft prepared for evaluation. Users that only the draft names are resolved within the subtree of `withinId`, so that
 * a draft cannot reveal the address of another reseller's user.
 *
 * @param stored the profile that is edited; null: a new one
 */
export async function readyDraft(
  q: Queries,
  withinId: string,
  draft: ProfileFields,
  stored: ProfileRow | null,
  atMs: number,
): Promise<ReadyProfile> {
  const own = await readUserEmails(q, withinId, userIdsOf(draft));
  const kept = stored ? await readProfileUserEmails(q, userIdsOf(stored)) : [];
  const channels = await readUsableChannels(q, draft.resellerId, channelIdsOf(draft));
  const reached = { userEmails: new Map([...kept, ...own]), channels };
  return readyProfile(draft, await readRatesInto(q, draft.currency, atMs), reached);
}
