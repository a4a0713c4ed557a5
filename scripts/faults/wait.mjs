/** Resolves after so many ms. */
export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Asks again and again until `read` gives something other than null, and returns that.
 *
 * @returns null when the time was over first
 */
export async function waitFor(read, { withinMs, everyMs = 250 }) {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const found = await read();
    if (found !== null) return found;
    if (performance.now() > deadline) return null;
    await sleep(everyMs);
  }
}

/** Does `work` for every item, at most `width` at a time; results in the order of the items. */
export async function inLanes(items, width, work) {
  const results = new Array(items.length);
  let next = 0;
  const lane = async () => {
    for (let index = next++; index < items.length; index = next++) results[index] = await work(items[index], index);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane));
  return results;
}
