import { dayMs } from '../../../src/domain/durations.js';
import { rateTableKind } from '../../../src/services/rates/tables/rate-tables.js';
import { createTableRate } from '../../../src/services/rates/tables/table-rates.js';
import { createShared } from '../../../src/services/shared-record.js';
import type { World } from './past/world.js';

/** Days after the beginning of the demo's past, with the rates from then on. */
const rates: readonly (readonly [
  code: string,
  codeName: string,
  ...(readonly (readonly [day: number, rate: string])[]),
])[] = [
  ['380', 'Ukraine, fixed', [0, '0.0185'], [14, '0.0192']],
  ['38067', 'Ukraine, mobile', [0, '0.1450'], [14, '0.1390'], [36, '0.1420']],
  ['48', 'Poland, fixed', [0, '0.0068']],
  ['485', 'Poland, mobile', [0, '0.0210'], [36, '0.0185']],
  ['49', 'Germany, fixed', [0, '0.0054'], [14, '0.0054']],
  ['1', 'United States and Canada', [0, '0.0041']],
];

/** A rate table with rates of the past and of the next days. @returns its id */
export async function addRateTable(world: World): Promise<string> {
  const requester = world.requester(world.period.from, 'ada');
  const fields = {
    resellerId: world.operatorId,
    name: 'Wholesale voice',
    currency: 'USD',
    timezone: 'UTC',
    notes: null,
    agreementId: null,
  };
  const { id } = await createShared(requester, rateTableKind, fields, null);
  for (const [code, codeName, ...steps] of rates) {
    for (const [day, rate] of steps) {
      const row = {
        ...{ code, codeName, rate, effectiveFrom: new Date(world.period.from + day * dayMs), endsAt: null },
        ...{ minVolume: 1, interval: 1, graceVolume: 0, setupFee: '0', timeProfile: 'all', tags: [], notes: null },
        ...({ policy: 'regular', status: 'active' } as const),
      };
      await createTableRate(requester, id, row, null);
    }
  }
  return id;
}
