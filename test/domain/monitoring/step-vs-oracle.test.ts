import { differencesOf } from '../../../src/simulate/compare.js';
import { runOnDomain } from '../../../src/simulate/domain-engine.js';
import { playByOracle } from '../../support/oracle/index.js';
import { randomScenario } from '../../support/random-scenario/index.js';

/** `STORIES=5000 npm test -- test/domain/monitoring/step-vs-oracle.test.ts` for a long search. */
const stories = Number(process.env['STORIES'] ?? 400);

test('the engine and the independent oracle agree on random stories', () => {
  const different: string[] = [];
  for (let seed = 1; seed <= stories; seed++) {
    const scenario = randomScenario(seed);
    const differences = differencesOf(playByOracle(scenario), runOnDomain(scenario));
    if (differences.length > 0) different.push(`seed ${seed}: ${differences.join('; ')}`);
  }
  expect(different).toEqual([]);
}, 300_000);
