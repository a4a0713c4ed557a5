import { z } from 'zod';
import { companySides, companySources, ledgerSides } from '../domain/companies/company-balances.js';
import {
  amount,
  currency,
  email,
  exactlyOneOf,
  exchangeRate,
  expectedNotification,
  instant,
  minutes,
  positive,
  scenarioHead,
  upOrDown,
} from './scenario-schema.js';

/** The fields of the file of a company (docs/scenarios.md). */

const side = z.enum(companySides);
const ledgerSide = z.enum(ledgerSides);

const sideFields = {
  enabled: z.boolean(),
  threshold: amount.nullable(),
  currency,
  /** few: while the server is down, more would depend on how many a round asks */
  alarmEmails: z.array(email).max(2),
};

const sideSettings = z.strictObject({
  enabled: sideFields.enabled.default(true),
  threshold: sideFields.threshold.default(null),
  currency: sideFields.currency.optional(),
  alarmEmails: sideFields.alarmEmails.default([]),
});

const company = z.strictObject({
  name: z.string().min(1).max(200),
  currency,
  theirCurrency: currency.optional(),
  ourCurrency: currency.optional(),
  source: z.enum(companySources).default('ledger'),
  maxAgeMinutes: minutes.nullable().default(null),
  openingBalances: z.strictObject({ their: amount.default('0.00'), our: amount.default('0.00') }).prefault({}),
  their: sideSettings.optional(),
  our: sideSettings.optional(),
  mutual: sideSettings.optional(),
});
export type CompanySettings = z.output<typeof company>;

const happenings = {
  charge: z.strictObject({ side: ledgerSide, amount: positive }),
  payment: z.strictObject({ side: ledgerSide, id: z.string().min(1).max(200), amount: positive }),
  adjustment: z.strictObject({
    side: ledgerSide,
    amount: amount.refine((text) => !/^[-0.]*$/.test(text), 'must not be 0'),
  }),
  netting: amount.refine((text) => !/^[-0.]*$/.test(text), 'must not be 0'),
  balances: z.strictObject({ their: amount.nullable(), our: amount.nullable() }),
  threshold: z.strictObject({ side, ...z.strictObject(sideFields).partial().shape }),
  reset: z.strictObject({ side }),
  mail: upOrDown,
};

const event = z
  .strictObject(happenings)
  .partial()
  .extend({ at: instant })
  .superRefine(exactlyOneOf(Object.keys(happenings)));
export type CompanyEventFields = z.output<typeof event>;

const result = expectedNotification.extend({
  rule: side,
  /** the run that set the balance mail time; null: it was cleared */
  mailTime: instant.nullable(),
});

export const companyScenarioSchema = z.strictObject({
  ...scenarioHead,
  exchangeRates: z.array(exchangeRate).default([]),
  company,
  runEveryMinutes: z.int().min(5).max(1_440).default(5),
  events: z.array(event).default([]),
  expect: z.strictObject({ notifications: z.array(result) }),
});
export type CompanyScenarioFields = z.output<typeof companyScenarioSchema>;
