import { dueReminder } from '../../../src/domain/invoicing/reminders.js';

const at = (text: string): number => Date.parse(text);
const invoice = { dueOn: '2026-03-29', timezone: 'Europe/Kyiv', issuedAt: at('2026-03-01T06:00:00Z') };

test.each([
  // Kyiv is 2 hours ahead until 29 March, 03:00, and 3 hours from then on.
  [-3, '2026-03-26T06:59:59Z', null],
  [-3, '2026-03-26T07:00:00Z', 'invoice_reminder 3'],
  [-3, '2026-03-27T07:00:00Z', 'invoice_reminder 3'],
  [-3, '2026-03-27T07:00:01Z', null],
  [1, '2026-03-30T05:59:59Z', null],
  [1, '2026-03-30T06:00:00Z', 'invoice_overdue 1'],
  [14, '2026-04-12T06:00:00Z', 'invoice_overdue 14'],
])('%i days from the due date, at %s: %s', (offset, now, expected) => {
  const reminder = dueReminder(invoice, offset, at(now));
  expect(reminder && `${reminder.kind} ${reminder.days}`).toBe(expected);
});

test('on a day of 23 hours, at 9:00 by the clocks', () => {
  const due = { ...invoice, dueOn: '2026-03-30' };
  expect(dueReminder(due, -1, at('2026-03-29T05:59:59Z'))).toBeNull();
  expect(dueReminder(due, -1, at('2026-03-29T06:00:00Z'))).toEqual({ kind: 'invoice_reminder', days: 1 });
});

test('on a day without midnight', () => {
  const due = { ...invoice, dueOn: '2026-03-30', timezone: 'Asia/Beirut' };
  expect(dueReminder(due, -1, at('2026-03-29T05:59:59Z'))).toBeNull();
  expect(dueReminder(due, -1, at('2026-03-29T06:00:00Z'))).toEqual({ kind: 'invoice_reminder', days: 1 });
});

test('an invoice that was issued after the time of a reminder has none', () => {
  const late = { ...invoice, issuedAt: at('2026-03-26T08:00:00Z') };
  expect(dueReminder(late, -3, at('2026-03-26T09:00:00Z'))).toBeNull();
  expect(dueReminder(late, -2, at('2026-03-27T09:00:00Z'))).toEqual({ kind: 'invoice_reminder', days: 2 });
});
