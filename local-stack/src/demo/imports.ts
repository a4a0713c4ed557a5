import { dayMs } from '../../../src/domain/durations.js';
import { newClientDefaults } from '../../../src/domain/clients/client-fields.js';
import { moneyOf } from '../../../src/domain/money.js';
import { toSecond } from '../../../src/domain/monitoring/schedule.js';
import { checkImport, type ReadFields } from '../../../src/services/clients/imports/check-import.js';
import type { ImportedFields } from '../../../src/services/clients/imports/checked-row.js';
import { createImport } from '../../../src/services/clients/imports/create-import.js';
import { mapImport } from '../../../src/services/clients/imports/map-import.js';
import { startImport } from '../../../src/services/clients/imports/start-import.js';
import { backdateImport, findClientId } from '../../../src/storage/system/demo-history.js';
import type { DemoClient } from './clients.js';
import { billingEmail } from './data.js';
import { PastClient } from './past/past-client.js';
import type { PastMoment } from './past/replay.js';
import type { World } from './past/world.js';
import { runJob } from './run-job.js';

const importedDaysAgo = 17;
const reason = 'clients of the network that was bought';
const columns = ['Client', 'Currency', 'Billing email', 'CRM number'];
const fields = ['name', 'currency', 'billingEmail', 'externalId'] as const;

/** The clients that the file brought, with what they had before. */
export const importedClients: readonly DemoClient[] = [
  imported('CRM-1140', 'Mill Road Voice', '85.00'),
  imported('CRM-1142', 'Quayside Calls', '240.00'),
];

function imported(externalId: string, name: string, live: string): DemoClient {
  return {
    ...{ externalId, name, reseller: 'operator', profile: 'default', currency: 'USD', balanceModel: 'prepaid' },
    ...{ live, creditLimit: '0.00', tags: ['imported'] },
  };
}

const rowOf = (name: string, currency: string, externalId: string): string[] => [
  ...[name, currency, billingEmail(name), externalId],
];
/** The currency of the last one is misspelled: it stays among the rejects. */
const rows = [
  ...importedClients.map(({ name, currency, externalId }) => rowOf(name, currency, externalId)),
  rowOf('Garden Networks', 'US Dollar', 'CRM-1141'),
];

/** A file of clients that was imported. */
export function importsOf(world: World, profileId: string): PastMoment[] {
  const at = toSecond(world.period.to - importedDaysAgo * dayMs);
  return [
    {
      at,
      async run(past) {
        await world.at(at, () => importAt(world, at, profileId));
        for (const plan of importedClients) {
          const { name, live, creditLimit } = plan;
          past.add(new PastClient(world, plan, (await findClientId(world.tx, name)) ?? '', at, creditLimit));
          await past.get(name).wake(at);
          const opening = { kind: 'entry', at, entry: 'adjustment', id: 'opening', from: 'api' } as const;
          await past.get(name).record({ ...opening, amount: moneyOf(live), note: 'opening balance' });
        }
      },
    },
  ];
}

async function importAt(world: World, at: number, profileId: string): Promise<void> {
  const requester = world.requester(at, 'ada');
  const file = rows.map((cells, index) => ({ number: index + 2, cells }));
  const table = { columns, rows: inOnePart(file) };
  const id = await createImport(requester, { fileName: 'bought-network.csv', format: 'csv', table });
  await mapImport(requester, id, fields);
  while (await checkImport(requester, id, readerOf(world.operatorId, profileId)));
  const jobId = await startImport(requester, id, { countFirstNotifications: true, reason });
  await runJob(world, jobId, at);
  await backdateImport(world.tx, id, new Date(at));
}

async function* inOnePart<T>(part: T): AsyncGenerator<T> {
  yield await Promise.resolve(part);
}

/** What the API makes of the cells of this file. */
function readerOf(resellerId: string, profileId: string): ReadFields {
  return (values) => {
    const { currency } = values;
    if (typeof currency !== 'string' || currency.length !== 3) {
      return { faults: [{ field: 'currency', code: 'invalid', detail: 'must be a currency code, such as "USD"' }] };
    }
    const own = { tags: ['imported', 'demo'], profileId, openingBalance: '0', resellerId };
    // The compiler can't follow cells to fields: this file is written above, and each of its other cells is right.
    return { fields: { ...newClientDefaults, ...values, ...own } as unknown as ImportedFields };
  };
}
