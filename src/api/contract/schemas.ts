import { DomainError } from '../../domain/errors.js';
import { instantText } from '../../domain/instants.js';
import { digitsError, exceedsDigits, formatMoney, parseMoney, parsePercent, type Micros } from '../../domain/money.js';
import { minPasswordLength, maxPasswordLength } from '../../domain/access/passwords.js';
import { uniqueTags } from '../../domain/clients/tags.js';
import { zoneNamed } from '../../domain/time-zones.js';
import { z } from './zod.js';

/** The values that requests and answers are made of, each with its reason when it is wrong. */

/** An id in a path; what is none finds nothing. */
export const pathId = z
  .string()
  .regex(/^[1-9]\d{0,17}$/)
  .openapi({ description: 'Id', example: '7' });

const notAnId = 'must be an id, such as "7"';

/** A reference to something in a body or a query: a string, or an integer as a convenience. */
export const reference = z
  .union([z.string().regex(/^[1-9]\d{0,17}$/, notAnId), z.int(notAnId).positive(notAnId)], { error: notAnId })
  .transform(String)
  .openapi({ description: 'Id; a JSON integer is accepted too', example: '7' });

/**
 * What is sent to PostgreSQL and shown in emails: no control characters (line breaks are some), no halves of
 * characters.
 */
const unfit = /[\p{Cc}\p{Cs}\u2028\u2029]/u;
const unfitBlock = /[\p{Cs}\u2028\u2029]|(?![\n\r\t])\p{Cc}/u;

/** One line of text, trimmed. */
export function line(max: number, min = 1): z.ZodType<string, string> {
  return z
    .string()
    .refine((text) => !unfit.test(text), 'must be one line without control characters')
    .transform((text) => text.trim())
    .pipe(z.string().min(min).max(max))
    .openapi({ type: 'string', minLength: min, maxLength: max });
}

/** A short text that is shown in comma-separated lists. */
export function tag(max: number): z.ZodType<string, string> {
  return line(max).refine((text) => !text.includes(','), 'must not contain a comma');
}

/** The most that the tags of one request may take, as JSON. */
const maxTagBytes = 65_536;

/** Any number of tags, each once. */
export function tagList(max: number, least = 0): z.ZodType<string[], string[]> {
  return z
    .array(tag(max))
    .min(least)
    .refine(
      (tags) => Buffer.byteLength(JSON.stringify(tags)) <= maxTagBytes,
      'must take up to 64 KB in all: send fewer tags',
    )
    .transform(uniqueTags);
}

/** An id that others chose. It is compared byte by byte, so that none is changed: spaces around it are refused. */
export function foreignId(max: number): z.ZodType<string, string> {
  return z
    .string()
    .min(1)
    .max(max)
    .refine((text) => !unfit.test(text), 'must be one line without control characters')
    .refine((text) => text === text.trim(), 'must not begin or end with a space')
    .openapi({ type: 'string', minLength: 1, maxLength: max });
}

/** Text of several lines. */
export function block(max: number): z.ZodString {
  return z
    .string()
    .max(max)
    .refine((text) => !unfitBlock.test(text), 'must not contain control characters');
}

/** Text of one or more lines, trimmed; a line ends with a line feed. */
export function lines(max: number): z.ZodType<string, string> {
  return z
    .string()
    .refine((text) => !unfitBlock.test(text), 'must not contain control characters')
    .transform((text) => text.replaceAll(/\r\n?/g, '\n').trim())
    .pipe(z.string().min(1).max(max))
    .openapi({ type: 'string', minLength: 1, maxLength: max });
}

/** Why a caller makes a change; shown in the audit log. */
export const reason = line(500).openapi({ description: 'Shown in the audit log', example: 'agreed on the phone' });

/** A password as it is typed at a login. */
export const password = z.string().min(1).max(maxPasswordLength).openapi({ format: 'password' });

/** Whether it is good enough depends on whose it is: see `services/access`. */
export const newPassword = z
  .string()
  .min(minPasswordLength)
  .max(maxPasswordLength)
  .refine((text) => !/[\p{Cs}]/u.test(text), 'must not contain incomplete characters')
  .openapi({ format: 'password' });

interface MoneyRules {
  /** refuse less than this, in words */
  readonly least?: 'zero' | 'more_than_zero';
  /** refuse more digits before the point than these; absent: 12 */
  readonly digits?: number;
}

/** A decimal string of at most 12 digits and 6 decimals; read into its canonical form (`"7"` becomes `"7.00"`). */
export function money(rules: MoneyRules = {}): z.ZodType<string, string> {
  return z
    .string({ error: 'must be a decimal string, such as "12.50"' })
    .transform((text, ctx) => {
      const micros = parsed(parseMoney, text, ctx);
      if (micros === null) return z.NEVER;
      const fault = outOfBounds(micros, rules);
      if (fault) ctx.addIssue({ code: 'custom', message: fault, input: text });
      return formatMoney(micros);
    })
    .openapi({ type: 'string', pattern: `^-?\\d{1,${rules.digits ?? 12}}(\\.\\d{1,6})?$`, example: '12.50' });
}

