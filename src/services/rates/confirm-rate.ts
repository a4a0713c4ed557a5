import { rateOf } from '../../domain/money.js';
import type { ReadyProfile } from '../../domain/profiles/effect.js';
import { readProfilesOfPair } from '../../storage/profiles/profiles.js';
import { ratesInForce, type NewRate } from '../../storage/rates/exchange-rates.js';
import type { Requester } from '../change.js';
import { confirmImpact, type ConfirmImpact, type PlannedChange } from '../profiles/compute-impact.js';
import { readyProfiles } from '../profiles/ready-profiles.js';

/**
 * Lets the requester confirm a rate that would notify many clients. Clients of `from` whose profile is in `to` are
 * evaluated with the rate that applies before and after, a rate of the future with the balances of now. A rate that a
 * later one has replaced already, or that exists, changes nothing.
 */
export async function confirmRate(requester: Requester, rate: NewRate, confirm: ConfirmImpact): Promise<void> {
  const { scope, now } = requester;
  const effectiveAt = Math.max(now, rate.at.getTime());
  const [current] = await scope.read((q) => ratesInForce(q, { from: rate.from, to: rate.to }, effectiveAt));
  if (current && current.at.getTime() >= rate.at.getTime()) return;
  const selection = { currency: rate.from, profileCurrency: rate.to };
  await confirmImpact(requester, selection, () => planRate(requester, rate, effectiveAt), confirm);
}

async function planRate(
  { scope }: Requester,
  rate: NewRate,
  effectiveAt: number,
): Promise<Omit<PlannedChange, 'selection'>> {
  const before = await scope.read(async (q) => readyProfiles(q, await readProfilesOfPair(q, rate), effectiveAt));
  const after = new Map([...before].map(([id, profile]) => [id, withRate(profile, rate)]));
  return {
    before: ({ profileId }) => before.get(profileId ?? '') ?? null,
    after: ({ profileId }) => after.get(profileId ?? '') ?? null,
  };
}

function withRate(profile: ReadyProfile, { from, rate }: NewRate): ReadyProfile {
  return { ...profile, rates: new Map([...profile.rates, [from, rateOf(rate)]]) };
}
