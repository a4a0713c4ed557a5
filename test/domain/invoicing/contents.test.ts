import fc from 'fast-check';
import { contains, type InvoicedMark } from '../../../src/domain/invoicing/contents.js';

/** Nothing is billed twice or never, whatever order charges arrive in, and whatever is voided in between. */

interface Entry {
  readonly seq: bigint;
  readonly occurredAt: number;
  readonly kind: 'charge' | 'adjustment' | 'payment' | 'tax';
}

interface Invoice {
  readonly from: InvoicedMark;
  readonly to: InvoicedMark;
}

type Act =
  | { readonly act: 'entry'; readonly at: number; readonly kind: Entry['kind'] }
  /** the end is as many hours after the last one */
  | { readonly act: 'invoice'; readonly hours: number }
  /** the latest is voided, and its lines are invoiced with the next period */
  | { readonly act: 'void' };

const acts = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        act: fc.constant('entry' as const),
        at: fc.nat(60),
        kind: fc.constantFrom('charge' as const, 'adjustment' as const, 'payment' as const, 'tax' as const),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ act: fc.constant('invoice' as const), hours: fc.integer({ min: 1, max: 12 }) }),
    },
    { weight: 1, arbitrary: fc.record({ act: fc.constant('void' as const) }) },
  ),
  { maxLength: 60 },
);

function play(story: readonly Act[]): { entries: Entry[]; invoices: Invoice[] } {
  const entries: Entry[] = [];
  const invoices: Invoice[] = [];
  let mark: InvoicedMark = { until: null, seq: 0n };
  const issue = (until: number): void => {
    const to = { until, seq: BigInt(entries.length) };
    invoices.push({ from: mark, to });
    mark = to;
  };
  for (const one of story) {
    if (one.act === 'entry') entries.push({ seq: BigInt(entries.length + 1), occurredAt: one.at, kind: one.kind });
    else if (one.act === 'invoice') issue((mark.until ?? 0) + one.hours);
    else mark = invoices.pop()?.from ?? mark;
  }
  issue(1_000);
  return { entries, invoices };
}

test('every charge and adjustment is on exactly one invoice, and nothing else is on any', () => {
  fc.assert(
    fc.property(acts, (story) => {
      const { entries, invoices } = play(story);
      for (const entry of entries) {
        const holding = invoices.filter(({ from, to }) => contains(from, to, entry));
        expect(holding).toHaveLength(entry.kind === 'charge' || entry.kind === 'adjustment' ? 1 : 0);
        for (const { to } of holding) expect(entry.occurredAt).toBeLessThan(to.until ?? 0);
      }
    }),
    { numRuns: 2_000 },
  );
});

test('a charge that arrives late for a closed period is on the next invoice', () => {
  const march = { until: 31, seq: 4n };
  const april = { until: 61, seq: 9n };
  const late = { kind: 'charge', seq: 5n, occurredAt: 20 } as const;
  expect(contains({ until: null, seq: 0n }, march, late)).toBe(false);
  expect(contains(march, april, late)).toBe(true);
});

test('a charge that was recorded before the issue, and occurred after the end, is on the next invoice', () => {
  const entry = { kind: 'charge', seq: 3n, occurredAt: 31 } as const;
  expect(contains({ until: null, seq: 0n }, { until: 31, seq: 4n }, entry)).toBe(false);
  expect(contains({ until: 31, seq: 4n }, { until: 61, seq: 4n }, entry)).toBe(true);
});
