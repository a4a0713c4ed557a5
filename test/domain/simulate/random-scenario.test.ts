import { runOracle } from '../../support/oracle/index.js';
import { randomFile, randomScenario } from '../../support/random-scenario/index.js';

const seeds = Array.from({ length: 60 }, (_, index) => index + 1);

test('the same seed gives the same story', () => {
  expect(randomFile(7)).toEqual(randomFile(7));
  expect(randomFile(7)).not.toEqual(randomFile(8));
});

test('the stories cover every event and every reason that keeps a rule from sending', () => {
  const kinds = new Set<string>();
  const reasons = new Set<string>();
  const outcomes = new Set<string>();
  let changes = 0;
  let sent = 0;
  for (const seed of seeds) {
    const scenario = randomScenario(seed);
    const { trace, deliveries, notifications } = runOracle(scenario);
    for (const { kind } of scenario.events) kinds.add(kind);
    for (const { reason } of trace) reasons.add(reason);
    for (const { outcome } of deliveries) outcomes.add(outcome);
    if (scenario.profile?.trigger === 'change') changes++;
    if (notifications.length > 0) sent++;
  }
  expect(kinds.size).toBe(16);
  expect(reasons.size).toBe(14);
  expect([...outcomes].sort()).toEqual(['accepted', 'called_off', 'failed', 'pending']);
  expect(changes).toBeGreaterThan(seeds.length / 4);
  expect(sent).toBeGreaterThan(seeds.length / 2);
});
