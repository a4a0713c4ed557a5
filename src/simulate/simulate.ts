import { compareMails, differencesOf, type ComparedMail } from './compare.js';
import { runOnDomain } from './domain-engine.js';
import type { AnyScenario } from './read-scenario.js';
import type { ScenarioNotification } from './scenario.js';

export const engineNames = ['domain', 'temporal'] as const;
export type EngineName = (typeof engineNames)[number];

/** Something that plays scenarios, one after the other; all engines give the same. */
export interface Engine {
  play(scenario: AnyScenario): Promise<ScenarioNotification[]>;
  stop(): Promise<void>;
}

/** The pure decision over a virtual clock: nothing to start, nothing to stop. */
export const domainEngine: Engine = {
  play: (scenario) => Promise.resolve(runOnDomain(scenario)),
  stop: () => Promise.resolve(),
};

/** What `lowwater simulate --json` prints of one file. */
export interface SimulationResult {
  readonly name: string;
  /** all expected notifications were sent, and no others */
  readonly ok: boolean;
  readonly notifications: readonly ScenarioNotification[];
  /** what is missing, not expected or different, in words */
  readonly differences: readonly string[];
}

export async function simulate(scenario: AnyScenario, engine: Engine): Promise<SimulationResult> {
  const notifications = await engine.play(scenario);
  const differences = differencesOf(scenario.expected, notifications);
  return { name: scenario.name, ok: differences.length === 0, notifications, differences };
}

/** The notifications of a scenario that differ from the expected ones, next to these. */
export function mailsSideBySide(scenario: AnyScenario, result: SimulationResult): ComparedMail[] {
  return compareMails(scenario.expected, result.notifications);
}
