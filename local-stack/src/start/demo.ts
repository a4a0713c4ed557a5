import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Config } from '../../../src/config.js';
import { nullLogger } from '../../../src/observability/logger.js';
import { printStatus } from '../../../src/cli/terminal.js';
import { openDatabase, type Sql } from '../../../src/storage/system/database.js';
import { clients } from '../demo/clients.js';
import { followGateway, type DemoGateway } from '../demo/cards.js';
import { followChannels } from '../demo/channels.js';
import { seed } from '../demo/seed.js';
import type { Stack } from './stack.js';
import { supervise, type SupervisedOptions } from './supervised.js';

export { adminEmail as demoAdmin, operatorName as demoOperator } from '../demo/data.js';

type DemoOptions = {
  /** Whether demo data were asked for, or not asked to be left out. */
  wanted: boolean;
  child: Omit<SupervisedOptions, 'name' | 'program' | 'args'>;
};

type SeedingOptions = {
  wanted: boolean;
  dataDir: string;
  url: string;
  config: Config;
  /** null: no sandbox gateway runs */
  gateway: DemoGateway | null;
};

/** `complete`: this data folder has the demo data; `none`: it has none. */
export type DemoState = 'complete' | 'none' | 'other clients';

const marker = (dataDir: string): string => path.join(dataDir, 'demo-data');

/**
 * Writes the demo data at the first start, all of them or none. The data folder remembers them, and other data are never mixed
 * with them. May run while API and worker start, which see nothing of it before it is complete.
 */
export async function seedDemo(
  stack: Stack,
  { wanted, dataDir, url, config, gateway }: SeedingOptions,
): Promise<DemoState> {
  const file = marker(dataDir);
  const known = existsSync(file) ? readFileSync(file, 'utf8').trim() : 'none';
  if (known === 'complete') {
    if (gateway) await withOwner(url, (owner) => follow(owner, gateway, config.SECRET_KEY));
    return 'complete';
  }
  if (!wanted) return 'none';
  return stack.run<DemoState>('Demo data', async () => {
    writeFileSync(file, 'begun\n');
    const options = { config, logger: nullLogger, ...(gateway && { gateway }) };
    const added = await withOwner(url, (owner) => seed(owner, options));
    if (added === null && known !== 'begun') {
      rmSync(file);
      return { value: 'other clients', note: 'none, the database already has clients' };
    }
    writeFileSync(file, 'complete\n');
    // Without a number: a start that was killed has committed them, and could not note it any more.
    return { value: 'complete', note: `${added ?? clients.length} clients with four weeks of history` };
  });
}

/** What the demo data reach is at the addresses of this start. */
async function follow(owner: Sql, gateway: DemoGateway, secretKey: string | undefined): Promise<void> {
  await followGateway(owner, gateway);
  if (secretKey !== undefined) await followChannels(owner, secretKey, gateway);
}

async function withOwner<T>(url: string, work: (owner: Sql) => Promise<T>): Promise<T> {
  const owner = openDatabase(url, { max: 1, statementTimeoutMs: 0 });
  return work(owner).finally(() => owner.end({ timeout: 5 }));
}

const howToStartWithout = 'To start without demo data: npm start -- --empty --data-dir ANOTHER_FOLDER';

/**
 * Runs the demo traffic.
 *
 * @returns what to print about the demo data, for people
 */
export async function startDemo(stack: Stack, state: DemoState, options: DemoOptions): Promise<string> {
  const { wanted, child } = options;
  if (!wanted) {
    return state === 'none'
      ? 'No demo data. Create your first client on the web page, or with POST /v1/clients.'
      : 'The demo data of an earlier start is still there. No new demo charges are posted.';
  }
  if (state !== 'complete') return 'No demo data added: the database already has clients.';
  await stack.start('Demo traffic', () =>
    supervise({
      ...child,
      name: 'demo-traffic',
      program: path.join(__dirname, '../demo/traffic-process.js'),
      args: [child.dataDir],
      // Nothing else depends on it.
      onGivenUp: (error) => printStatus(error.message),
    }),
  );
  return (
    'This is demo data: the clients of an imaginary operator, with four weeks of history and small charges and payments\n' +
    'every few seconds.\n' +
    `Open the mailbox: Vendor C gets a low balance email within two minutes. ${howToStartWithout}`
  );
}
