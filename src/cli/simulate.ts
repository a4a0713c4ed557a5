import { Command, Option } from 'commander';
import type { ComparedMail } from '../simulate/compare.js';
import { ScenarioError } from '../simulate/parse-file.js';
import { readScenario, scenarioFiles, type AnyScenario } from '../simulate/read-scenario.js';
import type { ScenarioNotification } from '../simulate/scenario.js';
import { startTemporalEngine } from './local-stack.js';
import {
  domainEngine,
  engineNames,
  mailsSideBySide,
  simulate,
  type Engine,
  type EngineName,
  type SimulationResult,
} from '../simulate/simulate.js';

interface SimulateOptions {
  readonly engine: EngineName;
  readonly json?: true;
}

const exitCodes = { failure: 1, notAScenario: 2, differs: 6, interrupted: 130 } as const;

const help = `
A scenario describes the balance of one client or company over time and the notifications that must be sent. Format: docs/scenarios.md.

Engines:
  domain    the decision code on a virtual clock (default; a year of hourly checks takes milliseconds)
  temporal  the real monitor workflow with its activities, PostgreSQL, and an SMTP server, on Temporal's time-skipping
            test server; takes some seconds to start

With --json, stdout holds only JSON: an object for one file, an array for several, each
  {"name", "ok", "notifications": [{"at", "rule", "to", "available", "number"}], "differences": ["..."]}

Exit codes: 0 all match · 6 at least one differs · 2 a file is not a scenario (stderr names file and field)
            1 the engine did not start or failed · 130 interrupted (Ctrl-C)

Examples:
  $ npm run -s simulate -- test/scenarios
  $ npm run -s simulate -- --json --engine temporal test/scenarios/01-default-profile.json
`;

/** `lowwater simulate [--engine domain|temporal] [--json] FILE...` */
export function simulateCommand(): Command {
  return new Command('simulate')
    .description('run scenario files and compare the notifications with the expected ones')
    .argument('<file...>', 'scenario files (JSON) or folders')
    .addOption(new Option('--engine <name>', 'engine that runs them').choices(engineNames).default('domain'))
    .option('--json', 'print the results as JSON')
    .addHelpText('after', help)
    .action(async (files: string[], options: SimulateOptions) => {
      process.exitCode = await run(files, options);
    });
}

async function run(given: readonly string[], options: SimulateOptions): Promise<number> {
  const read = readAll(given);
  if (!read) return exitCodes.notAScenario;
  const { files, scenarios } = read;
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  try {
    const results = await playAll(scenarios, files, options, interruption.signal);
    if (options.json) printJson(results);
    else results.forEach((result, index) => printResult(files[index] ?? '', scenarios[index] as AnyScenario, result));
    return results.every((result) => result.ok) ? 0 : exitCodes.differs;
  } catch (error) {
    if (interruption.signal.aborted) return exitCodes.interrupted;
    process.stderr.write(
      `The ${options.engine} engine failed: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    return exitCodes.failure;
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}

/** All files are read before any is played, and every one that is not a scenario is named. */
function readAll(given: readonly string[]): { files: string[]; scenarios: AnyScenario[] } | null {
  let sound = true;
  const orSay = <T>(read: () => T[]): T[] => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof ScenarioError)) throw error;
      process.stderr.write(`${error.message}\n`);
      sound = false;
      return [];
    }
  };
  const files = given.flatMap((file) => orSay(() => scenarioFiles(file)));
  const scenarios = files.flatMap((file) => orSay(() => [readScenario(file)]));
  return sound ? { files, scenarios } : null;
}

async function playAll(
  scenarios: readonly AnyScenario[],
  files: readonly string[],
  options: SimulateOptions,
  signal: AbortSignal,
): Promise<SimulationResult[]> {
  const engine = await startEngine(options.engine, signal);
  const progress = new Progress(files.length, options.engine);
  const results: SimulationResult[] = [];
  try {
    for (const [index, scenario] of scenarios.entries()) {
      signal.throwIfAborted();
      progress.show(index, files[index] ?? '');
      results.push(await simulate(scenario, engine));
    }
  } finally {
    progress.end();
    await engine.stop();
  }
  return results;
}

/** The Temporal engine is loaded only when it is asked for: its packages take longer than a scenario. */
async function startEngine(name: EngineName, signal: AbortSignal): Promise<Engine> {
  if (name === 'domain') return domainEngine;
  return startTemporalEngine({ report: (line) => process.stderr.write(`${line}\n`), signal });
}

/** Says on stderr how far it is: in place on a terminal, a line a file elsewhere where a file takes its time. */
class Progress {
  private shownMs = 0;

  constructor(
    private readonly total: number,
    private readonly engine: EngineName,
  ) {}

  show(done: number, file: string): void {
    if (this.total < 2) return;
    const line = `${done + 1} of ${this.total}  ${file}`;
    if (!process.stderr.isTTY) {
      if (this.engine === 'temporal') process.stderr.write(`${line}\n`);
    } else if (Date.now() - this.shownMs > 100) {
      this.shownMs = Date.now();
      process.stderr.write(`\r\x1b[K${line}`);
    }
  }

  end(): void {
    if (this.shownMs > 0) process.stderr.write('\r\x1b[K');
  }
}

function printJson(results: readonly SimulationResult[]): void {
  process.stdout.write(`${JSON.stringify(results.length === 1 ? results[0] : results, null, 2)}\n`);
}

function printResult(file: string, scenario: AnyScenario, result: SimulationResult): void {
  const count = result.notifications.length === 1 ? '1 notification' : `${result.notifications.length} notifications`;
  process.stdout.write(`${result.ok ? green('✓') : red('✗')} ${file}  ${result.name} (${count})\n`);
  if (result.ok) return;
  process.stdout.write(`${sideBySide(mailsSideBySide(scenario, result))}\n`);
  for (const difference of result.differences) process.stdout.write(`    ${difference}\n`);
  process.stdout.write('\n');
}

/** A diff in columns: `-` was expected and is not so, `+` came and was not expected. */
function sideBySide(pairs: readonly ComparedMail[]): string {
  const header = [' ', 'at', 'rule', 'number', 'available', 'to'];
  const rows = pairs.flatMap((pair): string[][] => {
    if (pair.differences.length === 0 && pair.got) return [cells(' ', pair.got)];
    return [...(pair.expected ? [cells('-', pair.expected)] : []), ...(pair.got ? [cells('+', pair.got)] : [])];
  });
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => row[column]?.length ?? 0)));
  return [header, ...rows].map((row) => coloured(row[0], `    ${padded(row, widths)}`)).join('\n');
}

function cells(mark: string, mail: ScenarioNotification): string[] {
  return [mark, mail.at, mail.rule, String(mail.number), mail.available, mail.to.join(', ')];
}

function padded(row: readonly string[], widths: readonly number[]): string {
  return row
    .map((cell, column) => cell.padEnd(widths[column] ?? 0))
    .join('  ')
    .trimEnd();
}

function coloured(mark: string | undefined, line: string): string {
  if (mark === '-') return red(line);
  return mark === '+' ? green(line) : line;
}

function red(text: string): string {
  return inColour(31, text);
}

function green(text: string): string {
  return inColour(32, text);
}

/** Node's own test of the terminal, which also honours NO_COLOR. */
function inColour(code: number, text: string): string {
  return process.stdout.isTTY && process.stdout.hasColors() ? `\x1b[${code}m${text}\x1b[0m` : text;
}
