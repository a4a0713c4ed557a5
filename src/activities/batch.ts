import DataLoader from 'dataloader';

/**
 * Gathers single calls into one statement. Calls that may wait are held for a short window while others keep coming;
 * an urgent one sends the batch off at once, together with those that wait. While few calls come, none waits.
 */
interface BatchOptions<I, O> {
  /** answers in the order of the items; an error of the whole batch is retried item by item */
  readonly run: (items: readonly I[]) => Promise<readonly (O | Error)[]>;
  readonly isUrgent: (item: I) => boolean;
  /** how long a call that is not urgent may wait for others; 0: not at all */
  readonly windowMs: number;
  readonly maxSize: number;
  /** receives each batch's size */
  readonly onBatch?: (size: number) => void;
}

export function createBatcher<I, O>(options: BatchOptions<I, O>): (item: I) => Promise<O> {
  let dispatch: (() => void) | null = null;
  let size = 0;
  let timer: NodeJS.Timeout | null = null;
  let immediate: NodeJS.Immediate | null = null;
  let lastArrivalMs = Number.NEGATIVE_INFINITY;

  const loader = new DataLoader<I, O | Promise<O>>(
    (items) => {
      options.onBatch?.(items.length);
      return answersTo(items, options.run);
    },
    {
      // Each call reads again.
      cache: false,
      maxBatchSize: options.maxSize,
      // The library asks once a batch when to send it. Urgency is known call by call, so the calls decide.
      batchScheduleFn: (send) => {
        dispatch = send;
        size = 0;
      },
    },
  );

  function flush(): void {
    if (timer) clearTimeout(timer);
    if (immediate) clearImmediate(immediate);
    timer = immediate = null;
    // A batch sent twice would be run twice.
    const send = dispatch;
    dispatch = null;
    send?.();
  }

  return (item) => {
    const nowMs = performance.now();
    const busy = nowMs - lastArrivalMs < options.windowMs;
    lastArrivalMs = nowMs;
    const answer = loader.load(item).then((value): O | Promise<O> => value);
    size++;
    if (size >= options.maxSize) flush();
    else if (options.isUrgent(item) || !busy) immediate ??= setImmediate(flush);
    else timer ??= setTimeout(flush, options.windowMs);
    return answer;
  };
}

type Answer<O> = O | Error | Promise<O>;

/** A batch that failed is asked again one by one, so that one bad row affects no other call. */
async function answersTo<I, O>(items: readonly I[], run: BatchOptions<I, O>['run']): Promise<Answer<O>[]> {
  try {
    return await inOrder(items, run);
  } catch (error) {
    if (items.length === 1) throw error;
    return oneByOne(items, run);
  }
}

async function inOrder<I, O>(items: readonly I[], run: BatchOptions<I, O>['run']): Promise<(O | Error)[]> {
  const answers = await run(items);
  return items.map((_, index) => answers[index] ?? new Error('the batch returned no result for a call'));
}

/** Each caller gets its answer before the next is asked. */
function oneByOne<I, O>(items: readonly I[], run: BatchOptions<I, O>['run']): Promise<O>[] {
  let turn: Promise<unknown> = Promise.resolve();
  return items.map((item) => {
    const answer = turn.then(async () => {
      const [value] = await inOrder([item], run);
      if (value instanceof Error) throw value;
      return value as O;
    });
    turn = Promise.allSettled([answer]);
    return answer;
  });
}
