/**
 * Does `work` for every item, at most `width` at a time. It resolves with the results in the order of the items, or fails
 * with the first failure, once nothing runs any more.
 */
export async function inParallel(items, width, work) {
  const all = [...items];
  const results = new Array(all.length);
  const rest = all.entries();
  const lane = async () => {
    for (const [index, item] of rest) results[index] = await work(item, index);
  };
  const lanes = Array.from({ length: Math.min(width, all.length) }, lane);
  await Promise.allSettled(lanes);
  await Promise.all(lanes);
  return results;
}
