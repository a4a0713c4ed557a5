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
