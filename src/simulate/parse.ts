import { advancedRule, warningRule } from '../domain/monitoring/rule-identity.js';
import { DomainError } from '../domain/errors.js';
import { requireLowBalance } from '../domain/clients/low-balance.js';
import { uniqueTags } from '../domain/clients/tags.js';
import { moneyOf } from '../domain/money.js';
import { autoPaymentRules } from '../domain/monitoring/actions/auto-payment-rule.js';
import { ownRules } from '../domain/monitoring/actions/own-rules.js';
import { parseWarningThresholds, toCanonicalWarning } from '../domain/monitoring/rules.js';
import { channelErrors, recipientErrors, recipientsOf } from './parse-channels.js';
import {
  describeIssues,
  isObject,
  mergePatch,
  parseJson,
  rateErrors,
  ratesOf,
  ScenarioError,
  timeErrors,
} from './parse-file.js';
import { silenceErrors } from './parse-silences.js';
import { autoPaymentTerms } from './rules.js';
import type { ScenarioChannel } from './scenario-channels.js';
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
} from './scenario-schema.js';

/**
 * Reads the scenario of a client from JSON.
 *
 * @throws ScenarioError naming `file` and every field that is missing, unknown or wrong.
 */
export function parseScenario(text: string, file: string): Scenario {
  const raw = parseJson(text, file);
  const parsed = scenarioSchema.safeParse(raw);
  if (!parsed.success) throw new ScenarioError(file, describeIssues(parsed.error.issues, ''));
  const { data } = parsed;
  const { channels } = data;
  const profile = data.profile ? profileOf(data.profile, channels) : null;
  const faults = [
    ...timeErrors(data.start, data.until, data.events),
    ...silenceErrors(data.events, profile !== null),
    ...rateErrors(data.exchangeRates),
    ...channelErrors(data),
    ...(data.profile ? recipientErrors(data.profile, channels, 'profile') : []),
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
    if (!edited.success) faults.push(...describeIssues(edited.error.issues, `events[${index}].profile`));
    else {
      faults.push(...recipientErrors(edited.data, channels, `events[${index}].profile`));
      events.push({ atMs: fields.at, kind: 'profile', profile: profileOf(edited.data, channels) });
    }
  });
  if (faults.length > 0) throw new ScenarioError(file, faults);
  const client = clientOf(data.client);
  const unknown = unknownRules(profile, client, events);
  if (unknown.length > 0) throw new ScenarioError(file, unknown);
  return {
    name: data.name,
    startMs: data.start,
    untilMs: data.until,
    rates: ratesOf(data.exchangeRates),
    channels,
    profile,
    client,
    events,
    expected: data.expect.notifications.map(({ capacity, failed, ...mail }) => ({
      ...mail,
      at: formatInstant(mail.at),
      ...(capacity !== undefined && { capacity }),
      ...(failed && { failed }),
    })),
  };
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

function profileOf(fields: ProfileFields, channels: readonly ScenarioChannel[]): ScenarioProfile {
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
        channels: recipientsOf(userRule.channels, channels),
      },
      {
        key: 'client',
        threshold: clientRule.threshold,
        notifyRole: clientRule.notifyClient,
        inactivityDays: null,
        emails: clientRule.emails,
        channels: recipientsOf(clientRule.channels, channels),
      },
      ...advancedRules.map(({ key, notifyClient, ...rule }) => ({
        ...rule,
        key: advancedRule(key).key,
        notifyRole: notifyClient,
        channels: recipientsOf(rule.channels, channels),
      })),
    ],
  };
}

function clientOf(fields: ClientFields): ScenarioClient {
  return {
    ...fields,
    tags: uniqueTags(fields.tags),
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
  if (fields.channel) return { kind: 'channel', ...fields.channel };
  if (fields.silence) return { kind: 'silence', rule: fields.silence.rule ?? null, untilMs: fields.silence.until };
  if (fields.clientsSilence) {
    const { id = null, tag = null, profile = false, from = fields.at, until } = fields.clientsSilence;
    const times = { fromMs: Math.max(from, fields.at), untilMs: until };
    return { kind: 'clientsSilence', id, tag, isOfProfile: profile, ...times };
  }
  if (fields.expireSilence) return { kind: 'expireSilence', id: fields.expireSilence.id };
  if (fields.tags) return { kind: 'tags', tags: uniqueTags(fields.tags) };
  if (fields.pause) return { kind: 'pause' };
  if (fields.resume) return { kind: 'resume' };
  if (fields.resetCounter) return { kind: 'resetCounter', rule: fields.resetCounter.rule };
  if (fields.balanceModel) return { kind: 'balanceModel', balanceModel: fields.balanceModel };
  return { kind: 'checkNow' };
}
