import { DomainError } from '../../../domain/errors.js';
import { parseRate } from '../../../domain/money.js';
import type { NeededRate, RateRow } from '../../../storage/rates/exchange-rates.js';
import { confirmNotifications } from '../../contract/confirm-notifications.js';
import { currency, currencyText, instant, reason, timeString, timeText } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';

const rate = z
  .string({ error: 'must be a decimal string, such as "1.0825"' })
  .superRefine((text, ctx) => {
    try {
      parseRate(text);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      ctx.addIssue({ code: 'custom', message: error.message, input: text });
    }
  })
  .openapi({ description: '1 `from` = rate `to`; up to 9 digits and 12 decimals', example: '1.0825' });

export const rateBody = z
  .strictObject({
    from: currency,
    to: currency,
    rate,
    at: instant.optional().openapi({ description: 'Effective from this time; default: now' }),
    reason: reason.optional(),
    confirmNotifications,
  })
  .superRefine(({ from, to }, ctx) => {
    if (from === to) {
      ctx.addIssue({ code: 'custom', path: ['to'], message: 'must differ from `from`', input: to });
    }
  })
  .openapi('ExchangeRateInput');

export const rateSchema = z
  .strictObject({
    from: currencyText,
    to: currencyText,
    rate: z.string().openapi({ example: '1.0825' }),
    at: timeString,
    createdBy: z.string(),
    createdAt: timeString,
  })
  .openapi('ExchangeRate');

export const pairQuery = { from: currency.optional(), to: currency.optional() };

export function rateJson(row: RateRow): z.output<typeof rateSchema> {
  return {
    from: row.from,
    to: row.to,
    rate: plainRate(row.rate),
    at: timeText(row.at),
    createdBy: row.createdBy,
    createdAt: timeText(row.createdAt),
  };
}

export const neededRateSchema = z
  .strictObject({
    from: currencyText.openapi({ description: 'Currency of the balances' }),
    to: currencyText.openapi({ description: 'Currency of the thresholds' }),
    clients: z.int(),
    profiles: z.int(),
    companies: z.int().openapi({ description: 'Companies with a threshold or a mutual balance that needs the pair' }),
    rate: z
      .string()
      .nullable()
      .openapi({ description: 'Current rate; null: none, so these clients and companies are not evaluated' }),
    at: timeString.nullable(),
  })
  .openapi('NeededExchangeRate');

export function neededRateJson({ rate, at, ...row }: NeededRate): z.output<typeof neededRateSchema> {
  return { ...row, rate: rate === null ? null : plainRate(rate), at: at && timeText(at) };
}

/** `1.082500000000`, as the database writes it, as `1.0825`. */
function plainRate(rate: string): string {
  return rate.replace(/(\.\d\d\d*?)0+$/, '$1');
}
