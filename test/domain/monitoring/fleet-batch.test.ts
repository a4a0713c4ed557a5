import { fleetPace } from '../../../src/storage/monitoring/signal-claims.js';
import { FleetBatch } from '../../../src/temporal/fleet-batch.js';

test('a batch begins with one signal, grows by one while monitors are prompt, and halves while they are slow', () => {
  const batch = new FleetBatch();
  const sizesAfter = (ms: number, times: number) =>
    Array.from({ length: times }, () => {
      batch.adapt(ms);
      return batch.size;
    });
  expect(batch.size).toBe(1);
  expect(sizesAfter(20, 3)).toEqual([2, 3, 4]);
  expect(sizesAfter(20, 20).at(-1)).toBe(fleetPace.batch);
  expect(sizesAfter(1000, 5)).toEqual([5, 2, 1, 1, 1]);
});
