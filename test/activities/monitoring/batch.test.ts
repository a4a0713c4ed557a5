import { createBatcher } from '../../../src/activities/batch.js';

interface Asked {
  readonly id: number;
  readonly urgent?: boolean;
}

/** A batcher that doubles ids, and remembers its batches; ids below zero are answered by an error, 13 breaks a batch. */
function doubler(options: { windowMs?: number; maxSize?: number } = {}): {
  ask: (item: Asked) => Promise<number>;
  batches: number[][];
} {
  const batches: number[][] = [];
  const ask = createBatcher<Asked, number>({
    run: async (items) => {
      batches.push(items.map(({ id }) => id));
      if (items.some(({ id }) => id === 13)) throw new Error('a bad row');
      return items.map(({ id }) => (id < 0 ? new Error(`no ${id}`) : id * 2));
    },
    isUrgent: ({ urgent }) => urgent ?? false,
    windowMs: options.windowMs ?? 20,
    maxSize: options.maxSize ?? 100,
  });
  return { ask, batches };
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('calls of one moment share a statement, and each gets its own answer', async () => {
  const { ask, batches } = doubler();
  expect(await Promise.all([1, 2, 3].map((id) => ask({ id })))).toEqual([2, 4, 6]);
  expect(batches).toEqual([[1, 2, 3]]);
});

test('one bad row harms nobody else: the batch is asked again one by one', async () => {
  const { ask, batches } = doubler();
  const answers = await Promise.allSettled([1, 13, 3].map((id) => ask({ id })));
  expect(answers).toEqual([
    { status: 'fulfilled', value: 2 },
    { status: 'rejected', reason: new Error('a bad row') },
    { status: 'fulfilled', value: 6 },
  ]);
  expect(batches).toEqual([[1, 13, 3], [1], [13], [3]]);
});

test('of a batch that is asked again each gets its answer before the next is asked', async () => {
  const order: string[] = [];
  const ask = createBatcher<number, number>({
    run: async (items) => {
      if (items.length > 1) throw new Error('a bad row');
      order.push(`asked ${items[0]}`);
      return [...items];
    },
    isUrgent: () => true,
    windowMs: 0,
    maxSize: 10,
  });
  await Promise.all([1, 2].map((id) => ask(id).then(() => order.push(`answered ${id}`))));
  expect(order.indexOf('answered 1')).toBeLessThan(order.indexOf('answered 2'));
  expect(order.indexOf('answered 1')).toBeLessThanOrEqual(order.indexOf('asked 2') + 1);
});

test('the same call twice is asked twice: each reads anew', async () => {
  const { ask, batches } = doubler();
  const same = { id: 7 };
  expect(await Promise.all([ask(same), ask(same)])).toEqual([14, 14]);
  expect(await ask(same)).toBe(14);
  expect(batches).toEqual([[7, 7], [7]]);
});

test('an error in the place of one answer goes to that caller only', async () => {
  const { ask } = doubler();
  const answers = await Promise.allSettled([1, -2].map((id) => ask({ id })));
  expect(answers).toEqual([
    { status: 'fulfilled', value: 2 },
    { status: 'rejected', reason: new Error('no -2') },
  ]);
});

test('a call alone does not wait; those that follow closely wait for each other, an urgent one takes them along', async () => {
  const { ask, batches } = doubler({ windowMs: 60_000 });
  await ask({ id: 1 });
  const waiting = [ask({ id: 2 }), ask({ id: 3 })];
  await nextTurn();
  await nextTurn();
  expect(batches).toEqual([[1]]);
  await ask({ id: 4, urgent: true });
  expect(await Promise.all(waiting)).toEqual([4, 6]);
  expect(batches).toEqual([[1], [2, 3, 4]]);
});

test('a window ends by itself', async () => {
  const { ask, batches } = doubler({ windowMs: 5 });
  await ask({ id: 1 });
  expect(await Promise.all([ask({ id: 2 }), ask({ id: 3 })])).toEqual([4, 6]);
  expect(batches.flat()).toEqual([1, 2, 3]);
});

test('a full batch goes off at once', async () => {
  const { ask, batches } = doubler({ windowMs: 60_000, maxSize: 2 });
  await ask({ id: 1 });
  expect(await Promise.all([2, 3, 4, 5].map((id) => ask({ id })))).toEqual([4, 6, 8, 10]);
  expect(batches).toEqual([[1], [2, 3], [4, 5]]);
});

test('a statement that leaves a call without an answer is an error, not a call that waits for ever', async () => {
  const ask = createBatcher<number, number>({
    run: async () => [],
    isUrgent: () => true,
    windowMs: 0,
    maxSize: 10,
  });
  await expect(ask(1)).rejects.toThrow('returned no result');
});
