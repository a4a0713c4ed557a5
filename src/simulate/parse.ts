import { advancedRule, warningRule } from '../domain/monitoring/rule-identity.js';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';
import { DomainError } from '../domain/errors.js';
import { requireLowBalance } from '../domain/clients/low-balance.js';
import { moneyOf } from '../domain/money.js';
import { autoPaymentRules } from '../domain/monitoring/actions/auto-payment-rule.js';
import { ownRules } from '../domain/monitoring/actions/own-rules.js';
import { parseWarningThresholds, toCanonicalWarning } from '../domain/monitoring/rules.js';
import { autoPaymentTerms } from './rules.js';
import {
  formatInstant,
  type Scenario,
  type ScenarioClient,
  type ScenarioEvent,
  type ScenarioHappening,
  type ScenarioProfile,
} from './scenario.js';
import {
  profileSchema,
  scenarioSchema,
  type ClientFields,
  type EventFields,
  type ProfileFields,
  type ScenarioFields,
} from './scenario-schema.js';

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
export function readScenario(file: string): Scenario {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new ScenarioError(file, [`cannot be read (${error instanceof Error ? error.message : String(error)})`]);
  }
  return parseScenario(text, file);
}

/**
 * Reads a scenario from JSON.
 *
 * @throws ScenarioError naming `file` and every field that is missing, unknown or wrong.
 */
export function parseScenario(text: string, file: string): Scenario {
  const raw = parseJson(text, file);
  const parsed = scenarioSchema.safeParse(raw);
  if (!parsed.success) throw new ScenarioError(file, describeIssues(parsed.error.issues, ''));
  const { data } = parsed;
  const profile = data.profile ? profileOf(data.profile) : null;
  const faults = [
    ...timeErrors(data.start, data.until, data.events),
    ...rateErrors(data.exchangeRates),
    ...warningErrors(data.client),
    ...lowBalanceErrors(data.client),
  ];
  const events: ScenarioEvent[] = [];
  let rawProfile = isObject(raw) ? raw['profile'] : undefined;
  data.events.forEach((fields, index) => {
    if (fields.profile === undefined) {
      events.push({ atMs: fields.at, ...happeningOf(fields) });
      return;
    }
    rawProfile = mergePatch(rawProfile, fields.profile);
    const edited = profileSchema.safeParse(rawProfile);
    if (edited.success) events.push({ atMs: fields.at, kind: 'profile', profile: profileOf(edited.data) });
    else faults.push(...describeIssues(edited.error.issues, `events[${index}].profile`));
  });
  if (faults.length > 0) throw new ScenarioError(file, faults);
  const client = clientOf(data.client);
  const unknown = unknownRules(profile, client, events);
  if (unknown.length > 0) throw new ScenarioError(file, unknown);
  return {
    name: data.name,
    startMs: data.start,
    untilMs: data.until,
    rates: data.exchangeRates.map(({ at, ...rate }) => ({ ...rate, atMs: at })),
    profile,
    client,
    events,
    expected: data.expect.notifications.map(({ capacity, ...mail }) => ({
      ...mail,
      at: formatInstant(mail.at),
      ...(capacity !== undefined && { capacity }),
    })),
  };
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ScenarioError(file, [`is not JSON (${error instanceof Error ? error.message : String(error)})`]);
  }
}

/** An event after `until` is no fault: it just does not happen any more. */
function timeErrors(startMs: number, untilMs: number, events: readonly EventFields[]): string[] {
  const faults = untilMs < startMs ? ['until: must not be before start'] : [];
  events.forEach(({ at }, index) => {
    const before = events[index - 1];
    if (at < startMs) faults.push(`events[${index}].at: must not be before start`);
    else if (before && at < before.at) faults.push(`events[${index}].at: is earlier than the event before it`);
  });
  events.forEach(({ at, silence, clientsSilence }, index) => {
    if (silence && silence.until <= at) faults.push(`events[${index}].silence.until: must be later than the event`);
    if (clientsSilence && clientsSilence.until <= Math.max(at, clientsSilence.from ?? at)) {
      faults.push(`events[${index}].clientsSilence.until: must be later than the event and than from`);
    }
  });
  return faults;
}

/** The instant of a rate decides from when it is effective, so a pair has one rate at one instant. */
function rateErrors(rates: ScenarioFields['exchangeRates']): string[] {
  return rates.flatMap(({ from, to, at }, index) => {
    const first = rates.findIndex((other) => other.from === from && other.to === to && other.at === at);
    return first < index
      ? [`exchangeRates[${index}].at: must differ from that of exchangeRates[${first}], which has the same currencies`]
      : [];
  });
}

