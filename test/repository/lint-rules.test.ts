import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

interface Place {
  readonly file: string;
  readonly code: string;
}
interface Report {
  readonly rule: string | null;
  readonly message: string;
}

const root = path.join(__dirname, '../..');

/** What is reported of each place. */
function lint(places: readonly Place[]): Report[][] {
  const script = path.join(root, 'scripts/lib/lint-samples.mjs');
  return JSON.parse(
    execFileSync(process.execPath, [script], { input: JSON.stringify(places), encoding: 'utf8' }),
  ) as Report[][];
}

const domain = 'src/domain/sample.ts';
const contract = 'src/contract/sample.ts';
const workflow = 'src/workflows/sample.ts';
const storage = 'src/storage/sample.ts';
const api = 'src/api/sample.ts';
const operation = 'src/api/operations/events/sample.ts';
const service = 'src/services/events/sample.ts';
const page = 'web/src/pages/sample.ts';
const pageApi = 'web/src/api/sample.ts';

const env = 'export const url = process.env.URL;';
const random = 'export const share = Math.random();';
const now = 'export const at = Date.now();';
const newDate = 'export const at = new Date();';
const nodeModule = "import 'node:fs';";
const parse = "export const amount = parseFloat('1.5');";
const ask = "export const answer = fetch('/v1/meta');";
const intl = "export const text = new Intl.NumberFormat('en').format(1);";
const saved = "export const last = localStorage.getItem('x');";
const sql = 'export const rows = (sql: Sql): unknown => sql`select 1`;';
const tx = 'export const rows = (tx: Transaction): unknown => tx<Row[]>`select 1`;';
const q = 'export const rows = (q: Queries): unknown => q`select 1`;';
const member = 'export const rows = (context: Context): unknown => context.sql<Row[]>`select 1`;';
const end = 'export const end = (context: Context): unknown => context.sql.end();';

const ofContext = 'export const read = (context: Context): unknown => findEvent(context.sql);';
const ofScope = 'export const read = (scope: Scope): unknown => scope.read((q) => findEvent(q));';
const writing = 'export const write = (scope: Scope): unknown => scope.write((tx) => insertEvent(tx));';
const transaction = 'export const write = (sql: Sql): unknown => sql.begin((tx) => insertEvent(tx));';
const appending = 'export const write = (by: Requester): unknown => appendToLedger(by, (tx) => insertEvent(tx));';
const changing = 'export const write = (by: Requester): unknown => change(by, (tx) => insertEvent(tx));';

const properties = 'no-restricted-properties';
const syntax = 'no-restricted-syntax';
const globals = 'no-restricted-globals';
const imports = 'no-restricted-imports';

