/**
 * The seeds of a property test, each of which its failure names: so many, the same in every run. To repeat one, or to hunt
 * for more: FUZZ_SEED=7 FUZZ_RUNS=100 npm test -- test/activities/ledger/interleavings.test.ts
 */
export function seeds(runs: number): number[] {
  const given = process.env['FUZZ_SEED'];
  const first = given === undefined ? 1 : Number(given);
  const count = Number(process.env['FUZZ_RUNS'] ?? (given === undefined ? runs : 1));
  return Array.from({ length: count }, (_, index) => first + index);
}
