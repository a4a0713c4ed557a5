import { clientFieldEntries, defaultOf } from '../../../domain/clients/client-fields.js';
import { runwayConfidences, runwayStatuses } from '../../../domain/clients/runway.js';
import { clientStates } from '../../../domain/monitoring/client-state.js';
import {
  currencyText,
  idText,
  moneyObject,
  moneyOrUnlimited,
  moneyText,
  orNull,
  reason,
  timeString,
} from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { clientStatuses } from '../../../storage/clients/clients.js';
import { inheritanceExample, inheritanceSchema } from './inheritance.js';
import { lastKnownSchema } from './last-known.js';
import { lowRuleSchema, ruleReasonsSchema } from './low-rule.js';
import { capacityJson, capacitySchema } from '../monitoring/capacity/capacity.js';
import { unhealthyReasonField } from '../monitoring/unhealthy.js';
import { answerShape, creationShape, patchShape } from './field-schemas.js';

/** What a client looks like on the wire (docs/manuals.md#client-form, docs/manuals.md#credit). */

export const clientBody = z.strictObject({ ...creationShape, reason: reason.optional() }).openapi('ClientInput');

const status = z
  .enum(clientStatuses)
  .optional()
  .openapi({ description: '`deleted`: as DELETE does, without other fields. Back: POST /v1/clients/{id}/restore' });

export const clientPatch = z.strictObject({ ...patchShape, status, reason: reason.optional() }).openapi('ClientPatch');

/** A converted amount is rounded to minor digits, never across what it is compared with. */
const approximate = z.boolean().openapi({ description: 'Converted with the current exchange rate, and rounded' });

const clientShape = {
  id: idText,
  ...answerShape,
  resellerName: z.string(),
  managerName: z.string().nullable(),
  profileName: z.string().nullable(),
  paymentTermsLabel: z
    .string()
    .nullable()
    .openapi({ description: 'Days between invoices, or the day of the month, and the grace period', example: '7/7' }),
  paymentTermsName: z.string().nullable(),
  taxProfileName: z.string().nullable(),
  customerClassName: z.string().nullable(),
  originationRateTableName: z.string().nullable(),
  terminationRateTableName: z.string().nullable(),
  agreementName: z.string().nullable(),
  invoiceTemplateName: z.string().nullable(),
  clientTemplateName: z.string().nullable(),
  balance: z.strictObject({
    available: orNull(moneyOrUnlimited).openapi({ description: 'null: unknown' }),
    live: orNull(moneyObject).openapi({ description: 'null: unknown' }),
    fixed: orNull(moneyObject).openapi({
      description: 'null: only the ledger has it, and the balances come from an external system',
    }),
    lastKnown: lastKnownSchema,
  }),
  state: z.enum(clientStates),
  stateSince: timeString,
  lastCheckAt: timeString.nullable(),
  nextCheckAt: timeString.nullable(),
  overdue: z.boolean().openapi({ description: 'The next check or another wake is overdue by a minute or more' }),
  unhealthyReason: unhealthyReasonField,
  nearestThreshold: z
    .strictObject({ amount: moneyText, currency: currencyText, approximate })
    .nullable()
    .openapi({
      description:
        'The highest threshold of the client’s rules, in the client’s currency, as an available balance: the first ' +
        'that a falling balance reaches. null: no threshold, or no current exchange rate',
    }),
  headroom: z
    .strictObject({ amount: moneyText, currency: currencyText, approximate, percent: z.number().nullable() })
    .nullable()
    .openapi({
      description:
        'Available minus the nearest threshold, also as a percentage of it; negative: below. null: one of them ' +
        'is unknown',
    }),
  lowRule: lowRuleSchema,
  capacity: capacitySchema,
  ruleReasons: ruleReasonsSchema,
  temporaryCredit: z
    .strictObject({ amount: moneyText, currency: currencyText, until: timeString })
    .nullable()
    .openapi({ description: 'Active now' }),
  lastNoticeAt: timeString.nullable().openapi({ description: 'When a mail server last accepted a delivery' }),
  lastChargeAt: timeString.nullable(),
  mailFailing: z
    .boolean()
    .openapi({ description: 'A delivery of the newest notification was deferred, or ended without acceptance' }),
  recipientMissing: z.boolean().openapi({ description: 'A rule with a threshold has no recipients' }),
  version: z.int(),
  createdAt: timeString,
  updatedAt: timeString,
  serverTime: timeString,
};

