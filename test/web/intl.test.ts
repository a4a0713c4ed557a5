import {
  browserZone,
  dateTimeFormat,
  displayNames,
  firstWeekday,
  listFormat,
  numberFormat,
  pluralRules,
  relativeTimeFormat,
  supportedValues,
  usableTag,
  usableZone,
} from '../../web/src/i18n/intl';

const oddTags = ['en-US@posix', 'en_US.UTF-8', '', '-', 'a'.repeat(40), 'x'.repeat(9) + '-US', 'C', '🙂', '<b>'];
const oddZones = ['', 'Etc/Unknown', 'Kyiv', 'UTC+25', '🙂', 'a'.repeat(200)];

describe('a language tag', () => {
  it.each([
    ['en-US', 'en-US'],
    ['en-US@posix', 'en-US'],
    ['en_GB.UTF-8', 'en-GB'],
    [' uk ', 'uk'],
    ['EN-us', 'en-US'],
    // Digits and calendars are the page's own.
    ['en-US-u-nu-arab-ca-buddhist', 'en-US'],
  ])('%p is used as %p', (tag, usable) => expect(usableTag(tag)).toBe(usable));

  it.each(['', '-', 'a'.repeat(40), '🙂', undefined, null, 7, 'C'])('%p is passed over', (tag) =>
    expect(usableTag(tag)).toBeNull(),
  );
});

describe('a time zone', () => {
  it.each(['Europe/Kyiv', 'UTC', 'America/New_York'])('%s stays', (zone) => expect(usableZone(zone)).toBe(zone));
  it.each([...oddZones, undefined, null])('%p becomes UTC', (zone) => expect(usableZone(zone)).toBe('UTC'));

  it('that this browser knows under its earlier name is used under that name', () => {
    const { DateTimeFormat } = Intl;
    const old = jest.spyOn(Intl, 'DateTimeFormat').mockImplementation(((
      tag?: string,
      options?: Intl.DateTimeFormatOptions,
    ) => {
      if (options?.timeZone === 'Europe/Kyiv') throw new RangeError('Invalid time zone specified: Europe/Kyiv');
      return new DateTimeFormat(tag, options);
    }) as typeof Intl.DateTimeFormat);
    expect(usableZone('Europe/Kyiv')).toBe('Europe/Kiev');
    old.mockRestore();
  });

  it('of the machine may be missing', () => {
    const none = jest
      .spyOn(Intl.DateTimeFormat.prototype, 'resolvedOptions')
      .mockReturnValue({} as Intl.ResolvedDateTimeFormatOptions);
    expect(browserZone()).toBe('UTC');
    none.mockRestore();
  });
});

describe.each(oddTags)('with the language tag %p', (tag) => {
  it('numbers, dates, plurals, lists, and names are written', () => {
    expect(numberFormat(tag, { minimumFractionDigits: 2 }).format(1234.5)).toBe('1,234.50');
    expect(dateTimeFormat(tag, { dateStyle: 'medium', timeZone: 'UTC' }).format(0)).toMatch(/1970/);
    expect(relativeTimeFormat(tag, { numeric: 'always' }).format(2, 'day')).toBe('in 2 days');
    expect(pluralRules(tag).select(1)).toBe('one');
    expect(listFormat(tag, { type: 'unit' }).format(['a', 'b'])).toBe('a, b');
    expect(displayNames(tag, { type: 'currency' }).of('USD')).toBe('US Dollar');
    expect(firstWeekday(tag)).toBeLessThan(7);
  });
});

test.each(oddZones)('a time in the zone %p is written in UTC', (timeZone) => {
  expect(dateTimeFormat('en-US', { timeZone, timeStyle: 'short' }).format(0)).toMatch(/^12:00\sAM$/);
  expect(dateTimeFormat('en-US', { timeZone, hour: 'numeric', timeZoneName: 'short' }).format(0)).toContain('UTC');
});

test('an option that contradicts another is a defect, and not hidden', () => {
  const options = { timeStyle: 'short', timeZoneName: 'short' } as const;
  expect(() => dateTimeFormat('en-US', options)).toThrow(TypeError);
});

test('a code that Intl does not know is shown as it is', () => {
  expect(displayNames('en', { type: 'currency' }).of('not a currency')).toBe('not a currency');
  expect(displayNames('en', { type: 'language' }).of('en-US@posix')).toBe('en-US@posix');
  expect(numberFormat('en', { style: 'currency', currency: 'x' }).format(1)).toBe('1');
});

test('a browser that lists no currencies offers none, instead of an error', () => {
  const old = jest.spyOn(Intl, 'supportedValuesOf').mockImplementation(() => {
    throw new RangeError('Invalid key');
  });
  expect(supportedValues('currency')).toEqual([]);
  old.mockRestore();
});
