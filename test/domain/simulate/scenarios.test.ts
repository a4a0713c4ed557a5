import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { differencesOf } from '../../../src/simulate/compare.js';
import { runOnDomain } from '../../../src/simulate/domain-engine.js';
import { readScenario } from '../../../src/simulate/read-scenario.js';

const folder = join(__dirname, '..', '..', 'scenarios');
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

test.each(files)('%s comes out as expected', (name) => {
  const scenario = readScenario(join(folder, name));
  expect(differencesOf(scenario.expected, runOnDomain(scenario))).toEqual([]);
});