/** Code that a rule refuses in a file, and what is allowed instead: other code there, or the same code elsewhere. */
const samples: [file: string, code: string, rule: string, allowed: Place][] = [
  // Lists that another block has for the same files still apply.
  [domain, env, properties, { file: 'src/config.ts', code: env }],
  [domain, 'export const { env } = process;', properties, { file: domain, code: 'export const { env } = given;' }],
  [domain, random, properties, { file: api, code: random }],
  [domain, now, properties, { file: workflow, code: now }],
  [domain, newDate, syntax, { file: domain, code: 'export const at = new Date(0);' }],
  [domain, 'export const at = Date();', syntax, { file: domain, code: 'export const at = Date.UTC(2026, 0);' }],
  [domain, nodeModule, imports, { file: api, code: nodeModule }],
  [domain, q, syntax, { file: domain, code: 'export const words = `select 1`;' }],
  [contract, env, properties, { file: contract, code: newDate }],
  [contract, random, properties, { file: contract, code: 'export const share = Math.max(0, 1);' }],
  [contract, nodeModule, imports, { file: contract, code: "export { DomainError } from '../domain/errors.js';" }],
  [workflow, env, properties, { file: workflow, code: newDate }],
  [workflow, random, properties, { file: workflow, code: 'export const share = Math.max(0, 1);' }],
  [workflow, sql, syntax, { file: storage, code: sql }],
  [api, env, properties, { file: api, code: newDate }],
  [storage, env, properties, { file: storage, code: newDate }],
  [page, parse, globals, { file: page, code: "export const count = parseInt('1', 10);" }],
  [page, ask, globals, { file: pageApi, code: ask }],
  [page, intl, properties, { file: 'web/src/i18n/intl.ts', code: intl }],
  [
    page,
    'export const text = (1).toLocaleString();',
    properties,
    { file: page, code: 'export const text = String(1);' },
  ],
  [page, saved, properties, { file: 'web/src/i18n/saved.ts', code: saved }],
  [pageApi, intl, properties, { file: page, code: 'export type Options = Intl.NumberFormatOptions;' }],
  [pageApi, parse, globals, { file: pageApi, code: "export const count = parseInt('1', 10);" }],
  // SQL, by whatever name a connection goes.
  [api, sql, syntax, { file: storage, code: sql }],
  [api, tx, syntax, { file: storage, code: tx }],
  [api, q, syntax, { file: 'src/storage/events/sample.ts', code: q }],
  [api, member, syntax, { file: storage, code: member }],
  ['src/worker.ts', member, syntax, { file: 'src/worker.ts', code: end }],
  ['src/config.ts', sql, syntax, { file: 'src/balances/sql.ts', code: sql }],
  // Operations within the scope of their caller, services with an audit row.
  [operation, ofContext, syntax, { file: operation, code: ofScope }],
  [operation, writing, syntax, { file: operation, code: ofScope }],
  [service, writing, syntax, { file: service, code: changing }],
  [service, transaction, syntax, { file: storage, code: transaction }],
  ['local-stack/src/start/demo.ts', sql, syntax, { file: 'local-stack/src/servers/postgres.ts', code: sql }],
  ['local-stack/src/start/demo.ts', env, properties, { file: 'local-stack/src/start/demo.ts', code: newDate }],
  [service, appending, syntax, { file: 'src/services/ledger/sample.ts', code: appending }],
  ['src/services/ledger/sample.ts', writing, syntax, { file: 'src/services/ledger/sample.ts', code: changing }],
  ['src/balances/create.ts', sql, syntax, { file: 'test/api/sample.test.ts', code: sql }],
];

const refused = samples.map(([file, code]) => ({ file, code }));
const allowed = samples.map(([, , , place]) => place);
const reports = lint([...refused, ...allowed]);

test.each(samples.map(([file, code, rule], index) => ({ file, code, rule, index })))(
  '$file: $code is refused by $rule',
  ({ rule, index }) => {
    expect(reports[index]?.map((report) => report.rule)).toEqual([rule]);
  },
);

test.each(allowed.map(({ file, code }, index) => ({ file, code, index })))('$file: $code is allowed', ({ index }) => {
  expect(reports[samples.length + index]).toEqual([]);
});

describe('two files that use each other’s types', () => {
  const cruiser = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'lowwater-cycle-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** What the import rules refuse of two files, the second of which does or does not import the first. */
  function refused(config: string, source: string, second: string): string[] {
    mkdirSync(path.join(folder, source), { recursive: true });
    copyFileSync(path.join(root, 'tsconfig.json'), path.join(folder, 'tsconfig.json'));
    mkdirSync(path.join(folder, 'web'), { recursive: true });
    copyFileSync(path.join(root, 'web/tsconfig.json'), path.join(folder, 'web/tsconfig.json'));
    const first = "import type { Second } from './second.js';\nexport interface First { second: Second | null }\n";
    writeFileSync(path.join(folder, source, 'first.ts'), first);
    writeFileSync(path.join(folder, source, 'second.ts'), second);
    const args = [cruiser, path.dirname(source), '--config', path.join(root, config)];
    const { stdout } = spawnSync(process.execPath, [...args, '--output-type', 'json'], {
      cwd: folder,
      encoding: 'utf8',
    });
    const { summary } = JSON.parse(stdout) as { summary: { violations: { rule: { name: string } }[] } };
    return summary.violations.map(({ rule }) => rule.name);
  }

  test.each([
    ['.dependency-cruiser.cjs', 'src/domain'],
    ['.dependency-cruiser.web.cjs', 'web/src/i18n'],
  ])('are refused by %s', (config, source) => {
    const using = "import type { First } from './first.js';\nexport interface Second { first: First | null }\n";
    expect(refused(config, source, using)).toContain('no-circular');
    expect(refused(config, source, 'export interface Second { first: null }\n')).not.toContain('no-circular');
  });
});
