import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker, type ReplayHistoriesIterable } from '@temporalio/worker';
import * as workflows from '../../src/workflows/index.js';

/**
 * What ran yesterday must replay today: recorded histories of every workflow, run through the workflows of now. Until
 * 0.1.0 is released they are recorded again with each change of commands or names (scripts/record-histories.mjs); from
 * then on a history is never edited, and a change of commands comes with a patch (docs/versioning.md).
 */

Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { filter: { core: 'ERROR', other: 'ERROR' }, forward: {} } },
});

const root = path.join(__dirname, '../..');
const folder = path.join(__dirname, 'histories');
const files = readdirSync(folder).filter((file) => file.endsWith('.json'));

interface EventJson {
  readonly workflowExecutionStartedEventAttributes?: { readonly workflowType: { readonly name: string } };
}

function contentOf(file: string): { readonly events: readonly EventJson[] } {
  return JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
}

function typeOf(file: string): string | undefined {
  return contentOf(file).events[0]?.workflowExecutionStartedEventAttributes?.workflowType.name;
}

async function* histories(only: (file: string) => boolean = () => true): ReplayHistoriesIterable {
  for (const file of files.filter(only)) {
    yield { workflowId: file, history: historyFromJSON(contentOf(file)) };
  }
}

/** The cases that must exist, whatever else is recorded. */
const requiredCases = [
  'steady-first-run',
  'steady-continued-run',
  'change-and-refill',
  'silence-ends',
  'own-rules',
  'temporary-credits',
  'requests',
  'failed-delivery',
  'cancelled-delivery',
  'deleted-client',
  'restored-run',
  'observe-failed',
  'observe-timed-out',
  'check-timed-out',
  'publish-failed',
  'publish-timed-out',
  'reconcile',
  'retain',
  'dailyDigests',
  'controlBalanceThresholds',
  'resend',
  'credit-request-approved',
  'credit-request-expired',
  'card-payment',
  'rate-notification',
  'job',
  'job-first-run',
  'job-continued-run',
];

const timeouts = ['observe-timed-out', 'check-timed-out', 'publish-timed-out'];

function caseOf(file: string): string {
  return file.slice(0, file.indexOf('.'));
}

/** The errors by file; a history that replays has none. */
async function replay(workflowsPath: string, only?: (file: string) => boolean): Promise<Map<string, string>> {
  const logger = new DefaultLogger('ERROR');
  const workflowBundle = await bundleWorkflowCode({ workflowsPath, logger });
  const faults = new Map<string, string>();
  for await (const result of Worker.runReplayHistories({ workflowBundle, replayName: 'frozen' }, histories(only))) {
    if (result.error) faults.set(result.workflowId, result.error.name);
  }
  return faults;
}

test('every history replays on the workflows of today', async () => {
  expect(files.length).toBeGreaterThan(0);
  expect(await replay(require.resolve('../../src/workflows/index.ts'))).toEqual(new Map());
}, 120_000);

test('every case that must exist is recorded', () => {
  expect(requiredCases.filter((name) => !files.some((file) => caseOf(file) === name))).toEqual([]);
});

test('the histories of time-outs hold a local activity that timed out', () => {
  for (const name of timeouts) {
    const text = readFileSync(path.join(folder, files.find((file) => caseOf(file) === name) ?? name), 'utf8');
    expect(text).toContain('timeoutFailureInfo');
  }
});

test('every workflow has a history', () => {
  const recorded = new Set(files.map(typeOf));
  expect(Object.keys(workflows).filter((type) => !recorded.has(type))).toEqual([]);
});

test.each(['monitor', 'job'])(
  'a broken twin of the workflow %s fails',
  async (type) => {
    const ofType = files.filter((file) => typeOf(file) === type);
    const faults = await replay(require.resolve('./broken-twin/index.ts'), (file) => ofType.includes(file));
    expect([...faults.keys()].sort()).toEqual([...ofType].sort());
    expect(new Set(faults.values())).toEqual(new Set(['DeterminismViolationError']));
  },
  120_000,
);

/** The workflows with one line changed: only the classes in which a local activity fails live count as failures. */
function narrowTwin(): string {
  const cache = path.join(root, '.cache');
  mkdirSync(cache, { recursive: true });
  const twin = mkdtempSync(path.join(cache, 'narrow-twin-'));
  for (const part of ['workflows', 'contract', 'domain']) {
    cpSync(path.join(root, 'src', part), path.join(twin, part), { recursive: true });
  }
  const file = path.join(twin, 'workflows/failures.ts');
  const source = readFileSync(file, 'utf8');
  const wide = 'error instanceof TemporalFailure';
  expect(source.split(wide)).toHaveLength(2);
  const narrow = '(error instanceof ActivityFailure || error instanceof ApplicationFailure)';
  writeFileSync(file, source.replace(`!(${wide})`, `!${narrow}`));
  return twin;
}

test('a twin that tells failures of local activities apart by their class fails on every time-out', async () => {
  const twin = narrowTwin();
  try {
    const isTimeout = (file: string): boolean => timeouts.includes(caseOf(file));
    const faults = await replay(path.join(twin, 'workflows/index.ts'), isTimeout);
    expect([...faults.keys()].map(caseOf).sort()).toEqual([...timeouts].sort());
  } finally {
    rmSync(twin, { recursive: true, force: true });
  }
}, 120_000);

test('no history holds an email address', () => {
  for (const file of files) {
    const text = readFileSync(path.join(folder, file), 'utf8');
    const payloads = [...text.matchAll(/"data":\s*"([A-Za-z0-9+/=]+)"/g)].map(([, data]) =>
      Buffer.from(data ?? '', 'base64').toString(),
    );
    expect(payloads.filter((payload) => /[^\s"@]+@[^\s"@]+\.[a-z]/i.test(payload))).toEqual([]);
  }
});
