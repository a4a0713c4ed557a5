import type { AnyScenario } from '../../../src/simulate/read-scenario.js';
import type { ScenarioNotification } from '../../../src/simulate/scenario.js';
import { TimingError } from '../../../local-stack/src/simulate/scenario-runner.js';
import type { Engine } from '../../../src/simulate/simulate.js';

/**
 * Plays a scenario, once more where the play itself failed: on a busy machine the time-skipping server may forget to
 * skip, or lose a call. It says so. A play that ends with other notifications than expected is not repeated.
 */
export async function playScenario(engine: Engine, scenario: AnyScenario): Promise<ScenarioNotification[]> {
  try {
    return await engine.play(scenario);
  } catch (error) {
    if (error instanceof TimingError) throw error;
    process.stderr.write(`"${scenario.name}" is played again: ${String(error)}\n`);
    return engine.play(scenario);
  }
}
