import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs';

/**
 * The operations that a test of the API called with success. All workers of a run write into one file; after a whole run
 * no operation may be missing, so that none is only ever refused.
 */
const variable = 'LOWWATER_TEST_ANSWERED';
const noted = new Set<string>();

export function keepAnsweredIn(file: string): void {
  process.env[variable] = file;
}

export function noteAnswered(operationId: string): void {
  const file = process.env[variable];
  if (file === undefined || noted.has(operationId) || !/\/test\/api\//.test(expect.getState().testPath ?? '')) return;
  noted.add(operationId);
  appendFileSync(file, `${operationId}\n`);
}

/** The options of a jest run that show whether it runs all tests. */
export interface RunOptions {
  readonly testPathPatterns: { readonly patterns: readonly string[] };
  readonly testNamePattern?: string;
  readonly shard?: unknown;
  readonly onlyChanged: boolean;
}

/** Those that no test called with success; empty where only a part of the API's tests ran. The file is removed. */
export function takeUnanswered(run: RunOptions, operationIds: readonly string[]): readonly string[] {
  const file = process.env[variable];
  if (file === undefined || !existsSync(file)) return [];
  const answered = new Set(readFileSync(file, 'utf8').split('\n'));
  rmSync(file);
  const isWhole = run.testPathPatterns.patterns.length === 0 && !run.testNamePattern && !run.shard && !run.onlyChanged;
  return isWhole ? operationIds.filter((id) => !answered.has(id)) : [];
}
