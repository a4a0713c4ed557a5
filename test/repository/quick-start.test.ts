import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { clients } from '../../local-stack/src/demo/clients.js';
import { operatorName } from '../../local-stack/src/demo/data.js';
import { printReady } from '../../local-stack/src/start/summary.js';
import { loadConfig } from '../../src/config.js';
import { searchAttributes } from '../../src/contract/search-attributes.js';
import { readScenario } from '../../src/simulate/read-scenario.js';
import { domainEngine, simulate } from '../../src/simulate/simulate.js';
import { readMigrations } from '../../src/storage/system/migrate.js';

const root = path.join(__dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

const readme = read('README.md');
const quickStart = read('docs/quick-start.md');
const pages = ['README.md', ...readdirSync(path.join(root, 'docs')).map((name) => `docs/${name}`)].filter((name) =>
  name.endsWith('.md'),
);
const { version, engines } = JSON.parse(read('package.json')) as { version: string; engines: { node: string } };
const settings = loadConfig({});

/** What `npm start` prints when it is ready, as far as both pages show it. */
function printedAddresses(dataDir: string): string {
  let printed = '';
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((printed += String(text))));
  try {
    printReady(
      {
        api: `http://127.0.0.1:${settings.API_PORT}`,
        docs: `http://127.0.0.1:${settings.API_PORT}/docs`,
        mailbox: 'http://127.0.0.1:8025/?token=...',
        mailboxApi: null,
        mailboxToken: null,
        smtp: 'smtp://127.0.0.1:1025',
        temporal: '127.0.0.1:7233',
        temporalUi: 'http://127.0.0.1:8233',
        database: 'postgres://lowwater:...@127.0.0.1:54329/lowwater',
        apiKey: 'lw_live_...',
        login: { email: 'admin@company-name.example', password: 'k3vh-8wqm-t2xd-5pzr' },
      },
      { json: false, dataDir, note: '' },
    );
  } finally {
    write.mockRestore();
  }
  return printed.slice(0, printed.indexOf(dataDir) + dataDir.length).trim();
}

describe('the versions and numbers that the documents name', () => {
  test.each(pages)('%s names the oldest Node that package.json allows', (page) => {
    const named = [...read(page).matchAll(/Node (\d+\.\d+)/g)].map(([, text]) => `>=${text}`);
    expect(named.filter((text) => text !== engines.node)).toEqual([]);
  });

  test('README and quick start name the oldest Node', () => {
    expect(readme).toContain(`Node ${engines.node.slice(2)} or newer`);
    expect(quickStart).toContain(`Node ${engines.node.slice(2)} or newer`);
  });

  test('the newest entry of the changelog is the version in package.json', () => {
    expect(/^## \[?(?:Unreleased\] )?(\d+\.\d+\.\d+)/m.exec(read('CHANGELOG.md'))?.[1]).toBe(version);
  });

  test('the quick start shows the schema of this version', () => {
    const migrations = readMigrations();
    const newest = migrations.at(-1)?.version;
    const steps = migrations.length === 1 ? '1 step' : `${migrations.length} steps`;
    expect(quickStart).toContain(`  Schema             version ${newest}, ${steps} applied (`);
    expect(quickStart).toContain(`ok    Schema                       version ${newest}\n`);
  });

  test('the quick start counts the search attributes and the demo clients', () => {
    expect(quickStart).toContain(`default, ${searchAttributes.length} search attributes registered (`);
    expect(quickStart).toContain(`  Demo data          ${clients.length} clients with four weeks of history (`);
    expect(quickStart).toContain(`"resellerName":"${operatorName}"`);
  });

  test('the quick start shows the default ports of the API and the worker', () => {
    expect(quickStart).toContain(`  API                http://127.0.0.1:${settings.API_PORT} (`);
    expect(quickStart).toContain(`  Worker             http://127.0.0.1:${settings.WORKER_OPS_PORT} (`);
  });
});

describe('the output that the documents show', () => {
  test('is what `npm start` prints', () => {
    expect(readme).toContain(printedAddresses('.lowwater'));
    expect(quickStart).toContain(printedAddresses('/home/you/lowwater/.lowwater'));
  });

  test('is what `npm run simulate` prints', async () => {
    const file = 'test/scenarios/01-default-profile.json';
    const scenario = readScenario(path.join(root, file));
    const { ok, notifications } = await simulate(scenario, domainEngine);
    expect(ok).toBe(true);
    expect(quickStart).toContain(`  ✓ ${file}  ${scenario.name} (${notifications.length} notifications)\n`);
  });
});

test('labels that the quick start names are labels of the page', () => {
  const folder = path.join(root, 'web/src/i18n/en');
  const dictionary = readdirSync(folder)
    .map((name) => readFileSync(path.join(folder, name), 'utf8'))
    .join('\n');
  const named = [...quickStart.matchAll(/\*\*([^*]+)\*\*/g)].map(([, label]) => String(label));
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((label) => !dictionary.includes(`: '${label}',`))).toEqual([]);
});

test('every picture is shown on a page and has less than 200 kB', () => {
  const shown = new Set(
    pages.flatMap((page) =>
      [...read(page).matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(([, file]) =>
        path.join(path.dirname(page), String(file)),
      ),
    ),
  );
  const pictures = readdirSync(path.join(root, 'docs/images')).map((name) => path.join('docs/images', name));
  expect([...shown].sort()).toEqual(pictures.sort());
  expect(pictures.filter((file) => statSync(path.join(root, file)).size >= 200_000)).toEqual([]);
  expect(readme).toContain('](docs/images/');
});
