/**
 * Gathers single calls into one statement. Calls that may wait are held for a short window while others keep coming;
 * an urgent one sends the batch off at once, and takes along whoever waits. While few calls come nobody waits.
 */
interface BatchOptions<I, O> {
  /** answers in the order of the items; an error of the whole batch is retried item by item */
  readonly run: (items: readonly I[]) => Promise<readonly (O | Error)[]>;
  readonly isUrgent: (item: I) => boolean;
  /** how long a call that is not urgent may wait for others; 0: not at all */
  readonly windowMs: number;
  readonly maxSize: number;
  /** told of each batch's size */
  readonly onBatch?: (size: number) => void;
}

interface Waiting<I, O> {
  readonly item: I;
  readonly resolve: (answer: O) => void;
  readonly reject: (error: unknown) => void;
}

export function createBatcher<I, O>(options: BatchOptions<I, O>): (item: I) => Promise<O> {
  let waiting: Waiting<I, O>[] = [];
  let timer: NodeJS.Timeout | null = null;
  let immediate: NodeJS.Immediate | null = null;
  let lastArrivalMs = Number.NEGATIVE_INFINITY;

  function flush(): void {
    if (timer) clearTimeout(timer);
    if (immediate) clearImmediate(immediate);
    timer = immediate = null;
    const batch = waiting;
    waiting = [];
    if (batch.length === 0) return;
    options.onBatch?.(batch.length);
    void settle(batch, options.run);
  }

  return (item) =>
    new Promise<O>((resolve, reject) => {
      const nowMs = performance.now();
      const busy = nowMs - lastArrivalMs < options.windowMs;
      lastArrivalMs = nowMs;
      waiting.push({ item, resolve, reject });
      if (waiting.length >= options.maxSize) flush();
      else if (options.isUrgent(item) || !busy) immediate ??= setImmediate(flush);
      else timer ??= setTimeout(flush, options.windowMs);
    });
}

/** Answers everybody. A batch that failed is asked again one by one, so that one bad row harms nobody else. */
async function settle<I, O>(batch: readonly Waiting<I, O>[], run: BatchOptions<I, O>['run']): Promise<void> {
  try {
    answer(batch, await run(batch.map(({ item }) => item)));
  } catch (error) {
    if (batch.length === 1) batch[0]?.reject(error);
    else for (const single of batch) await settle([single], run);
  }
}

function answer<I, O>(batch: readonly Waiting<I, O>[], answers: readonly (O | Error)[]): void {
  batch.forEach(({ resolve, reject }, index) => {
    const value = answers[index];
    if (value === undefined) reject(new Error('the batch left a call without an answer'));
    else if (value instanceof Error) reject(value);
    else resolve(value);
  });
}
