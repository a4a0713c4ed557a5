import { companySides, type CompanySide } from '../domain/companies/company-balances.js';
import { minuteMs } from '../domain/durations.js';
import { moneyOf } from '../domain/money.js';
import type {
  CompanyEvent,
  CompanyHappening,
  CompanyScenario,
  ScenarioSide,
  ScenarioSides,
} from './company-scenario.js';
import {
  companyScenarioSchema,
  type CompanyEventFields,
  type CompanyScenarioFields,
  type CompanySettings,
} from './company-schema.js';
import { describeIssues, rateErrors, ratesOf, ScenarioError, timeErrors } from './parse-file.js';
import { formatInstant } from './scenario.js';

/** A run retries emails that the server refuses for now for so long: events are not within it. */
const runLengthMs = 3 * minuteMs;

/**
 * Reads the scenario of a company.
 *
 * @throws ScenarioError naming `file` and every field that is missing, unknown or wrong.
 */
export function parseCompanyScenario(raw: unknown, file: string): CompanyScenario {
  const parsed = companyScenarioSchema.safeParse(raw);
  if (!parsed.success) throw new ScenarioError(file, describeIssues(parsed.error.issues, ''));
  const { data } = parsed;
  const runEveryMs = data.runEveryMinutes * minuteMs;
  const faults = [
    ...timeErrors(data.start, data.until, data.events),
    ...rateErrors(data.exchangeRates),
    ...runErrors(data, runEveryMs),
    ...sourceErrors(data),
  ];
  const { their, our, mutual, openingBalances, ...company } = data.company;
  const { currency, theirCurrency = currency, ourCurrency = currency } = company;
  const currencies = { their: theirCurrency, our: ourCurrency, mutual: currency };
  const sides: ScenarioSides = {
    their: sideOf(their, currencies.their),
    our: sideOf(our, currencies.our),
    mutual: sideOf(mutual, currencies.mutual),
  };
  for (const side of companySides) faults.push(...sideErrors(sides[side], `company.${side}`));
  const events = eventsOf(data.events, sides, faults);
  if (faults.length > 0) throw new ScenarioError(file, faults);
  return {
    name: data.name,
    startMs: data.start,
    untilMs: data.until,
    rates: ratesOf(data.exchangeRates),
    company: {
      ...company,
      theirCurrency,
      ourCurrency,
      openingBalances: { their: moneyOf(openingBalances.their), our: moneyOf(openingBalances.our) },
      sides,
    },
    runEveryMs,
    events,
    expected: data.expect.notifications.map(({ at, mailTime, ...result }) => ({
      ...result,
      at: formatInstant(at),
      mailTime: mailTime === null ? null : formatInstant(mailTime),
    })),
  };
}

/** Events during a run would depend on how fast the run is. */
function runErrors({ start, events }: CompanyScenarioFields, runEveryMs: number): string[] {
  return events.flatMap(({ at }, index) => {
    const afterMs = (at - start) % runEveryMs;
    if (at < start || afterMs === 0 || afterMs >= runLengthMs) return [];
    return [`events[${index}].at: must be at a run of the controller, or at least 3 minutes after it`];
  });
}

function sourceErrors({ company, events }: CompanyScenarioFields): string[] {
  const { source, maxAgeMinutes, openingBalances } = company;
  const faults: string[] = [];
  if (source === 'ledger' && maxAgeMinutes !== null) {
    faults.push('company.maxAgeMinutes: must be left out: only reported balances become old');
  }
  if (source === 'reported' && [openingBalances.their, openingBalances.our].some((text) => moneyOf(text) !== 0n)) {
    faults.push('company.openingBalances: must be left out: reported balances are unknown until the first report');
  }
  events.forEach((event, index) => {
    for (const kind of ['charge', 'payment', 'adjustment', 'netting'] as const) {
      if (event[kind] === undefined || source === 'ledger') continue;
      faults.push(`events[${index}].${kind}: must be "balances": an external system reports the balances`);
    }
    if (event.balances && source === 'ledger') {
      faults.push(`events[${index}].balances: must be an entry: the balances are the sums of the ledger`);
    }
    if (event.netting !== undefined && new Set(currenciesOf(company)).size > 1) {
      faults.push(`events[${index}].netting: must be left out: the balances are in two currencies`);
    }
  });
  return faults;
}

function currenciesOf({ currency, theirCurrency = currency, ourCurrency = currency }: CompanySettings): string[] {
  return [theirCurrency, ourCurrency];
}

function sideOf(settings: CompanySettings[CompanySide], ownCurrency: string): ScenarioSide {
  if (!settings) return { enabled: false, threshold: null, currency: ownCurrency, alarmEmails: [] };
  return { ...settings, currency: settings.currency ?? ownCurrency };
}

function sideErrors({ enabled, threshold, alarmEmails }: ScenarioSide, field: string): string[] {
  if (!enabled) return [];
  const faults = threshold === null ? [`${field}.threshold: is required: the side is enabled`] : [];
  if (alarmEmails.length === 0) faults.push(`${field}.alarmEmails: must have an address: the side is enabled`);
  return faults;
}

function eventsOf(events: readonly CompanyEventFields[], initial: ScenarioSides, faults: string[]): CompanyEvent[] {
  let sides = initial;
  return events.map((fields, index) => {
    const happening = happeningOf(fields, sides);
    if (happening.kind === 'threshold') {
      sides = { ...sides, [happening.side]: happening.fields };
      faults.push(...sideErrors(happening.fields, `events[${index}].threshold`));
    }
    return { atMs: fields.at, ...happening };
  });
}

function happeningOf(fields: CompanyEventFields, sides: ScenarioSides): CompanyHappening {
  const { charge, payment, adjustment, netting, balances, threshold, reset } = fields;
  if (charge) return { kind: 'charge', ...charge, amount: moneyOf(charge.amount) };
  if (payment) return { kind: 'payment', ...payment, amount: moneyOf(payment.amount) };
  if (adjustment) return { kind: 'adjustment', ...adjustment, amount: moneyOf(adjustment.amount) };
  if (netting !== undefined) return { kind: 'netting', amount: moneyOf(netting) };
  if (balances) return { kind: 'balances', their: amountOf(balances.their), our: amountOf(balances.our) };
  if (threshold) {
    const { side, ...edit } = threshold;
    return { kind: 'threshold', side, fields: { ...sides[side], ...defined(edit) } };
  }
  if (reset) return { kind: 'reset', side: reset.side };
  return { kind: 'mail', up: fields.mail === 'up' };
}

function amountOf(text: string | null): bigint | null {
  return text === null ? null : moneyOf(text);
}

function defined<T extends object>(fields: T): { [Name in keyof T]: Exclude<T[Name], undefined> } {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as { [Name in keyof T]: Exclude<T[Name], undefined> };
}
