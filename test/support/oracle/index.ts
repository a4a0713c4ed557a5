import { formatInstant, type Scenario, type ScenarioNotification } from '../../../src/simulate/scenario.js';
import type { AnyScenario } from '../../../src/simulate/read-scenario.js';
import { playCompanyByOracle } from './companies.js';
import { OraclePlay, type OracleRun } from './play.js';

/**
 * An independent reading of the decision rules: it recomputes everything at each instant and shares no code with the
 * engine but the parsing of scenarios and money. Slow, and simple enough to be checked by eye.
 */
export function playByOracle(scenario: AnyScenario): ScenarioNotification[] {
  return 'company' in scenario ? playCompanyByOracle(scenario) : runOracle(scenario).notifications;
}

/** Like `playByOracle`, with how each delivery ended and the reason of each rule at each evaluation. */
export function runOracle(scenario: Scenario): OracleRun {
  return new OraclePlay(scenario).run();
}

/** The trace as text, one line per instant and rule; lines that repeat the one before of their rule are left out. */
export function describeTrace({ trace }: OracleRun): string {
  const latest = new Map<string, string>();
  const lines: string[] = [];
  for (const { atMs, rule, isCheck, ...rest } of trace) {
    const again = Number.isFinite(rest.mayAgainMs) ? formatInstant(rest.mayAgainMs) : 'any';
    const text = `${rest.reason} count=${rest.count} again=${again}${rest.isWaiting ? ' waits' : ''}`;
    if (latest.get(rule) === text && !isCheck) continue;
    latest.set(rule, text);
    lines.push(`${formatInstant(atMs)}${isCheck ? ' check' : '      '} ${rule}: ${text}`);
  }
  return lines.join('\n');
}
