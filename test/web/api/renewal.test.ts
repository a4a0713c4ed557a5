/** @jest-environment ./test/web/support/page-environment.cjs */
import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { renewNow, renewSoon, stopRenewal } from '../../../web/src/api/renewal';

/** What one part of a page reads: each request is answered when the test says so. */
class Part {
  readonly signals: AbortSignal[] = [];
  private readonly answers: ((value: number) => void)[] = [];
  private readonly stop: () => void;

  constructor(
    queries: QueryClient,
    readonly key: readonly unknown[],
  ) {
    const observer = new QueryObserver(queries, {
      queryKey: key,
      queryFn: ({ signal }) => {
        this.signals.push(signal);
        return new Promise<number>((resolve) => this.answers.push(resolve));
      },
      retry: false,
    });
    this.stop = observer.subscribe(() => undefined);
  }

  get requests(): number {
    return this.signals.length;
  }

  async answer(): Promise<void> {
    this.answers.shift()?.(this.requests);
    await jest.advanceTimersByTimeAsync(0);
  }

  leave(): void {
    this.stop();
  }
}

const keys = ['itself', 'balances', 'explain', 'monitor', 'timeline', 'checks'].map((part) => ['clients', '7', part]);
const ofClient = ([kind, id]: readonly unknown[]): boolean => kind === 'clients' && id === '7';

let queries: QueryClient;
let parts: Part[];

beforeEach(async () => {
  jest.useFakeTimers({ now: Date.parse('2026-03-01T10:00:00Z') });
  queries = new QueryClient();
  parts = [...keys, ['clients', '8', 'itself']].map((key) => new Part(queries, key));
  for (const part of parts) await part.answer();
});
afterEach(() => {
  for (const part of parts) part.leave();
  stopRenewal(queries);
  queries.clear();
  jest.useRealTimers();
});

const requests = (): number[] => parts.map((part) => part.requests);
const answerAll = async (): Promise<void> => {
  for (const part of parts) await part.answer();
};

test('many events of one change lead to one request each', async () => {
  for (let event = 0; event < 10; event++) {
    renewSoon(queries, ofClient);
    await jest.advanceTimersByTimeAsync(5);
  }
  await jest.advanceTimersByTimeAsync(100);
  expect(requests()).toEqual([2, 2, 2, 2, 2, 2, 1]);
});

test('a busy client is read once a second', async () => {
  for (let elapsed = 0; elapsed < 5000; elapsed += 50) {
    renewSoon(queries, ofClient);
    await jest.advanceTimersByTimeAsync(50);
    await answerAll();
  }
  expect(parts[0]?.requests).toBeLessThanOrEqual(1 + 6);
  expect(parts[0]?.requests).toBeGreaterThanOrEqual(1 + 4);
});

test('a payment and the events that follow it abort no request, and what is shown is read after the last event', async () => {
  const own = renewNow(queries, ofClient);
  await jest.advanceTimersByTimeAsync(0);
  expect(requests()).toEqual([2, 2, 2, 2, 2, 2, 1]);
  // The answers are slow. Until they arrive, the ledger, the audit log, and the evaluation report changes.
  for (let event = 0; event < 8; event++) {
    await jest.advanceTimersByTimeAsync(200);
    renewSoon(queries, ofClient);
  }
  expect(requests()).toEqual([2, 2, 2, 2, 2, 2, 1]);
  await answerAll();
  await own;
  await jest.advanceTimersByTimeAsync(2000);
  expect(requests()).toEqual([3, 3, 3, 3, 3, 3, 1]);
  await answerAll();
  await jest.advanceTimersByTimeAsync(5000);
  expect(requests()).toEqual([3, 3, 3, 3, 3, 3, 1]);
  expect(parts.flatMap(({ signals }) => signals).filter(({ aborted }) => aborted)).toEqual([]);
});

test('a slow part does not hold up the others', async () => {
  renewSoon(queries, ofClient);
  await jest.advanceTimersByTimeAsync(100);
  for (const part of parts.slice(1)) await part.answer();
  renewSoon(queries, ofClient);
  await jest.advanceTimersByTimeAsync(1000);
  expect(requests()).toEqual([2, 3, 3, 3, 3, 3, 1]);
});

test('what is not shown is fetched when it is shown again', async () => {
  const [first] = parts;
  first?.leave();
  await renewNow(queries, (key) => ofClient(key) && key[2] === 'itself');
  expect(first?.requests).toBe(1);
  expect(queries.getQueryState(keys[0] ?? [])?.isInvalidated).toBe(true);
});

test('the own change waits for a request that may be older than it', async () => {
  renewSoon(queries, ofClient);
  await jest.advanceTimersByTimeAsync(100);
  let isDone = false;
  const own = renewNow(queries, ofClient).then(() => {
    isDone = true;
  });
  await answerAll();
  await jest.advanceTimersByTimeAsync(100);
  expect(isDone).toBe(false);
  expect(requests()).toEqual([3, 3, 3, 3, 3, 3, 1]);
  await answerAll();
  await own;
  expect(isDone).toBe(true);
});