function warningErrors(client: ClientFields): string[] {
  try {
    parseWarningThresholds(client.warningThresholds, client, '');
    return [];
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return [`client.warningThresholds[${error.pointer.slice(1)}]: ${error.message}`];
  }
}

function lowBalanceErrors(client: ClientFields): string[] {
  try {
    requireLowBalance(client, client.originationCapacity);
    return [];
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return [`client.${error.pointer.slice(1)}: ${error.message}`];
  }
}

/** A request names a rule that the client has at that instant, also one that is off. */
function unknownRules(
  profile: ScenarioProfile | null,
  client: ScenarioClient,
  events: readonly ScenarioEvent[],
): string[] {
  const own = ownRules({ ...client, billingRecipients: [] }).map(({ key }) => key);
  const warnings = client.warningThresholds.map((value) => warningRule(value).key);
  let current = profile;
  return events.flatMap((event, index) => {
    if (event.kind === 'profile') current = event.profile;
    if (event.kind !== 'silence' && event.kind !== 'resetCounter') return [];
    const payment = autoPaymentRules(autoPaymentTerms(client), client.lowBalanceThreshold, current?.rules ?? []);
    const others = payment.map(({ key }) => key);
    const keys = [...(current?.rules ?? []).map((rule) => rule.key), ...warnings, ...own, ...others];
    if (event.rule === null || keys.includes(event.rule)) return [];
    const remedy = keys.length > 0 ? `must be one of ${keys.join(', ')}` : 'must be left out: the client has no rules';
    return [`events[${index}].${event.kind}.rule: ${remedy}`];
  });
}

function profileOf(fields: ProfileFields): ScenarioProfile {
  const { userRule, clientRule, advancedRules, ...terms } = fields;
  return {
    ...terms,
    rules: [
      {
        key: 'user',
        threshold: userRule.threshold,
        notifyRole: userRule.notifyOwner,
        inactivityDays: null,
        emails: userRule.emails,
      },
      {
        key: 'client',
        threshold: clientRule.threshold,
        notifyRole: clientRule.notifyClient,
        inactivityDays: null,
        emails: clientRule.emails,
      },
      ...advancedRules.map(({ key, notifyClient, ...rule }) => ({
        ...rule,
        key: advancedRule(key).key,
        notifyRole: notifyClient,
      })),
    ],
  };
}

function clientOf(fields: ClientFields): ScenarioClient {
  return {
    ...fields,
    openingBalance: moneyOf(fields.openingBalance),
    creditLimit: moneyOf(fields.creditLimit),
    warningThresholds: fields.warningThresholds.map((text) => toCanonicalWarning(text, fields.currency)),
  };
}

function happeningOf(fields: EventFields): ScenarioHappening {
  if (fields.charge !== undefined) return { kind: 'charge', amount: moneyOf(fields.charge) };
  if (fields.payment) return { kind: 'payment', id: fields.payment.id, amount: moneyOf(fields.payment.amount) };
  if (fields.adjustment !== undefined) return { kind: 'adjustment', amount: moneyOf(fields.adjustment) };
  if (fields.creditLimit !== undefined) return { kind: 'creditLimit', amount: moneyOf(fields.creditLimit) };
  if (fields.temporaryCredit) {
    const { amount, validUntil } = fields.temporaryCredit;
    return { kind: 'temporaryCredit', amount: moneyOf(amount), validUntilMs: validUntil };
  }
  if (fields.cancelTemporaryCredit) return { kind: 'cancelTemporaryCredit' };
  if (fields.status) return { kind: 'status', status: fields.status };
  if (fields.balanceSource) return { kind: 'balanceSource', up: fields.balanceSource === 'up' };
  if (fields.mail) return { kind: 'mail', up: fields.mail === 'up' };
  if (fields.silence) return { kind: 'silence', rule: fields.silence.rule ?? null, untilMs: fields.silence.until };
  if (fields.clientsSilence) {
    const { from = fields.at, until } = fields.clientsSilence;
    return { kind: 'clientsSilence', fromMs: Math.max(from, fields.at), untilMs: until };
  }
  if (fields.pause) return { kind: 'pause' };
  if (fields.resume) return { kind: 'resume' };
  if (fields.resetCounter) return { kind: 'resetCounter', rule: fields.resetCounter.rule };
  if (fields.balanceModel) return { kind: 'balanceModel', balanceModel: fields.balanceModel };
  return { kind: 'checkNow' };
}

/** RFC 7386, as the API patches a profile: objects are merged, everything else is replaced. */
function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const merged: Record<string, unknown> = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    merged[key] = isObject(value) ? mergePatch(merged[key], value) : value;
  }
  return merged;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function describeIssues(issues: readonly z.core.$ZodIssue[], prefix: string): string[] {
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
