import { readFileSync } from 'node:fs';
import { emailGroupOf, eventGroupOf, splitEventGroup } from '../../../src/domain/events/event-groups.js';
import { describeEvent, eventKindNames, eventKinds, isEventKind } from '../../../src/domain/events/events.js';

describe('the kinds of events', () => {
  test('are in docs/api.md as in the code', () => {
    const text = readFileSync('docs/api.md', 'utf8');
    const [, table = ''] = /<!-- events:begin -->\n([^]*?)<!-- events:end -->/.exec(text) ?? [];
    expect(table.trim()).toBe(eventsTable());
  });

  test.each(eventKindNames)('%s has a title without a period and describes itself without data', (kind) => {
    const { title, fields } = eventKinds[kind];
    expect(title).toMatch(/^[A-Z][^.]*[^.]$/);
    expect(Object.keys(fields)).not.toHaveLength(0);
    expect(describeEvent(kind, {})).toMatch(/^[A-Z].*\.$/);
    expect(describeEvent(kind, {})).not.toContain('undefined');
  });

  test('are no other names', () => {
    expect(isEventKind('payment.refused')).toBe(true);
    for (const name of ['', 'toString', '__proto__', 'no_rate']) expect(isEventKind(name)).toBe(false);
  });
});

test('payments that one source sends in a wrong currency share an email, others do not', () => {
  const data = { paymentId: 'p-1', source: 'webhook:bank', reason: 'currency_mismatch' };
  const group = emailGroupOf('payment.refused', 'a', data);
  expect(emailGroupOf('payment.refused', 'b', { ...data, paymentId: 'p-2' })).toBe(group);
  expect(emailGroupOf('payment.refused', 'a', { ...data, reason: 'conflict' })).not.toBe(group);
  expect(emailGroupOf('payment.refused', 'a', { ...data, source: 'key:3' })).not.toBe(group);
});

test('each currency pair has an email of its own', () => {
  expect(emailGroupOf('rate.missing', 'EUR/USD', {})).not.toBe(emailGroupOf('rate.missing', 'GBP/USD', {}));
});

test('lists group rejected payments by reason, whoever sent them, and other kinds as a whole', () => {
  const data = { paymentId: 'p-1', source: 'webhook:bank', reason: 'currency_mismatch' };
  expect(eventGroupOf('payment.refused', data)).toBe('payment.refused:currency_mismatch');
  expect(eventGroupOf('payment.refused', { ...data, source: 'key:3', paymentId: 'p-2' })).toBe(
    'payment.refused:currency_mismatch',
  );
  expect(eventGroupOf('payment.refused', {})).toBe('payment.refused:');
  expect(eventGroupOf('monitor.stuck', { reason: 'overdue' })).toBe('monitor.stuck');
  expect(splitEventGroup('payment.refused:currency_mismatch')).toEqual({
    kind: 'payment.refused',
    reason: 'currency_mismatch',
  });
  expect(splitEventGroup('payment.refused:')).toEqual({ kind: 'payment.refused', reason: '' });
  expect(splitEventGroup('monitor.stuck')).toEqual({ kind: 'monitor.stuck', reason: null });
});

/** As prettier writes it. */
function eventsTable(): string {
  const rows = [
    ['kind', 'severity', 'subject', 'data', 'ends when'],
    ...eventKindNames.map((kind) => {
      const { severity, subjectType, fields, endsWhen } = eventKinds[kind];
      const names = Object.keys(fields).map((name) => `\`${name}\``);
      return [`\`${kind}\``, `\`${severity}\``, `\`${subjectType}\``, names.join(', '), endsWhen];
    }),
  ];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |`;
  const [head = [], ...rest] = rows;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rest.map(line)].join('\n');
}
