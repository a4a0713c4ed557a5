import { formatMoneyFor, isMoney, moneyOf, roundBeside } from '../../domain/money.js';
import { roundings, variablesOf, type MailKind, type MailVariables, type Rounding } from '../variables.js';
import type { VariableSpec, VariableType } from '../variable-rows/variable-row.js';

/** The reader of an email. */
export interface Reader {
  /** BCP 47, as `uk` or `en-GB` */
  readonly locale: string;
  /** IANA, as `Europe/Kyiv` */
  readonly timeZone: string;
}

/**
 * One value while a template runs: what comparisons see, and what is written. It is always escaped when written into
 * HTML; no value is HTML already.
 */
export interface Value {
  readonly raw: string | number | boolean | null;
  readonly text: string;
  /** line breaks are written as `<br>` in HTML (filter `nl2br`) */
  readonly breaks?: true;
}

export const nothing: Value = { raw: null, text: '' };

/**
 * What a running template sees: nothing but the listed variables of its kind, by name. There is no object in it that
 * has a prototype, a getter or a function.
 */
export interface View {
  readonly values: ReadonlyMap<string, Value>;
  readonly lists: ReadonlyMap<string, readonly ReadonlyMap<string, Value>[]>;
}

const maxTextLength = 2_000;
const maxListItems = 100;

/** Copies the listed variables of a kind; whatever else `variables` holds is left behind. */
export function viewOf(kind: MailKind, variables: MailVariables, reader: Reader): View {
  const values = new Map<string, Value>();
  const lists = new Map<string, readonly ReadonlyMap<string, Value>[]>();
  for (const spec of variablesOf(kind)) {
    const given = lookUp(variables, spec.path);
    const rounding = roundings.get(spec.path);
    if (spec.type === 'list') lists.set(spec.path, listOf(given, spec, reader));
    else if (rounding) values.set(spec.path, approximateOf(given, rounding, variables));
    else values.set(spec.path, valueOf(given, spec.type, reader));
  }
  return { values, lists };
}

function lookUp(variables: MailVariables, path: string): unknown {
  let found: unknown = variables;
  for (const name of path.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return undefined;
    found = Object.getOwnPropertyDescriptor(found, name)?.value;
  }
  return found;
}

function listOf(given: unknown, spec: VariableSpec, reader: Reader): ReadonlyMap<string, Value>[] {
  if (!Array.isArray(given)) return [];
  return given.slice(0, maxListItems).map((item: unknown) => {
    const fields = new Map<string, Value>();
    for (const field of spec.fields ?? []) {
      const own =
        typeof item === 'object' && item !== null ? Object.getOwnPropertyDescriptor(item, field)?.value : undefined;
      fields.set(field, valueOf(own, 'text', reader));
    }
    return fields;
  });
}

