import {
  companySides,
  companySources,
  formatSideBalance,
  inCurrency,
  sideBalance,
  type CompanySide,
} from '../../../domain/companies/company-balances.js';
import { ratesOf, type Company } from '../../../domain/companies/company.js';
import { isWatched, sideResults } from '../../../domain/companies/threshold-control.js';
import { formatMoney, moneyOf } from '../../../domain/money.js';
import { recipientKey } from '../../../domain/notifications/channels.js';
import { emailAddress } from '../../contract/emails.js';
import { patchShape } from '../../contract/patch-shape.js';
import {
  currency,
  currencyText,
  foreignId,
  idText,
  line,
  money,
  moneyObject,
  moneyText,
  orNull,
  pathId,
  reason,
  reference,
  timeOrNull,
  timeString,
  timeText,
} from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { channelRecipients } from '../notifications/channels/recipients.js';

/** Companies, their balances, and the thresholds of these (docs/companies.md). */

export const sideName = z.enum(companySides).openapi({
  description:
    '`their`: what the company paid us less what we served it · `our`: what we paid it less what we used of it · ' +
    '`mutual`: their less our, in the company’s currency',
});

const sideFields = {
  enabled: z.boolean().default(false),
  threshold: money()
    .nullable()
    .openapi({ type: ['string', 'null'], description: 'Reached while the balance is this or lower; may be negative' })
    .default(null),
  alarmEmails: z.array(emailAddress).max(10).default([]),
  alarmChannels: channelRecipients.default([]),
  templateId: reference
    .nullable()
    .openapi({
      type: ['string', 'null'],
      description: 'Template of kind `company_balance`; null: that of the reseller, by language',
    })
    .default(null),
};
const sideCurrency = currency.openapi({ description: 'Of the threshold; default: that of the balance' });

const sideBody = z.strictObject({ ...sideFields, currency: sideCurrency.optional() }).openapi('CompanySideInput');
const sidePatch = z
  .strictObject({ ...patchShape(sideFields), currency: sideCurrency.optional() })
  .openapi('CompanySidePatch');

const ownFields = {
  name: line(200).openapi({ example: 'Carrier One' }),
  externalId: foreignId(200)
    .nullable()
    .openapi({ type: ['string', 'null'], description: 'Your own id' })
    .default(null),
  email: emailAddress
    .nullable()
    .openapi({ type: ['string', 'null'], description: 'Its own address' })
    .default(null),
  currency: currency.openapi({ description: 'Of the mutual balance' }),
  maxAgeMinutes: z
    .int()
    .min(1)
    .max(525_600)
    .nullable()
    .default(null)
    .openapi({
      type: ['integer', 'null'],
      description: 'Reported balances that are older are unknown; null: they hold until the next ones',
    }),
};

export const companyBody = z
  .strictObject({
    ...ownFields,
    theirCurrency: currency.optional().openapi({ description: 'Of the their balance; default: `currency`' }),
    ourCurrency: currency.optional().openapi({ description: 'Of the our balance; default: `currency`' }),
    source: z.enum(companySources).default('ledger').openapi({
      description: '`ledger`: balances are the sums of entries · `reported`: an external system gives them. It stays',
    }),
    their: sideBody.optional(),
    our: sideBody.optional(),
    mutual: sideBody.optional(),
    resellerId: reference.optional().openapi({ description: 'Owner; default: the caller’s reseller' }),
    reason: reason.optional(),
  })
  .openapi('CompanyInput');

export const companyPatch = z
  .strictObject({
    ...patchShape(ownFields),
    theirCurrency: currency.optional().openapi({ description: 'Stays once the side has entries' }),
    ourCurrency: currency.optional().openapi({ description: 'Stays once the side has entries' }),
    their: sidePatch.optional(),
    our: sidePatch.optional(),
    mutual: sidePatch.optional(),
    reason: reason.optional(),
  })
  .openapi('CompanyPatch');

/** What holds now; it is decided by a run alone. */
const sideStates = ['off', 'unknown', 'no_rate', 'ok', 'low'] as const;

