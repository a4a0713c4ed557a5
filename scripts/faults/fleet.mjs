import { createRandom } from './random.mjs';
import { inParallel } from '../lib/in-parallel.mjs';

/** Both triggers, both ways to reset, both ways to treat several rules; checks every minute or two, an hour's period. */
const profiles = [
  { name: 'each, at checks', trigger: 'period', resetOn: 'refill', whenSeveral: 'each', checkEveryMinutes: 1 },
  {
    name: 'most severe, at once',
    trigger: 'change',
    resetOn: 'refill',
    whenSeveral: 'mostSevere',
    checkEveryMinutes: 2,
  },
  { name: 'recovery, at once', trigger: 'change', resetOn: 'recovery', whenSeveral: 'each', checkEveryMinutes: 1 },
  {
    name: 'euro, at checks',
    trigger: 'period',
    resetOn: 'recovery',
    whenSeveral: 'each',
    checkEveryMinutes: 1,
    currency: 'EUR',
  },
];

/** The reason of every request of a run begins with this; what else is in the audit log does not concern it. */
export const reasonPrefix = 'faults';

/**
 * Creates rates, profiles and clients through the API.
 *
 * @returns `{ profiles: [{ id }], clients: [{ id, currency, rules, takesCredit }] }`
 */
export async function createFleet(api, seed, count) {
  const random = createRandom(`${seed}/fleet`);
  const limit = { untilMs: performance.now() + 120_000 };
  const create = async (path, body) => {
    const { outcome, answer } = await api.settle(
      { method: 'POST', path, body, key: `fleet${path}/${body.name ?? body.from}`.replace(/[^!-~]/g, '-') },
      limit,
    );
    if (outcome !== 'accepted') throw new Error(`POST ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  await create('/v1/exchange-rates', { from: 'EUR', to: 'USD', rate: '1.08', at: '2020-01-01T00:00:00Z' });
  await create('/v1/exchange-rates', { from: 'USD', to: 'EUR', rate: '0.92', at: '2020-01-01T00:00:00Z' });
  const made = [];
  for (const [index, profile] of profiles.entries()) {
    const rules = {
      userRule: { threshold: '100.00', emails: [`desk-${index}@faults.example`] },
      clientRule: { threshold: '50.00', notifyClient: true, emails: [`desk-${index}@faults.example`] },
      advancedRules: [{ key: 'last', threshold: '20.00', notifyClient: true }],
    };
    made.push(
      await create('/v1/profiles', {
        currency: 'USD',
        maxNotifications: index === 1 ? null : 3,
        periodHours: 1,
        ...profile,
        ...rules,
      }),
    );
  }
  const plans = Array.from({ length: count }, (_, index) => {
    const isPostpaid = index % 3 === 1;
    const warningThresholds = index % 3 === 0 ? ['80.00', '30.00'] : isPostpaid ? ['75%'] : [];
    return {
      name: `Client ${index + 1}`,
      currency: index % 5 === 0 ? 'EUR' : 'USD',
      balanceModel: isPostpaid ? 'postpaid' : 'prepaid',
      creditLimit: isPostpaid ? '150.00' : '0.00',
      openingBalance: `${isPostpaid ? random.integer(-90, 60) : random.integer(60, 240)}.00`,
      billingEmail: `client-${index + 1}@faults.example`,
      warningThresholds,
      profileId: made[index % made.length].id,
    };
  });
  const clients = await inParallel(plans, 4, async (plan) => {
    const client = await create('/v1/clients', plan);
    const rules = ['user', 'client', 'advanced:last', ...plan.warningThresholds.map((value) => `warning:${value}`)];
    return { id: client.id, currency: plan.currency, rules };
  });
  return { profiles: made.map(({ id }) => ({ id })), clients };
}
