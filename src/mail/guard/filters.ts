import { assertNever } from '../../domain/errors.js';
import { formatMoney, isMoney, moneyOf } from '../../domain/money.js';
import { fault, type Fault } from './faults.js';
import { formatAmount, formatTime, shorten, timeStyles, type Reader, type TimeStyle, type Value } from './values.js';

/** What may be an argument of a filter, or in a comparison. */
export type Literal = string | number | boolean | null;

export function isLiteral(value: unknown): value is Literal {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

/** A filter as an editor lists it. */
interface FilterSpec {
  readonly name: FilterName;
  /** `truncate(40)` */
  readonly usage: string;
  readonly description: string;
}

export const filterNames = [
  'upper',
  'lower',
  'trim',
  'default',
  'truncate',
  'round',
  'money',
  'date',
  'escape',
  'nl2br',
] as const;
export type FilterName = (typeof filterNames)[number];

export function isFilterName(text: string): text is FilterName {
  return (filterNames as readonly string[]).includes(text);
}

/** All filters a template may use. */
export const filterSpecs: readonly FilterSpec[] = [
  { name: 'upper', usage: 'upper', description: 'In upper case' },
  { name: 'lower', usage: 'lower', description: 'In lower case' },
  { name: 'trim', usage: 'trim', description: 'Without spaces at both ends' },
  { name: 'default', usage: "default('n/a')", description: 'Replaces an empty value' },
  { name: 'truncate', usage: 'truncate(40)', description: 'Up to this many characters, the last one an ellipsis' },
  {
    name: 'round',
    usage: 'round(2)',
    description: 'An amount with this many decimals (0 to 6), rounded half away from zero',
  },
  {
    name: 'money',
    usage: 'money',
    description: "An amount with its digits grouped as in the reader's language: 1,234.50",
  },
  { name: 'date', usage: "date('long')", description: `A time written as ${timeStyles.join(', ')}` },
  { name: 'escape', usage: 'escape', description: 'Changes nothing: values in HTML are always escaped' },
  { name: 'nl2br', usage: 'nl2br', description: 'Line breaks of the value become line breaks in HTML' },
];

/** Why the arguments do not fit the filter, or null. All arguments are constants, so this is known at save. */
export function filterArgumentError(name: FilterName, args: readonly Literal[]): Fault | null {
  switch (name) {
    case 'default':
      return args.length === 1 && (typeof args[0] === 'string' || typeof args[0] === 'number')
        ? null
        : fault('filter_default');
    case 'truncate':
      return args.length === 1 && isWhole(args[0], 1, 10_000) ? null : fault('filter_truncate');
    case 'round':
      return args.length === 0 || (args.length === 1 && isWhole(args[0], 0, 6)) ? null : fault('filter_round');
    case 'date':
      return args.length === 0 || (args.length === 1 && isTimeStyle(args[0]))
        ? null
        : fault('filter_date', { names: `'${timeStyles.join("', '")}'` });
    case 'upper':
    case 'lower':
    case 'trim':
    case 'money':
    case 'escape':
    case 'nl2br':
      return args.length === 0 ? null : fault('filter_none', { name });
    default:
      return assertNever(name);
  }
}

/** Applies a filter whose arguments were found right by `filterArgumentError`. */
export function applyFilter(name: FilterName, value: Value, args: readonly Literal[], reader: Reader): Value {
  const [first] = args;
  switch (name) {
    case 'upper':
      return changed(value, value.text.toUpperCase());
    case 'lower':
      return changed(value, value.text.toLowerCase());
    case 'trim':
      return changed(value, value.text.trim());
    case 'default':
      return value.text === '' ? { raw: first ?? '', text: String(first ?? '') } : value;
    case 'truncate':
      return changed(value, shorten(value.text, Number(first)));
    case 'round':
      return rounded(value, first === undefined ? 2 : Number(first));
    case 'money':
      return { ...value, text: formatAmount(value.text, reader) };
    case 'date':
      return { ...value, text: formatTime(String(value.raw ?? ''), reader, isTimeStyle(first) ? first : 'medium') };
    case 'nl2br':
      return { ...value, breaks: true };
    case 'escape':
      return value;
    default:
      return assertNever(name);
  }
}

/** Upper case and the like make a text of whatever it was; an amount is still compared as an amount. */
function changed(value: Value, text: string): Value {
  return { ...value, raw: text, text };
}

function rounded(value: Value, decimals: number): Value {
  const text = String(value.raw ?? '');
  if (!isMoney(text)) return value;
  const unit = 10n ** BigInt(6 - decimals);
  const micros = moneyOf(text);
  const half = micros < 0n ? -unit / 2n : unit / 2n;
  const exact = formatMoney(((micros + half) / unit) * unit);
  const [whole = '0', fraction = ''] = exact.split('.');
  return changed(value, decimals === 0 ? whole : `${whole}.${fraction.padEnd(decimals, '0').slice(0, decimals)}`);
}

function isWhole(literal: Literal | undefined, least: number, most: number): boolean {
  return typeof literal === 'number' && Number.isInteger(literal) && literal >= least && literal <= most;
}

function isTimeStyle(literal: Literal | undefined): literal is TimeStyle {
  return (timeStyles as readonly unknown[]).includes(literal);
}
