import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ApiClient } from '../demo/api-client.js';
import { clients as demoClients } from '../demo/data.js';
import { hasClients, seed } from '../demo/seed.js';
import { say } from '../../../src/cli/terminal.js';
import type { Stack } from './stack.js';
import { supervise, type SupervisedOptions } from './supervised.js';

export { adminEmail as demoAdmin, operatorName as demoOperator } from '../demo/data.js';

type DemoOptions = {
  /** http://host:port of the API, which is up */
  api: string;
  apiKey: string;
  /** Whether demo data were asked for, or not asked to be left out. */
  wanted: boolean;
  child: Omit<SupervisedOptions, 'name' | 'program' | 'args'>;
};

const howToStartWithout = 'To start without demo data: npm start -- --empty --data-dir ANOTHER_FOLDER';

/**
 * Brings the demo data at the first start and runs their traffic at every start. The data folder remembers them, so that
 * a seeding that was cut short is taken up again, and data of one's own are never mixed with them.
 *
 * @returns what to tell about it, for people
 */
export async function startDemo(stack: Stack, options: DemoOptions): Promise<string> {
  const { api, apiKey, wanted, child } = options;
  const marker = path.join(child.dataDir, 'demo-data');
  const state = existsSync(marker) ? readFileSync(marker, 'utf8').trim() : 'none';
  if (!wanted) {
    return state === 'none'
      ? 'No demo data. Create your first client on the web page, or with POST /v1/clients.'
      : 'The demo data of an earlier start is still there. No new demo charges are posted.';
  }
  const client = new ApiClient(api, apiKey);
  if (state === 'none' && (await hasClients(client))) return 'No demo data added: the database already has clients.';
  if (state !== 'complete') {
    await stack.run('Demo data', async () => {
      writeFileSync(marker, 'begun\n');
      await seed(client);
      writeFileSync(marker, 'complete\n');
      return { value: undefined, note: `${demoClients.length} clients` };
    });
  }
  await stack.start('Demo traffic', () =>
    supervise({
      ...child,
      name: 'demo-traffic',
      program: path.join(__dirname, '../demo/traffic-process.js'),
      args: [child.dataDir],
      // Nothing else depends on it.
      onGivenUp: (error) => say(error.message),
    }),
  );
  return (
    'This is demo data: the clients of an imaginary operator, with small charges and payments every few seconds.\n' +
    `Open the mailbox: Vendor C gets a low balance email within two minutes. ${howToStartWithout}`
  );
}
