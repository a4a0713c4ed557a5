import type { z } from 'zod';
import type { ScenarioRate } from './scenario.js';
import type { ScenarioFields } from './scenario-schema.js';

/** What reading the files of clients and of companies has in common. */

/** A file that is not a scenario; the message names the file and every field at fault. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';

  constructor(
    readonly file: string,
    readonly faults: readonly string[],
  ) {
    super(`${file} is not a scenario:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  }
}

/** @throws ScenarioError */
export function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ScenarioError(file, [`is not JSON (${error instanceof Error ? error.message : String(error)})`]);
  }
}

/** An event after `until` is no fault: it just does not happen any more. */
export function timeErrors(startMs: number, untilMs: number, events: readonly { readonly at: number }[]): string[] {
  const faults = untilMs < startMs ? ['until: must not be before start'] : [];
  events.forEach(({ at }, index) => {
    const before = events[index - 1];
    if (at < startMs) faults.push(`events[${index}].at: must not be before start`);
    else if (before && at < before.at) faults.push(`events[${index}].at: is earlier than the event before it`);
  });
  return faults;
}

/** The instant of a rate decides from when it is effective, so a pair has one rate at one instant. */
export function rateErrors(rates: ScenarioFields['exchangeRates']): string[] {
  return rates.flatMap(({ from, to, at }, index) => {
    const first = rates.findIndex((other) => other.from === from && other.to === to && other.at === at);
    return first < index
      ? [`exchangeRates[${index}].at: must differ from that of exchangeRates[${first}], which has the same currencies`]
      : [];
  });
}

export function ratesOf(fields: ScenarioFields['exchangeRates']): ScenarioRate[] {
  return fields.map(({ at, ...rate }) => ({ ...rate, atMs: at }));
}

/** RFC 7386, as the API patches a profile: objects are merged, everything else is replaced. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const merged: Record<string, unknown> = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    merged[key] = isObject(value) ? mergePatch(merged[key], value) : value;
  }
  return merged;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function describeIssues(issues: readonly z.core.$ZodIssue[], prefix: string): string[] {
  return issues.flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys') return [`${fieldName(prefix, issue.path)}: ${issue.message}`];
    return issue.keys.map((key) => `${fieldName(prefix, [...issue.path, key])}: is an unknown field`);
  });
}

function fieldName(prefix: string, path: readonly PropertyKey[]): string {
  let name = prefix;
  for (const part of path) {
    if (typeof part === 'number') name += `[${part}]`;
    else name += name === '' ? String(part) : `.${String(part)}`;
  }
  return name === '' ? 'the file' : name;
}
