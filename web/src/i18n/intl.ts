/**
 * All of Intl that the page uses. What a browser, a profile, or an address calls a language or a time zone may be anything
 * (`en-US@posix`, a zone that this browser does not know), and Intl throws on what it does not know: a page that formats a
 * number must not end with it. Lint refuses Intl elsewhere. The formatters are kept: to make one costs more than to use it a
 * thousand times.
 */

type Locale = string | undefined;
const lastResort = 'en';

/** What Intl accepts of a language tag, without its extensions (calendars, digits); null: nothing. */
export function usableTag(tag: unknown): string | null {
  if (typeof tag !== 'string') return null;
  // POSIX writes `en_US.UTF-8@posix`.
  const plain = tag
    .trim()
    .replace(/[.@].*$/, '')
    .replaceAll('_', '-');
  return orNull(() =>
    Intl.NumberFormat.supportedLocalesOf(plain).length > 0 ? new Intl.Locale(plain).baseName : null,
  );
}

/** The zone as this browser knows it: under its own name, under an earlier one, or else UTC. */
export function usableZone(zone: unknown): string {
  if (typeof zone !== 'string' || zone === '') return 'UTC';
  const earlier = Object.entries(renamedZones).find(([, present]) => present === zone)?.[0];
  return [zone, earlier].find((name) => name !== undefined && isKnownZone(name)) ?? 'UTC';
}

/** Browsers keep the names that places had when they were first listed; the service knows both. */
export function presentZone(zone: string): string {
  return renamedZones[zone] ?? zone;
}

/** The zone that the machine is set to. */
export function browserZone(): string {
  return presentZone(usableZone(orNull(() => new Intl.DateTimeFormat().resolvedOptions().timeZone)));
}

export function numberFormat(locale: Locale, options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  return keep('number', locale, options, (tag, asked) => new Intl.NumberFormat(tag, asked), {});
}

export function dateTimeFormat(locale: Locale, options: Intl.DateTimeFormatOptions = {}): Intl.DateTimeFormat {
  const { timeZone } = options;
  const safe = timeZone === undefined ? options : { ...options, timeZone: usableZone(timeZone) };
  return keep('date', locale, safe, (tag, asked) => new Intl.DateTimeFormat(tag, asked), { timeZone: 'UTC' });
}

export function relativeTimeFormat(
  locale: Locale,
  options: Intl.RelativeTimeFormatOptions = {},
): Intl.RelativeTimeFormat {
  return keep('relative', locale, options, (tag, asked) => new Intl.RelativeTimeFormat(tag, asked), {});
}

export function listFormat(locale: Locale, options: Intl.ListFormatOptions = {}): Intl.ListFormat {
  return keep('list', locale, options, (tag, asked) => new Intl.ListFormat(tag, asked), {});
}

export function pluralRules(locale: Locale): Intl.PluralRules {
  return keep('plural', locale, {}, (tag) => new Intl.PluralRules(tag), {});
}

/** Names of languages and currencies; of one that Intl does not know, its code. */
export function displayNames(
  locale: Locale,
  options: Intl.DisplayNamesOptions,
): { readonly of: (code: string) => string } {
  const names = keep('names', locale, options, (tag, asked) => new Intl.DisplayNames(tag, asked), options);
  return { of: (code) => orNull(() => names.of(code)) ?? code };
}

/** All currencies or zones of this browser; older ones list none. */
export function supportedValues(key: 'currency' | 'timeZone'): readonly string[] {
  return orNull(() => Intl.supportedValuesOf(key)) ?? [];
}

/** The first day of the week where the language is spoken, 0 is Sunday. */
export function firstWeekday(locale: string): number {
  const first = orNull(() => {
    const known: Intl.Locale & { getWeekInfo?: () => { firstDay: number } } = new Intl.Locale(locale);
    return known.getWeekInfo?.().firstDay;
  });
  return (first ?? 1) % 7;
}

const kept = new Map<string, unknown>();

/** As asked for; if Intl refuses it, in a language that it knows; if it refuses that too, the plainest there is. */
function keep<Options extends object, Format>(
  kind: string,
  locale: Locale,
  options: Options,
  make: (tag: Locale, options: Options) => Format,
  plain: Options,
): Format {
  const key = `${kind} ${locale ?? ''} ${JSON.stringify(options)}`;
  const known = kept.get(key);
  if (known !== undefined) return known as Format;
  const made =
    orNull(() => make(locale, options)) ??
    orNull(() => make(usableTag(locale) ?? lastResort, options)) ??
    make(lastResort, plain);
  kept.set(key, made);
  return made;
}

/** Null where Intl does not know the value; any other failure is a defect and is thrown. */
function orNull<T>(ask: () => T): NonNullable<T> | null {
  try {
    return ask() ?? null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const isKnownZone = (zone: string): boolean => orNull(() => new Intl.DateTimeFormat('en', { timeZone: zone })) !== null;

const renamedZones: Readonly<Record<string, string>> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Godthab': 'America/Nuuk',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
};