function valueOf(given: unknown, type: VariableType, reader: Reader): Value {
  if (typeof given === 'number') return { raw: given, text: String(given) };
  if (typeof given === 'boolean') return { raw: given, text: given ? 'yes' : '' };
  if (typeof given !== 'string' || given === '') return nothing;
  const raw = cleaned(given);
  if (type === 'url' && !/^https?:\/\/[^\s"'<>]+$/i.test(raw)) return nothing;
  return { raw, text: type === 'time' ? formatTime(raw, reader, 'medium') : raw };
}

/** A converted amount: written with the minor digits of its currency, compared exactly. */
function approximateOf(given: unknown, rounding: Rounding, variables: MailVariables): Value {
  if (typeof given !== 'string' || !isMoney(given)) return nothing;
  const other = String(lookUp(variables, rounding.beside) ?? '');
  const currency = String(lookUp(variables, rounding.currency) ?? '');
  const text = formatMoneyFor(roundBeside(moneyOf(given), isMoney(other) ? moneyOf(other) : 0n, currency), currency);
  return { raw: given, text };
}

/** No control characters but line breaks and tabs, no marks that turn the reading direction around, no endless text. */
function cleaned(text: string): string {
  const plain = text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g, '');
  return shorten(plain, maxTextLength);
}

/** At most `length` characters, the last one an ellipsis where some are cut off; no half of a surrogate pair. */
export function shorten(text: string, length: number, ending = '…'): string {
  if (text.length <= length) return text;
  const characters = Array.from(text);
  if (characters.length <= length) return text;
  return (
    characters
      .slice(0, Math.max(0, length - Array.from(ending).length))
      .join('')
      .trimEnd() + ending
  );
}

/** Nothing, `false`, zero and an amount that is zero are false. */
export function isTrue({ raw }: Value): boolean {
  if (typeof raw === 'string' && isMoney(raw)) return moneyOf(raw) !== 0n;
  return Boolean(raw);
}

/**
 * Amounts and numbers exactly, by size; two other texts as text. Negative, zero or positive, as `Array.sort` has it;
 * NaN where one is empty or no amount and the other is: neither is then equal, lower or higher, so a missing balance is
 * not low and 75% is not above 50.
 */
export function compareValues(left: Value, right: Value): number {
  const a = comparable(left);
  const b = comparable(right);
  if (a === '' || b === '') return a === b ? 0 : NaN;
  if (isMoney(a) !== isMoney(b)) return NaN;
  if (isMoney(a)) return Number(moneyOf(a) > moneyOf(b)) - Number(moneyOf(a) < moneyOf(b));
  return Number(a > b) - Number(a < b);
}

function comparable({ raw }: Value): string {
  return raw === null ? '' : String(raw);
}

export const timeStyles = ['short', 'medium', 'long', 'date', 'time', 'iso'] as const;
export type TimeStyle = (typeof timeStyles)[number];

const day = { day: 'numeric', month: 'short', year: 'numeric' } as const;
const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const timeOptions: Readonly<Record<Exclude<TimeStyle, 'iso'>, Intl.DateTimeFormatOptions>> = {
  short: { day: '2-digit', month: '2-digit', year: 'numeric', ...time },
  medium: { ...day, ...time, timeZoneName: 'short' },
  long: { weekday: 'long', ...day, month: 'long', ...time, timeZoneName: 'long' },
  date: day,
  time: { ...time, timeZoneName: 'short' },
};

const instantPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/** An RFC 3339 instant in the reader's language and zone; anything else unchanged. */
export function formatTime(text: string, reader: Reader, style: TimeStyle): string {
  if (!instantPattern.test(text)) return text;
  const instant = new Date(text);
  if (Number.isNaN(instant.getTime())) return text;
  if (style === 'iso') return instant.toISOString().replace(/\.000Z$/, 'Z');
  return timeFormat(reader, style).format(instant);
}

const timeFormats = new Map<string, Intl.DateTimeFormat>();

/** Making one takes longer than rendering an email. */
function timeFormat(reader: Reader, style: Exclude<TimeStyle, 'iso'>): Intl.DateTimeFormat {
  const key = `${reader.locale} ${reader.timeZone} ${style}`;
  let format = timeFormats.get(key);
  if (!format) {
    if (timeFormats.size > 500) timeFormats.clear();
    format = new Intl.DateTimeFormat(dayFirst(reader.locale), {
      ...timeOptions[style],
      timeZone: knownZone(reader.timeZone),
    });
    timeFormats.set(key, format);
  }
  return format;
}

/** "12 May 2026" is read alike everywhere; "5/12/2026" is not. */
function dayFirst(locale: string): string {
  return locale === 'en' ? 'en-GB' : knownLocale(locale);
}

/** A locale that is not one (it may come from an import) must not cost the email. */
export function knownLocale(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale.replaceAll('_', '-'))[0] ?? 'en';
  } catch {
    return 'en';
  }
}

function knownZone(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}

/**
 * Digits grouped as the reader's language does. The decimals are unchanged: variables have those of their currency, and no
 * amount is rounded. Anything but an amount is unchanged.
 */
export function formatAmount(text: string, reader: Reader): string {
  if (!isDecimal(text)) return text;
  const { length } = text.split('.')[1] ?? '';
  return new Intl.NumberFormat(knownLocale(reader.locale), {
    minimumFractionDigits: length,
    maximumFractionDigits: length,
    signDisplay: 'negative',
  }).format(text);
}

function isDecimal(text: string): text is `${number}` {
  return isMoney(text);
}
