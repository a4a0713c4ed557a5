/** @jest-environment ./test/web/support/page-environment.cjs */
import './support/browser';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { outerPages } from '../../web/src/app/outer-pages';
import { pageAt } from '../../web/src/app/page-at';
import { pages } from '../../web/src/app/pages';

/** What shows before the page is there: the script of the document, as vite.config.ts puts it in. */

const script = readFileSync(path.resolve(__dirname, '../../web/src/document/document.js'), 'utf8');
const texts = {
  en: {
    headings: { overview: 'Overview', clients: 'Clients' },
    loading: 'Loading',
    failed: 'Failed',
    failedText: 'Why',
    reload: 'Reload',
  },
  uk: {
    headings: { clients: 'Клієнти' },
    loading: 'Завантаження',
    failed: 'Ні',
    failedText: 'Чому',
    reload: 'Оновити',
  },
};

let asked: string[];

function run(
  address: string,
  { saved = {}, languages = ['en-US'] }: { saved?: Record<string, string>; languages?: unknown } = {},
): HTMLElement {
  asked = [];
  document.documentElement.className = '';
  document.body.innerHTML =
    '<div id="root"><div class="sk" data-skeleton><div class="sk-main"><h1></h1></div></div></div>';
  history.replaceState(null, '', address);
  localStorage.clear();
  for (const [key, value] of Object.entries(saved)) localStorage.setItem(key, value);
  Object.defineProperty(navigator, 'languages', { value: languages, configurable: true });
  Object.assign(window, {
    fetch: async (read: string) => {
      asked.push(read);
      throw new TypeError('offline');
    },
  });
  // As the browser does with a script of the document.
  new Function(script.replace('(TEXTS)', `(${JSON.stringify(texts)})`))();
  return document.documentElement;
}

const heading = (): string => document.querySelector('h1')?.textContent ?? '';

test.each([
  ['/clients', 'Clients'],
  ['/', 'Overview'],
  ['/clients/7', ''],
  ['/constructor', ''],
  ['/login', ''],
])('%s has the heading %p', (address, text) => {
  run(address);
  expect(heading()).toBe(text);
});

test.each([
  [['uk-UA'], {}, 'Клієнти'],
  [['en-US@posix'], {}, 'Clients'],
  [undefined, {}, 'Clients'],
  [[''], {}, 'Clients'],
  [['uk'], { 'lowwater.language': 'en' }, 'Clients'],
  [['xx'], { 'lowwater.language': '__proto__' }, 'Clients'],
])('languages %j and saved settings %j: %s', (languages, saved, text) => {
  run('/clients', { languages, saved });
  expect(heading()).toBe(text);
});

test.each([
  ['dark', true],
  ['light', false],
  ['auto', false],
  ['{"a":', false],
])('the saved theme %p: dark is %p', (theme, isDark) => {
  const root = run('/clients', { saved: { 'mantine-color-scheme-value': theme } });
  expect(root.classList.contains('sk-dark')).toBe(isDark);
  expect(root.dataset['mantineColorScheme']).toBe(isDark ? 'dark' : 'light');
});

test('what is needed first is asked for at once; without a session only whether there is one', () => {
  run('/clients', { saved: { 'lowwater.session': 'begun' } });
  expect(asked).toEqual(['/v1/session', '/v1/meta']);
  run('/clients');
  expect(asked).toEqual(['/v1/session']);
});

test('a page that does not start says so, and only then', () => {
  run('/clients');
  window.lowwater?.fail(new Error('the chunk is gone'));
  expect(document.querySelector('[role=alert]')).not.toBeNull();
  expect(heading()).toBe('Failed');
  expect(document.body.textContent).toContain('the chunk is gone');

  run('/clients');
  (document.getElementById('root') as HTMLElement).innerHTML = '<h1>The page</h1>';
  window.lowwater?.fail('late');
  expect(heading()).toBe('The page');
});

test.each([...outerPages, ...pages].map(({ path: address }) => address))(
  'the code of %s is known by its address',
  (address) => {
    expect(pageAt(address.replace(/:\w+/g, '7'))?.path).toBe(address);
  },
);

test('an address that leads nowhere has no code', () => expect(pageAt('/nowhere')).toBeNull());
