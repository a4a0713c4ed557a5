import { balanceModels } from '../../../domain/monitoring/rules.js';
import { runwayConfidences, runwayStatuses } from '../../../domain/runway.js';
import { clientStates } from '../../../domain/monitoring/client-state.js';
import { clientStatuses } from '../../../storage/clients/clients.js';
import { emailAddress } from '../../contract/emails.js';
import {
  currency,
  currencyText,
  idText,
  line,
  money,
  moneyObject,
  moneyOrUnlimited,
  moneyText,
  orNull,
  reason,
  reference,
  timeString,
  timezone,
} from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { unhealthyReasonField } from '../monitoring/unhealthy.js';

/** What a client looks like on the wire (docs/manuals.md#client-form, docs/manuals.md#credit). */

const name = line(200).openapi({ example: 'Customer A' });
const creditLimit = money().openapi({ type: 'string', description: 'Permanent; may be negative', example: '0.00' });
const status = z.enum(['active', 'stop'], { error: 'must be active or stop; to delete a client, use DELETE' });
const billingEmail = emailAddress.nullable().openapi({
  type: ['string', 'null'],
  description: 'Who is told by the client rule and the client’s own warnings',
});
const ownerEmail = emailAddress.nullable().openapi({
  type: ['string', 'null'],
  description: 'Who is told as the client’s owner; null: the manager’s, else the reseller’s e-mail',
});
/** "Define several balance warning thresholds as comma-separated values" (docs/manuals.md#warning-thresholds). */
const warningThresholds = z
  .union([z.string().max(1000), z.array(z.string().max(40)).max(50)], {
    error: 'must be a list of thresholds, such as ["75%", "950.00"], or the same as one comma-separated string',
  })
  .transform((given) => splitThresholds(given))
  .openapi({
    description:
      'Low Funds / Credit Limit Warning Thresholds: amounts, for postpaid clients also shares such as `75%`; a list, or one comma-separated string',
    example: ['75%', '950.00'],
  });

function splitThresholds(given: string | readonly string[]): string[] {
  const parts = typeof given === 'string' ? given.split(',') : given;
  const texts = parts.map((part) => part.trim().replace(/\s+%$/, '%'));
  return typeof given === 'string' ? texts.filter((text) => text !== '') : texts;
}

const checkEveryMinutes = z
  .int()
  .min(1)
  .max(527_040)
  .openapi({ description: 'Minutes between checks where there is no profile', example: 60 });
const locale = z
  .string()
  .regex(/^[a-z]{2}(-[A-Z]{2})?$/, 'write a language, such as "en" or "uk-UA"')
  .openapi({ description: 'Language of notifications to the client', example: 'en' });
const paymentTerms = line(40)
  .nullable()
  .openapi({ type: ['string', 'null'], example: '7/7' });
const tags = z
  .array(line(50))
  .max(50)
  .transform((given) => [...new Set(given)])
  .openapi({ example: ['wholesale'] });
const externalId = line(200)
  .nullable()
  .openapi({
    type: ['string', 'null'],
    description: 'The client’s id in the operator’s billing; unique',
  });

export const clientBody = z
  .strictObject({
    name,
    currency,
    balanceModel: z.enum(balanceModels).default('prepaid'),
    openingBalance: money().default('0.00').openapi({
      type: 'string',
      description: 'Live balance to begin with; recorded as an adjustment with the id `opening`',
      example: '120.00',
    }),
    creditLimit: creditLimit.default('0.00'),
    status: status.default('active'),
    billingEmail: billingEmail.default(null),
    ownerEmail: ownerEmail.default(null),
    warningThresholds: warningThresholds.default([]),
    checkEveryMinutes: checkEveryMinutes.default(60),
    timezone: timezone
      .nullable()
      .default(null)
      .openapi({
        type: ['string', 'null'],
        description: 'IANA time zone of notifications to the client; default: the reseller’s',
        example: 'Europe/Kyiv',
      }),
    locale: locale
      .nullable()
      .default(null)
      .openapi({
        type: ['string', 'null'],
        description: 'Language of notifications to the client; default: the reseller’s',
        example: 'en',
      }),
    resellerId: reference.optional().openapi({ description: 'Owner; default: the caller’s reseller' }),
    managerId: reference.nullable().default(null),
    profileId: reference.nullable().default(null),
    paymentTerms: paymentTerms.default(null),
    tags: tags.default([]),
    externalId: externalId.default(null),
    reason: reason.optional(),
  })
  .openapi('ClientInput');

export const clientPatch = z
  .strictObject({
    name: name.optional(),
    currency: currency.optional().openapi({ description: 'Only while no money has moved' }),
    balanceModel: z.enum(balanceModels).optional(),
    creditLimit: creditLimit.optional(),
    status: status.optional(),
    billingEmail: billingEmail.optional(),
    ownerEmail: ownerEmail.optional(),
    warningThresholds: warningThresholds.optional(),
    checkEveryMinutes: checkEveryMinutes.optional(),
    timezone: timezone.optional(),
    locale: locale.optional(),
    resellerId: reference.optional(),
    managerId: reference.nullable().optional(),
    profileId: reference.nullable().optional(),
    paymentTerms: paymentTerms.optional(),
    tags: tags.optional(),
    externalId: externalId.optional(),
    reason: reason.optional(),
  })
  .openapi('ClientPatch');

