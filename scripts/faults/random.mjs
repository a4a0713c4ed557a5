import { createHash } from 'node:crypto';

/**
 * Returns a generator of pseudo-random choices: the same seed, the same choices.
 *
 * @param seed any text; parts that must not influence each other take separate seeds, such as `17/load/2`
 */
export function createRandom(seed) {
  let state = createHash('sha256').update(String(seed)).digest().readUInt32LE(0);
  /** 0 <= x < 1 (mulberry32) */
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  /** whole number, both ends included */
  const integer = (min, max) => min + Math.floor(next() * (max - min + 1));
  return {
    integer,
    chance: (share) => next() < share,
    pick: (list) => list[integer(0, list.length - 1)],
    /** @param weights value -> how often it is chosen compared with the others */
    pickWeighted(weights) {
      const entries = Object.entries(weights);
      let rest = next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [value, weight] of entries) if ((rest -= weight) < 0) return value;
      return entries[0][0];
    },
    shuffle(list) {
      const rest = [...list];
      return list.map(() => rest.splice(integer(0, rest.length - 1), 1)[0]);
    },
  };
}
