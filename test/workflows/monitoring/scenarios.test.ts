import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { differencesOf } from '../../../src/simulate/compare.js';
import { readScenario } from '../../../src/simulate/read-scenario.js';
import type { Engine } from '../../../src/simulate/simulate.js';
import { startTemporalEngine } from '../../../local-stack/src/simulate/temporal-engine.js';
import { playScenario } from '../../support/monitoring/play-scenario.js';
import { createTestDatabase, type TestDatabase } from '../../support/database/postgres.js';
import { workflowBundle } from '../../support/temporal/workflow-bundle.js';

const folder = join(__dirname, '../..', 'scenarios');
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

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

// One after the other: time is skipped for all of the server's workflows at once.
test.each(files)(
  '%s comes out as expected of the real monitor',
  async (name) => {
    const scenario = readScenario(join(folder, name));
    expect(differencesOf(scenario.expected, await playScenario(engine, scenario))).toEqual([]);
  },
  180_000,
);
