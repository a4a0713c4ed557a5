import { creditNotices } from '../../../src/domain/credit/credit-notices.js';
import { nextCreditStep, nextWake } from '../../../src/domain/monitoring/next-wake.js';
import { toCarriedState, type GrantTimes } from '../../../src/domain/monitoring/state.js';
import { hourMs, minuteMs, rule, startMs } from '../support/client.js';
import { configOf, describeCommands, Monitor } from '../support/monitor.js';

const until = startMs + 10 * hourMs;
const granted: GrantTimes = {
  ...{ id: 'g1', seq: 4, version: 1, amount: '40.00', from: startMs, until, warnAt: startMs + 8 * hourMs },
  started: true,
  warned: false,
};

/** `credit_extended 2` */
function kinds(before: GrantTimes | null, after: GrantTimes | null, at = startMs): string[] {
  return creditNotices(before, after, at).map(({ kind, number }) => `${kind} ${number}`);
}

test.each([
  ['granted', null, granted, 'credit_granted 1'],
  ['begun', { ...granted, started: false }, granted, 'credit_granted 1'],
  ['longer', granted, { ...granted, version: 2, until: until + 1000 }, 'credit_extended 2'],
  ['shorter', granted, { ...granted, version: 2, until: until - 1000 }, 'credit_reduced 2'],
  ['more', granted, { ...granted, version: 3, amount: '50.00' }, 'credit_extended 3'],
  [
    'less, though longer',
    granted,
    { ...granted, version: 3, amount: '30.00', until: until + 1000 },
    'credit_reduced 3',
  ],
  ['about to end', granted, { ...granted, warned: true }, 'credit_expiring 1'],
  ['gone before its end', granted, null, 'credit_cancelled 1'],
])('a credit that is %s notifies the client', (_, before, after, notice) => {
  expect(kinds(before, after)).toEqual([notice]);
});

test('a credit that ended at its end was reverted', () => {
  expect(kinds(granted, null, until)).toEqual(['credit_reverted 1']);
});

test('one that takes the place of another ends that one first', () => {
  expect(kinds(granted, { ...granted, id: 'g2', seq: 5 })).toEqual(['credit_cancelled 1', 'credit_granted 1']);
});

test('changes of a credit that has not begun, and equal ones, notify nobody', () => {
  const scheduled = { ...granted, started: false };
  expect(kinds(null, scheduled)).toEqual([]);
  expect(kinds(scheduled, { ...scheduled, version: 2, amount: '1.00' })).toEqual([]);
  expect(kinds(scheduled, null)).toEqual([]);
  expect(kinds(granted, { ...granted })).toEqual([]);
});

test('a notice of a change says what held before', () => {
  const [notice] = creditNotices(granted, { ...granted, version: 2, amount: '50.00' }, startMs);
  expect(notice).toEqual({
    ...{ kind: 'credit_extended', grantId: 'g1', seq: 4, number: 2, at: startMs },
    before: { amount: '40.00', until },
  });
});

test('the next step of a credit', () => {
  const scheduled = { ...granted, started: false };
  expect(nextCreditStep(null, startMs)).toBeNull();
  expect(nextCreditStep(scheduled, startMs)).toEqual({ step: 'start', at: startMs });
  expect(nextCreditStep(granted, startMs)).toEqual({ step: 'warn', at: startMs + 8 * hourMs });
  expect(nextCreditStep({ ...granted, warned: true }, startMs)).toEqual({ step: 'revert', at: until });
  expect(nextCreditStep(scheduled, until)).toEqual({ step: 'revert', at: until });
});

test('a monitor that begins knows of no change; later ones are found by comparison', () => {
  const monitor = new Monitor([rule()], { grant: granted });
  expect(monitor.check(0, '60.00', { temporary: '40.00' }).filter(({ type }) => type === 'notifyCredit')).toEqual([]);
  const changed = configOf([rule()], { grant: { ...granted, version: 2, amount: '50.00' } });
  expect(describeCommands(monitor.change(5, '60.00', {}, changed))).toContain('notifyCredit credit_extended 2');
});

test('a change of a credit that a new run is the first to read is notified', () => {
  const scheduled = { ...granted, started: false };
  const monitor = new Monitor([rule()], { grant: scheduled });
  monitor.check(0, '60.00');
  monitor.state = toCarriedState(monitor.state);
  const commands = monitor.change(5, '60.00', {}, configOf([rule()], { grant: granted }));
  expect(describeCommands(commands)).toContain('notifyCredit credit_granted 1');
});

test('a step that is done is followed by an evaluation, and not taken again until the credit is read anew', () => {
  const monitor = new Monitor([rule()], { grant: granted, intervalMs: 100 * hourMs });
  monitor.check(0, '60.00', { temporary: '40.00' });
  expect(nextWake(monitor.state)).toEqual({ at: startMs + 8 * hourMs, reason: 'credit_expiring' });
  monitor.take(8 * 60, { type: 'creditStepFailed' });
  expect(nextWake(monitor.state)).toEqual({ at: startMs + 8 * hourMs + 10_000, reason: 'credit_expiring' });
  monitor.take(8 * 60 + 1, { type: 'creditStepDone' });
  expect(nextWake(monitor.state).reason).toBe('evaluation');
  monitor.change(
    8 * 60 + 1,
    '60.00',
    {},
    configOf([rule()], { grant: { ...granted, warned: true }, intervalMs: 100 * hourMs }),
  );
  expect(nextWake(monitor.state)).toEqual({ at: until, reason: 'credit_revert' });
});

test('a failed step keeps its wait also where the state was written as JSON in between', () => {
  const monitor = new Monitor([rule()], { grant: granted, intervalMs: 100 * hourMs });
  monitor.check(0, '60.00');
  monitor.take(8 * 60, { type: 'creditStepFailed' });
  monitor.state = JSON.parse(JSON.stringify(monitor.state)) as typeof monitor.state;
  monitor.change(8 * 60, '60.00');
  expect(nextWake(monitor.state).at).toBe(startMs + 8 * 60 * minuteMs + 10_000);
});
