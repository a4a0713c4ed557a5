import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { differencesOf } from '../../../src/simulate/compare.js';
import { readScenario } from '../../../src/simulate/read-scenario.js';
import { playByOracle } from '../../support/oracle/index.js';

const folder = join(__dirname, '..', '..', 'scenarios');
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

test.each(files)('the oracle agrees with %s', (name) => {
  const scenario = readScenario(join(folder, name));
  expect(differencesOf(scenario.expected, playByOracle(scenario))).toEqual([]);
});
