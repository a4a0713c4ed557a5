import type { AnyScenario } from '../../../src/simulate/read-scenario.js';
import type { Scenario, ScenarioNotification } from '../../../src/simulate/scenario.js';
import type { CompanyScenario } from '../../../src/simulate/company-scenario.js';
import { CompanyRunner } from './company-runner.js';
import { ScenarioRunner, TimingError } from './scenario-runner.js';
import { sentMails } from './sent-emails.js';
import type { Engine } from '../../../src/simulate/simulate.js';
import { TestClient } from './test-client.js';
import { TestCompany } from './test-company.js';
import {
  startTestDatabase,
  startTestEnvironment,
  type TestEnvironment,
  type TestEnvironmentOptions,
} from './test-environment.js';

const maxRuns = 6;
/** Time for preparing a client; more at each further run. */
const leadMs = 500;

/**
 * Runs scenarios with the real monitor, its real activities, PostgreSQL, and SMTP, on Temporal's time-skipping server.
 *
 * Time skips from one instant of the story to the next and runs as usual within each. Where a busy machine lets a
 * second pass before the monitor has evaluated, that is noticed, and the scenario runs again from its start. Scenarios
 * share an environment one after another, for starting one takes longer than most stories.
 */
export async function startTemporalEngine(options: TestEnvironmentOptions): Promise<Engine> {
  options.report('Starting PostgreSQL, the Temporal test server, and the workers.');
  const database = await startTestDatabase(options);
  const shared = { ...options, databaseUrl: database.url };
  let environment: TestEnvironment | null = null;
  const stopEnvironment = async (): Promise<void> => {
    const stopped = environment;
    environment = null;
    await stopped?.stop();
  };
  return {
    async play(scenario) {
      try {
        environment ??= await startTestEnvironment(shared);
        return await runInTime(environment, scenario, options.report);
      } catch (error) {
        // What failed may have left anything behind: the next scenario gets a new environment.
        await stopEnvironment();
        throw error;
      }
    },
    async stop() {
      await stopEnvironment();
      await database.stop();
    },
  };
}

async function runInTime(
  environment: TestEnvironment,
  scenario: AnyScenario,
  report: TestEnvironmentOptions['report'],
): Promise<ScenarioNotification[]> {
  for (let run = 1; ; run++) {
    try {
      const lead = leadMs * run;
      return 'company' in scenario
        ? await runCompanyOnce(environment, scenario, lead)
        : await runOnce(environment, scenario, lead);
    } catch (error) {
      if (!(error instanceof TimingError)) throw error;
      if (run === maxRuns) throw new TimingError(`"${scenario.name}": this machine is too busy: ${error.message}`);
      report(`"${scenario.name}" runs again: ${error.message}`);
    }
  }
}

/** A run that fails in another way than by being late leaves its environment as it is: it is used no more. */
async function runOnce(
  environment: TestEnvironment,
  scenario: Scenario,
  lead: number,
): Promise<ScenarioNotification[]> {
  const shiftMs = await shiftOf(environment, scenario, lead);
  const client = await TestClient.create(environment, scenario, shiftMs);
  const runner = new ScenarioRunner(environment, scenario, client, shiftMs);
  try {
    await runner.run();
  } catch (error) {
    if (error instanceof TimingError) await runner.end();
    throw error;
  }
  const mails = await sentMails(environment.sql, scenario, client.id, shiftMs);
  await runner.end();
  return mails;
}

async function runCompanyOnce(
  environment: TestEnvironment,
  scenario: CompanyScenario,
  lead: number,
): Promise<ScenarioNotification[]> {
  const shiftMs = await shiftOf(environment, scenario, lead);
  const company = await TestCompany.create(environment.sql, scenario, shiftMs);
  const runner = new CompanyRunner(environment, scenario, company, shiftMs);
  try {
    return await runner.run();
  } finally {
    await runner.end();
  }
}

/** By how much the instants of a story are moved, so that it begins a moment from now. */
async function shiftOf({ env }: TestEnvironment, { startMs }: AnyScenario, lead: number): Promise<number> {
  return Math.ceil(((await env.currentTimeMs()) + lead) / 1000) * 1000 - startMs;
}
