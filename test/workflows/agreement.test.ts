import fc from 'fast-check';
import { differencesOf } from '../../src/simulate/compare.js';
import { playOnDomain } from '../../src/simulate/domain-engine.js';
import { parseScenario } from '../../src/simulate/parse.js';
import type { Engine } from '../../src/simulate/simulate.js';
import { startTemporalEngine } from '../../src/simulate/temporal-engine.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { randomStory } from '../support/random-scenario.js';
import { workflowBundle } from '../support/workflow-bundle.js';

// The same few in every run. To hunt for more: FUZZ_SEED=7 FUZZ_RUNS=100 npm test -- test/workflows/agreement.test.ts
const seed = Number(process.env['FUZZ_SEED'] ?? 1);
const stories = fc.sample(randomStory, { seed, numRuns: Number(process.env['FUZZ_RUNS'] ?? 5) });

let database: TestDatabase;
let engine: Engine;

beforeAll(async () => {
  database = await createTestDatabase();
  engine = await startTemporalEngine({
    report: () => undefined,
    databaseUrl: database.url,
    workflows: { workflowBundle: await workflowBundle() },
  });
}, 120_000);

afterAll(async () => {
  await engine?.stop();
  await database?.drop();
}, 60_000);

test.each(stories.map((story, index) => [index, JSON.stringify(story)] as const))(
  `random story %i of seed ${seed} comes out the same of both engines`,
  async (_index, text) => {
    const scenario = parseScenario(text, 'a random story');
    const differences = differencesOf(playOnDomain(scenario), await engine.play(scenario));
    // With its file, to be played by hand: npm run -s simulate -- --engine temporal FILE
    expect(differences.length > 0 ? { differences, text } : null).toBeNull();
  },
  180_000,
);
