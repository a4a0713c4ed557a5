import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { CompanyScenario } from './company-scenario.js';
import { parseCompanyScenario } from './parse-company.js';
import { isObject, parseJson, ScenarioError } from './parse-file.js';
import { parseScenario } from './parse.js';
import type { Scenario } from './scenario.js';

/** The scenario of a client or of a company, as a file holds it. */
export type AnyScenario = Scenario | CompanyScenario;

/**
 * The file itself; of a folder the `.json` files right in it, in the order of their names.
 *
 * @throws ScenarioError when a folder holds none.
 */
export function scenarioFiles(given: string): string[] {
  if (!statSync(given, { throwIfNoEntry: false })?.isDirectory()) return [given];
  const names = readdirSync(given).filter((name) => name.endsWith('.json'));
  if (names.length === 0) throw new ScenarioError(given, ['it is a folder without .json files']);
  return names.sort().map((name) => path.join(given, name));
}

/** @throws ScenarioError when the file cannot be read or is not a scenario. */
export function readScenario(file: string): AnyScenario {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new ScenarioError(file, [`cannot be read (${error instanceof Error ? error.message : String(error)})`]);
  }
  const raw = parseJson(text, file);
  return isObject(raw) && 'company' in raw ? parseCompanyScenario(raw, file) : parseScenario(text, file);
}
