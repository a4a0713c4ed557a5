import type { Sql } from '../../../storage/system/database.js';
import { ratesInForce, type NewRate } from '../../../storage/rates/exchange-rates.js';
import { readProfilesOfPair } from '../../../storage/profiles/profiles.js';
import { rateOf } from '../../../domain/money.js';
import type { ReadyProfile } from '../profiles/effect.js';
import { requireConfirmedChange, type PlannedChange } from '../profiles/impact.js';
import { readyProfiles } from '../profiles/ready-profiles.js';

/**
 * Refuses a rate that would notify many clients, unless the caller has confirmed how many. Clients of `from` whose
 * profile is in `to` are evaluated with the rate that applies before and after, a rate of the future with the balances
 * of now. A rate that a later one has replaced already, or that exists, changes nothing.
 *
 * @throws ApiProblem `confirmation_required`
 */
export async function requireConfirmedRate(
  sql: Sql,
  withinId: string,
  rate: NewRate,
  asked: { readonly confirmNotifications: number | undefined; readonly now: number },
): Promise<void> {
  const effectiveAt = Math.max(asked.now, rate.at.getTime());
  const [current] = await ratesInForce(sql, { from: rate.from, to: rate.to }, effectiveAt);
  if (current && current.at.getTime() >= rate.at.getTime()) return;
  const selection = { currency: rate.from, profileCurrency: rate.to };
  await requireConfirmedChange(sql, withinId, selection, () => planRate(sql, rate, effectiveAt), asked);
}

async function planRate(sql: Sql, rate: NewRate, effectiveAt: number): Promise<Omit<PlannedChange, 'selection'>> {
  const profiles = await readProfilesOfPair(sql, rate);
  const before = await readyProfiles(sql, profiles, effectiveAt);
  const after = new Map([...before].map(([id, profile]) => [id, withRate(profile, rate)]));
  return {
    before: ({ profileId }) => before.get(profileId ?? '') ?? null,
    after: ({ profileId }) => after.get(profileId ?? '') ?? null,
  };
}

function withRate(profile: ReadyProfile, { from, rate }: NewRate): ReadyProfile {
  return { ...profile, rates: new Map([...profile.rates, [from, rateOf(rate)]]) };
}
