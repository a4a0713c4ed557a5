import type * as LanguageModule from '../../web/src/i18n/language';
import type * as TextModule from '../../web/src/i18n/t';
import type * as ZoneModule from '../../web/src/i18n/zone';

/** The languages, zones, and saved settings that a browser brings, as the page starts with them. */

interface Browser {
  readonly languages?: unknown;
  readonly language?: unknown;
  readonly saved?: Record<string, string>;
  /** getItem and setItem throw, as with blocked cookies */
  readonly refuses?: boolean;
}

interface Started {
  readonly language: typeof LanguageModule;
  readonly zone: typeof ZoneModule;
  readonly t: typeof TextModule;
}

const real = { navigator: globalThis.navigator, localStorage: globalThis.localStorage };

function start({ languages, language, saved = {}, refuses = false }: Browser): Started {
  const refuse = (): never => {
    throw new Error('The operation is insecure.');
  };
  const storage = {
    getItem: (key: string) => (refuses ? refuse() : (saved[key] ?? null)),
    setItem: (key: string, value: string) => (refuses ? refuse() : void (saved[key] = value)),
  };
  define('navigator', { languages, language });
  define('localStorage', storage);
  define('location', { search: '' });
  let started: Started | undefined;
  jest.isolateModules(() => {
    started = {
      language: jest.requireActual('../../web/src/i18n/language'),
      zone: jest.requireActual('../../web/src/i18n/zone'),
      t: jest.requireActual('../../web/src/i18n/t'),
    };
  });
  return started as Started;
}

const define = (name: string, value: unknown): void =>
  void Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });

afterAll(() => {
  for (const [name, value] of Object.entries(real)) define(name, value);
  define('location', undefined);
});

test.each<[Browser, string, string]>([
  [{ languages: ['en-US@posix'] }, 'en', 'en-US'],
  [{ languages: ['uk-UA@posix', 'en'] }, 'uk', 'uk-UA'],
  [{ languages: [] }, 'en', 'en'],
  [{ languages: [''] }, 'en', 'en'],
  [{ languages: ['a'.repeat(40), 'en-GB'] }, 'en', 'en-GB'],
  [{ languages: undefined }, 'en', 'en'],
  [{ languages: undefined, language: 'uk' }, 'uk', 'uk'],
  [{ languages: 'uk' }, 'en', 'en'],
  [{ languages: [null, 7, 'en-AU'] }, 'en', 'en-AU'],
  [{ languages: ['de-DE'] }, 'en', 'en'],
])('a browser with %j starts in %s, and writes numbers as in %s', (browser, shown, locale) => {
  const { language, t } = start(browser);
  expect(language.language()).toBe(shown);
  expect(language.intlLocale()).toBe(locale);
  expect(t.t('list.selected', { n: 1 })).not.toBe('');
});

test.each(['xx', '', '{"lang":"en"}', '__proto__', 'en-US@posix'])('the saved language %p is passed over', (saved) => {
  expect(start({ languages: ['uk'], saved: { 'lowwater.language': saved } }).language.language()).toBe('uk');
});

test.each(['mars', '', '[]', 'constructor'])('the saved clock %p is passed over', (saved) => {
  const { zone } = start({ languages: ['en'], saved: { 'lowwater.zone': saved } });
  expect(zone.zoneOf('Europe/Kyiv')).toBe(zone.zoneOf());
});

test.each(['Etc/Unknown', '', 'UTC+25', 'Mars/Olympus'])(
  'the zone %p of a profile or a client is shown as UTC',
  (name) => {
    const { zone } = start({ languages: ['en'] });
    zone.setOwnZone(name);
    expect(zone.zoneOf()).toBe('UTC');
    zone.setZoneMode('client');
    expect(zone.zoneOf(name)).toBe('UTC');
    expect(zone.zoneOf('Europe/Kyiv')).toBe('Europe/Kyiv');
  },
);

test('a browser that saves nothing still changes language and clock', () => {
  const { language, zone } = start({ languages: ['en'], refuses: true });
  language.setLanguage('uk');
  expect(language.language()).toBe('uk');
  zone.setZoneMode('utc');
  expect(zone.zoneOf('Europe/Kyiv')).toBe('UTC');
});