const clientShape = {
  id: idText,
  name: z.string(),
  resellerId: idText,
  resellerName: z.string(),
  managerId: idText.nullable(),
  managerName: z.string().nullable(),
  profileId: idText.nullable(),
  profileName: z.string().nullable(),
  currency: currencyText,
  balanceModel: z.enum(balanceModels),
  openingBalance: moneyText,
  creditLimit: moneyText,
  status: z.enum(clientStatuses),
  billingEmail: z.string().nullable(),
  ownerEmail: z.string().nullable(),
  warningThresholds: z.array(z.string()),
  checkEveryMinutes: z.number(),
  timezone: z.string(),
  locale: z.string(),
  paymentTerms: z.string().nullable(),
  tags: z.array(z.string()),
  externalId: z.string().nullable(),
  balance: z.strictObject({
    available: orNull(moneyOrUnlimited).openapi({ description: 'null: unknown' }),
    live: orNull(moneyObject).openapi({ description: 'null: unknown' }),
    fixed: orNull(moneyObject).openapi({
      description: 'null: only the ledger knows, and it is not the balance source',
    }),
  }),
  state: z.enum(clientStates),
  stateSince: timeString,
  lastCheckAt: timeString.nullable(),
  nextCheckAt: timeString.nullable(),
  overdue: z.boolean().openapi({ description: 'The next check or another wake is a minute late or more' }),
  unhealthyReason: unhealthyReasonField,
  nearestThreshold: orNull(moneyObject).openapi({
    description:
      'The highest threshold of its profile and of its own warnings, in its currency, as an available balance: the first that a falling balance passes. null: there is none, or no exchange rate is in force',
  }),
  headroom: z
    .strictObject({ amount: moneyText, currency: currencyText, percent: z.number().nullable() })
    .nullable()
    .openapi({
      description:
        'Available less the nearest threshold, also in percent of it; negative: below. null: one of them is unknown',
    }),
  temporaryCredit: z
    .strictObject({ amount: moneyText, currency: currencyText, until: timeString })
    .nullable()
    .openapi({ description: 'In force now' }),
  lastNoticeAt: timeString.nullable().openapi({ description: 'When a mail server last accepted a delivery' }),
  lastChargeAt: timeString.nullable(),
  mailFailing: z
    .boolean()
    .openapi({ description: 'A delivery of its newest notification was deferred, or ended without acceptance' }),
  recipientMissing: z.boolean().openapi({ description: 'A rule has a threshold and nobody who would hear of it' }),
  version: z.int(),
  createdAt: timeString,
  updatedAt: timeString,
  serverTime: timeString,
};

export const clientSchema = z.strictObject(clientShape).openapi('Client');

export const runwaySchema = z
  .strictObject({
    status: z.enum(runwayStatuses).openapi({
      description:
        '`estimated` · `short_history`: less than 3 days of charges · `no_charges`: none in 30 days · `empty`: nothing is available · `unlimited`',
    }),
    spendPerDay: moneyText.nullable().openapi({ description: 'What the estimate is made with' }),
    spendPerDay7: moneyText.nullable().openapi({ description: 'Over the last 7 days' }),
    spendPerDay30: moneyText.nullable().openapi({ description: 'Over the last 30 days' }),
    daysLeft: z.number().nullable(),
    emptyAt: timeString.nullable(),
    confidence: z
      .enum(runwayConfidences)
      .nullable()
      .openapi({ description: '`high`: two weeks of charges, and 7 and 30 days agree within a quarter' }),
  })
  .openapi('Runway');

/** Of one client. */
export const clientRunway = orNull(runwaySchema).openapi({
  description: 'null: the ledger is not the balance source, and knows no charges',
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
  name: 'Acme Telecom',
  resellerId: '1',
  resellerName: 'Company Name',
  managerId: null,
  managerName: null,
  profileId: '1',
  profileName: 'default',
  currency: 'USD',
  balanceModel: 'prepaid',
  openingBalance: '120.00',
  creditLimit: '0.00',
  status: 'active',
  billingEmail: 'billing@acme.example',
  ownerEmail: 'owner@operator.example',
  warningThresholds: [],
  checkEveryMinutes: 60,
  timezone: 'UTC',
  locale: 'en',
  paymentTerms: null,
  tags: [],
  externalId: null,
  balance: {
    available: { amount: '120.00', currency: 'USD' },
    live: { amount: '120.00', currency: 'USD' },
    fixed: { amount: '0.00', currency: 'USD' },
  },
  state: 'unknown',
  stateSince: '2026-03-01T10:00:00Z',
  lastCheckAt: null,
  nextCheckAt: null,
  overdue: false,
  unhealthyReason: null,
  nearestThreshold: { amount: '100.00', currency: 'USD' },
  headroom: { amount: '20.00', currency: 'USD', percent: 20 },
  temporaryCredit: null,
  lastNoticeAt: null,
  lastChargeAt: null,
  mailFailing: false,
  recipientMissing: false,
  version: 1,
  createdAt: '2026-03-01T10:00:00Z',
  updatedAt: '2026-03-01T10:00:00Z',
  serverTime: '2026-03-01T10:00:00Z',
};
