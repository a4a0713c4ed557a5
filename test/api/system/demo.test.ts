import { ApiClient } from '../../../local-stack/src/demo/api-client.js';
import { seed } from '../../../local-stack/src/demo/seed.js';
import { startTestApi, type TestApi } from '../../support/api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

/** The example of docs/manuals.md#client-list: available, live, fixed. */
const listOfTheManual = [
  ['Customer A', '32.00', '0.00', '0.00'],
  ['Customer B', '-419.78', '-419.78', '0.00'],
  ['Customer C', 'No Limit', '0.00', '0.00'],
  ['Customer D', '1000.00', '0.00', '0.00'],
  ['Vendor A', 'No Limit', '103.70', '0.00'],
  ['Vendor B', 'No Limit', '0.00', '0.00'],
  ['Vendor C', '78.27', '78.27', '0.00'],
  ['Voxbone', '7.03', '-2.97', '-1.60'],
];

test('the demo data have the balances of the manual, also when the seeding is taken up again', async () => {
  const client = new ApiClient(api.url, api.key);
  await seed(client);
  await seed(client);
  const { body } = await api.get('/v1/clients');
  interface Row {
    name: string;
    balance: Record<'available' | 'live' | 'fixed', { amount?: string }>;
  }
  const rows = body.data.map(({ name, balance }: Row) => [
    name,
    balance.available.amount ?? 'No Limit',
    balance.live.amount,
    balance.fixed.amount,
  ]);
  expect(rows).toEqual(listOfTheManual);
});
