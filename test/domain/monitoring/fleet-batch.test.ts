import { fleetPace } from '../../../src/storage/monitoring/signal-claims.js';
import { FleetBatch } from '../../../src/temporal/fleet-batch.js';

test('a batch halves while monitors are slow, down to one signal, and grows by one while they are prompt', () => {
  const batch = new FleetBatch();
  const sizesAfter = (ms: number, times: number) =>
    Array.from({ length: times }, () => {
      batch.adapt(ms);
      return batch.size;
    });
  expect(batch.size).toBe(fleetPace.batch);
  expect(sizesAfter(1000, 5)).toEqual([5, 2, 1, 1, 1]);
  expect(sizesAfter(20, 3)).toEqual([2, 3, 4]);
  expect(sizesAfter(20, 20).at(-1)).toBe(fleetPace.batch);
});