const languageNames = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

/** A language, or one of a country. */
export const language = z
  .string()
  .regex(/^[a-z]{2}(-[A-Z]{2})?$/, { error: 'must be a language, such as "en" or "uk-UA"', abort: true })
  .refine(
    (code) => languageNames.of(code.slice(0, 2)) !== undefined,
    'must be a known language, such as "en" or "uk-UA"',
  );

/** A share in percent, as a decimal string. */
export function percentString(description: string, example: string): z.ZodString {
  return z
    .string({ error: `must be a percentage as a decimal string, such as "${example}"` })
    .superRefine((text, ctx) => {
      if (!/^0(\.0{1,4})?$/.test(text)) parsed(parsePercent, text, ctx);
    })
    .openapi({ description, example });
}

function parsed(parse: (text: string) => Micros, text: string, ctx: z.RefinementCtx): Micros | null {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    ctx.addIssue({ code: 'custom', message: error.message, input: text });
    return null;
  }
}

function outOfBounds(micros: Micros, rules: MoneyRules): string | null {
  if (rules.least === 'zero' && micros < 0n) return 'must not be negative';
  if (rules.digits !== undefined && exceedsDigits(micros, rules.digits)) return digitsError(rules.digits);
  if (rules.least === 'more_than_zero' && micros <= 0n) return 'must be more than 0';
  return null;
}

const currencies = new Set(Intl.supportedValuesOf('currency'));

/** ISO 4217. */
export const currency = z
  .string()
  .refine((code) => currencies.has(code), 'must be an ISO 4217 currency code, such as "USD"')
  .openapi({ description: 'ISO 4217', example: 'USD' });

/** An IANA name; read into the spelling of the database (`"utc"` becomes `"UTC"`). */
export const timezone: z.ZodType<string, string> = z
  .string()
  .transform((text, ctx) => {
    const name = zoneNamed(text);
    if (name !== null) return name;
    ctx.addIssue({ code: 'custom', message: 'must be an IANA time zone, such as "Europe/Kyiv"', input: text });
    return z.NEVER;
  })
  .openapi({ type: 'string', example: 'UTC' });

const rfc3339 = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})$/;

/** An instant in RFC 3339; read into a Date. */
export const instant = z
  .string()
  .refine(
    (text) => rfc3339.test(text) && isRealInstant(text),
    'must be an RFC 3339 instant, such as "2026-03-01T10:00:00Z"',
  )
  .transform((text) => new Date(text))
  .openapi({ type: 'string', format: 'date-time', example: '2026-03-01T10:00:00Z' });

/** False for the 30th of February, which `Date` would silently move into March. */
function isRealInstant(text: string): boolean {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) return false;
  const [year = 0, month = 0, day = 0] = text.slice(0, 10).split('-').map(Number);
  // PostgreSQL knows no year 0.
  return year > 0 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** A day without a time, as a calendar shows it. */
export const localDate = z
  .string()
  .refine(
    (text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && isRealInstant(`${text}T00:00:00Z`),
    'must be a date, such as "2026-12-31"',
  )
  .openapi({ type: 'string', format: 'date', example: '2026-12-31' });

/** An instant as every answer writes it: UTC, milliseconds only where there are any. */
export function timeText(date: Date): string {
  return instantText(date);
}

export function timeOrNull(date: Date | null): string | null {
  return date && timeText(date);
}

/* What answers are made of: documented, and held against what is sent in the tests. */

export const idText = z.string().openapi({ example: '7' });
/** A balance has more digits than an amount that is sent: it is a sum of many, `numeric(24,6)`. */
export const moneyText = z
  .string()
  .regex(/^-?\d{1,18}\.\d{2,6}$/)
  .openapi({ description: 'Up to 18 digits before the point and 6 after it', example: '12.50' });
export const timeString = z.string().openapi({ format: 'date-time', example: '2026-03-01T10:00:00Z' });
export const currencyText = z.string().openapi({ example: 'USD' });

/** `{"amount":"-419.78","currency":"USD"}` */
export const moneyObject = z.strictObject({ amount: moneyText, currency: currencyText }).openapi('Money');
/** Money, or "No Limit" (docs/manuals.md#client-list). */
export const moneyOrUnlimited = z
  .union([moneyObject, z.strictObject({ unlimited: z.literal(true), currency: currencyText })])
  .openapi('MoneyOrUnlimited');

/** A named schema or null. With `.nullable()` the document would let every other use of its name be null, too. */
export function orNull<S extends z.ZodType>(schema: S): z.ZodUnion<[S, z.ZodNull]> {
  return z.union([schema, z.null()]);
}

/** A setting that was accepted and is probably a mistake. */
export const warning = z.strictObject({ pointer: z.string(), detail: z.string() }).openapi('Warning');

/** The user or key behind an `actor`. */
export const actorNameText = z
  .string()
  .nullable()
  .openapi({ description: 'null: not a user, or a user that you cannot see', example: 'Anna Example' });