const sideSchema = z
  .strictObject({
    enabled: z.boolean(),
    threshold: moneyText.nullable(),
    currency: currencyText.openapi({ description: 'Of the threshold' }),
    alarmEmails: z.array(z.string()),
    alarmChannels: z
      .array(
        z.strictObject({
          channelId: idText,
          address: z.string().nullable(),
          isUsable: z
            .boolean()
            .openapi({ description: 'false: it is disabled, or no longer of the reseller or of one above' }),
        }),
      )
      .openapi({ description: 'Notification channels that are also notified' }),
    templateId: idText.nullable(),
    templateName: z.string().nullable().openapi({ description: 'null: none is chosen, or it is not yours to see' }),
    mailTime: timeString.nullable().openapi({
      description: 'When the first recipient of this episode accepted; while it is set, no other notification is sent',
    }),
    balance: orNull(moneyObject).openapi({ description: 'Now; null: unknown, or a rate is missing' }),
    converted: moneyText
      .nullable()
      .openapi({ description: 'The balance in another currency of the threshold, rounded' }),
    state: z.enum(sideStates).openapi({ description: 'By the balance now' }),
    result: z.enum(sideResults).nullable().openapi({ description: 'Of the last run; null: none since the last reset' }),
    checkedAt: timeString.nullable(),
  })
  .openapi('CompanySide');

export const companySchema = z
  .strictObject({
    id: idText,
    resellerId: idText,
    resellerName: z.string(),
    name: z.string(),
    externalId: z.string().nullable(),
    email: z.string().nullable(),
    currency: currencyText,
    theirCurrency: currencyText,
    ourCurrency: currencyText,
    source: z.enum(companySources),
    maxAgeMinutes: z.int().nullable(),
    reportedAt: timeString.nullable(),
    hasTheirEntries: z.boolean(),
    hasOurEntries: z.boolean(),
    their: sideSchema,
    our: sideSchema,
    mutual: sideSchema,
    version: z.int(),
    createdAt: timeString,
    updatedAt: timeString,
  })
  .openapi('Company');

export const companyParams = z.strictObject({ id: pathId });

export const companyExample = {
  name: 'Carrier One',
  currency: 'USD',
  their: { enabled: true, threshold: '100.00', alarmEmails: ['finance@carrier-one.example'] },
};

export function companyJson(row: Company): z.output<typeof companySchema> {
  return {
    id: row.id,
    resellerId: row.resellerId,
    resellerName: row.resellerName,
    name: row.name,
    externalId: row.externalId,
    email: row.email,
    currency: row.currency,
    theirCurrency: row.theirCurrency,
    ourCurrency: row.ourCurrency,
    source: row.source,
    maxAgeMinutes: row.maxAgeMinutes,
    reportedAt: timeOrNull(row.reportedAt),
    hasTheirEntries: row.theirEntries > 0,
    hasOurEntries: row.ourEntries > 0,
    their: sideJson(row, 'their'),
    our: sideJson(row, 'our'),
    mutual: sideJson(row, 'mutual'),
    version: row.version,
    createdAt: timeText(row.createdAt),
    updatedAt: timeText(row.updatedAt),
  };
}

function sideJson(company: Company, side: CompanySide): z.output<typeof sideSchema> {
  const fields = company.sides[side];
  const rateBetween = ratesOf(company);
  const balance = sideBalance(side, company, rateBetween);
  const compared = inCurrency(balance, fields.currency, rateBetween);
  const limit = fields.threshold === null ? null : { amount: moneyOf(fields.threshold), currency: fields.currency };
  const known = typeof balance === 'string' ? null : balance;
  const isConverted = known !== null && known.currency !== fields.currency && typeof compared !== 'string';
  return {
    enabled: fields.enabled,
    threshold: limit && formatMoney(limit.amount),
    currency: fields.currency,
    alarmEmails: [...fields.alarmEmails],
    alarmChannels: fields.alarmChannels.map((recipient) => ({
      ...{ channelId: recipient.channelId, address: recipient.address },
      isUsable: fields.usableChannels.some((usable) => recipientKey(usable) === recipientKey(recipient)),
    })),
    templateId: fields.templateId,
    templateName: fields.templateName,
    mailTime: timeOrNull(fields.mailTime),
    balance: known && { amount: formatSideBalance(side, known, limit), currency: known.currency },
    converted: isConverted ? formatSideBalance('mutual', compared, limit) : null,
    state: stateOf(company, side, compared),
    result: fields.reason,
    checkedAt: timeOrNull(fields.checkedAt),
  };
}

function stateOf(
  company: Company,
  side: CompanySide,
  compared: ReturnType<typeof inCurrency>,
): (typeof sideStates)[number] {
  const { threshold } = company.sides[side];
  if (!isWatched(company.sides[side]) || threshold === null) return 'off';
  if (typeof compared === 'string') return compared === 'no_rate' ? 'no_rate' : 'unknown';
  return compared.amount <= moneyOf(threshold) ? 'low' : 'ok';
}
