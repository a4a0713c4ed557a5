/**
 * Does the work for each item, for at most `width` of them at a time. It resolves, or fails with the first failure, once
 * nothing runs any more. Not p-map: it is an ES module only, which jest cannot load, and the domain uses no package.
 */
export async function inParallel<T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const rest = items.values();
  const lane = async (): Promise<void> => {
    for (const item of rest) await work(item);
  };
  const lanes = Array.from({ length: Math.min(width, items.length) }, lane);
  await Promise.allSettled(lanes);
  await Promise.all(lanes);
}
