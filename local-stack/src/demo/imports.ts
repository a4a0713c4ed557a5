import { dayMs } from '../../../src/domain/durations.js';
import { newClientDefaults } from '../../../src/domain/clients/client-fields.js';
import { toSecond } from '../../../src/domain/monitoring/schedule.js';
import { checkImport, type ReadFields } from '../../../src/services/clients/imports/check-import.js';
import { createImport } from '../../../src/services/clients/imports/create-import.js';
import { mapImport } from '../../../src/services/clients/imports/map-import.js';
import { startImport } from '../../../src/services/clients/imports/start-import.js';
import { backdateImport } from '../../../src/storage/system/demo-history.js';
import { billingEmail } from './data.js';
import type { PastMoment } from './past/replay.js';
import type { World } from './past/world.js';
import { runJob } from './run-job.js';

const importedDaysAgo = 17;
const reason = 'clients of the network that was bought';
const columns = ['Client', 'Currency', 'Billing email', 'CRM number', 'Balance'];
const fields = ['name', 'currency', 'billingEmail', 'externalId', 'openingBalance'] as const;
/** The currency of the second is misspelled: it stays among the rejects. */
const rows = [
  ['Mill Road Voice', 'USD', billingEmail('Mill Road Voice'), 'CRM-1140', '85.00'],
  ['Garden Networks', 'US Dollar', billingEmail('Garden Networks'), 'CRM-1141', '12.50'],
  ['Quayside Calls', 'USD', billingEmail('Quayside Calls'), 'CRM-1142', '240.00'],
];

/** A file of clients that was imported. */
export function importsOf(world: World): PastMoment[] {
  const at = toSecond(world.period.to - importedDaysAgo * dayMs);
  return [{ at, run: () => world.at(at, () => importAt(world, at)) }];
}

async function importAt(world: World, at: number): Promise<void> {
  const requester = world.requester(at, 'ada');
  const file = rows.map((cells, index) => ({ number: index + 2, cells }));
  const table = { columns, rows: inOnePart(file) };
  const id = await createImport(requester, { fileName: 'bought-network.csv', format: 'csv', table });
  await mapImport(requester, id, fields);
  while (await checkImport(requester, id, readerOf(world.operatorId)));
  const jobId = await startImport(requester, id, { countFirstNotifications: true, reason });
  await runJob(world, jobId, at);
  await backdateImport(world.tx, id, new Date(at));
}

async function* inOnePart<T>(part: T): AsyncGenerator<T> {
  yield await Promise.resolve(part);
}

/** What the API makes of the cells of this file. */
function readerOf(resellerId: string): ReadFields {
  return (values) => {
    const { currency } = values;
    if (typeof currency !== 'string' || currency.length !== 3) {
      return { faults: [{ field: 'currency', code: 'invalid', detail: 'must be a currency code, such as "USD"' }] };
    }
    return { fields: { ...newClientDefaults, tags: ['demo', 'imported'], openingBalance: '0', ...values, resellerId } };
  };
}