export const clientSchema = z.strictObject({ ...clientShape, inheritance: inheritanceSchema }).openapi('Client');

export const runwaySchema = z
  .strictObject({
    status: z.enum(runwayStatuses).openapi({
      description:
        '`estimated` · `short_history`: less than 3 days of charges · `no_charges`: none in 30 days · `empty`: ' +
        'available is 0 or less · `unlimited`',
    }),
    spendPerDay: moneyText.nullable().openapi({ description: 'Basis of the estimate' }),
    spendPerDay7: moneyText.nullable().openapi({ description: 'Over the last 7 days' }),
    spendPerDay30: moneyText.nullable().openapi({ description: 'Over the last 30 days' }),
    daysLeft: z.number().nullable(),
    emptyAt: timeString.nullable(),
    confidence: z.enum(runwayConfidences).nullable().openapi({
      description: '`high`: two weeks of charges, and the averages of 7 and 30 days differ by up to a quarter',
    }),
  })
  .openapi('Runway');

/** Of one client. */
export const clientRunway = orNull(runwaySchema).openapi({
  description: 'null: balances come from an external system, charges are unknown',
});

/** A row of the list: the client, and what was asked for with `include`. */
export const clientListItem = z
  .strictObject({ ...clientShape, runway: clientRunway.optional() })
  .openapi('ClientListItem');

export const clientExample = {
  name: 'Acme Telecom',
  currency: 'USD',
  balanceModel: 'prepaid',
  billingEmail: 'billing@acme.example',
  ownerEmail: 'owner@operator.example',
  openingBalance: '120.00',
  creditLimit: '0.00',
  profileId: '1',
};

export const clientAnswerExample = {
  id: '13',
  ...Object.fromEntries(clientFieldEntries.map(([field, spec]) => [field, defaultOf(spec) ?? null])),
  ...clientExample,
  resellerId: '1',
  timezone: 'UTC',
  locale: 'en',
  resellerName: 'Company Name',
  managerName: null,
  profileName: 'default',
  paymentTermsLabel: null,
  paymentTermsName: null,
  taxProfileName: null,
  customerClassName: null,
  originationRateTableName: null,
  terminationRateTableName: null,
  agreementName: null,
  invoiceTemplateName: null,
  clientTemplateName: null,
  balance: {
    available: { amount: '120.00', currency: 'USD' },
    live: { amount: '120.00', currency: 'USD' },
    fixed: { amount: '0.00', currency: 'USD' },
    lastKnown: null,
  },
  state: 'unknown',
  stateSince: '2026-03-01T10:00:00Z',
  lastCheckAt: null,
  nextCheckAt: null,
  overdue: false,
  unhealthyReason: null,
  nearestThreshold: { amount: '100.00', currency: 'USD', approximate: false },
  headroom: { amount: '20.00', currency: 'USD', approximate: false, percent: 20 },
  lowRule: null,
  capacity: capacityJson(null, null),
  ruleReasons: [],
  temporaryCredit: null,
  lastNoticeAt: null,
  lastChargeAt: null,
  mailFailing: false,
  recipientMissing: false,
  version: 1,
  createdAt: '2026-03-01T10:00:00Z',
  updatedAt: '2026-03-01T10:00:00Z',
  serverTime: '2026-03-01T10:00:00Z',
  inheritance: inheritanceExample,
};
