import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker, type ReplayHistoriesIterable } from '@temporalio/worker';
import * as workflows from '../../src/workflows/index.js';

/**
 * What ran yesterday must replay today: histories of every workflow, frozen when their version was released, run
 * through the workflows of now. A history is never edited; a change of commands comes with a patch and new histories
 * (docs/versioning.md).
 */

Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { filter: { core: 'ERROR', other: 'ERROR' }, forward: {} } },
});

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

/** The faults by file; a history that replays has none. */
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

test('every workflow has a history', () => {
  const recorded = new Set(files.map(typeOf));
  expect(Object.keys(workflows).filter((type) => !recorded.has(type))).toEqual([]);
});

test('a broken twin of the monitor fails', async () => {
  const ofMonitors = files.filter((file) => typeOf(file) === 'monitor');
  const faults = await replay(require.resolve('./broken-twin/index.ts'), (file) => ofMonitors.includes(file));
  expect([...faults.keys()].sort()).toEqual([...ofMonitors].sort());
  expect(new Set(faults.values())).toEqual(new Set(['DeterminismViolationError']));
}, 120_000);

test('no history holds an e-mail address', () => {
  for (const file of files) {
    const text = readFileSync(path.join(folder, file), 'utf8');
    const payloads = [...text.matchAll(/"data":\s*"([A-Za-z0-9+/=]+)"/g)].map(([, data]) =>
      Buffer.from(data ?? '', 'base64').toString(),
    );
    expect(payloads.filter((payload) => /[^\s"@]+@[^\s"@]+\.[a-z]/i.test(payload))).toEqual([]);
  }
});
