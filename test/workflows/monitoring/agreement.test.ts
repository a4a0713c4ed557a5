import { differencesOf } from '../../../src/simulate/compare.js';
import { runOnDomain } from '../../../src/simulate/domain-engine.js';
import { parseScenario } from '../../../src/simulate/parse.js';
import type { Engine } from '../../../src/simulate/simulate.js';
import { startTemporalEngine } from '../../../local-stack/src/simulate/temporal-engine.js';
import { playScenario } from '../../support/monitoring/play-scenario.js';
import { createTestDatabase, type TestDatabase } from '../../support/database/postgres.js';
import { randomFile } from '../../support/random-scenario/index.js';
import { workflowBundle } from '../../support/temporal/workflow-bundle.js';

// Some stories are the same in every run, one is another each time; its seed is in the name of its test.
// To hunt for more: FUZZ_SEED=7 FUZZ_RUNS=100 npm test -- test/workflows/monitoring/agreement.test.ts
const given = process.env['FUZZ_SEED'];
const first = given === undefined ? Math.floor(Math.random() * 1_000_000) : Number(given);
const hunted = Array.from({ length: Number(process.env['FUZZ_RUNS'] ?? 1) }, (_, index) => first + index);
const seeds = given === undefined ? [101, 104, 111, 118, ...hunted] : hunted;

let database: TestDatabase;
let engine: Engine;

beforeAll(async () => {
  database = await createTestDatabase();
  engine = await startTemporalEngine({
    report: given === undefined ? () => undefined : (line) => process.stderr.write(`${line}\n`),
    databaseUrl: database.url,
    workflows: { workflowBundle: await workflowBundle() },
  });
}, 120_000);

afterAll(async () => {
  await engine?.stop();
  await database?.drop();
}, 60_000);

test.each(seeds)(
  'the random story of seed %i gives the same on both engines',
  async (seed) => {
    const text = JSON.stringify(randomFile(seed));
    const scenario = parseScenario(text, 'a random story');
    const differences = differencesOf(runOnDomain(scenario), await playScenario(engine, scenario));
    // With its file, to be played by hand: npm run -s simulate -- --engine temporal FILE
    expect(differences.length > 0 ? { differences, text } : null).toBeNull();
  },
  300_000,
);
