import { evaluate } from '../../../src/domain/monitoring/evaluate.js';
import type { RuleStates } from '../../../src/domain/monitoring/rule-state.js';
import type { RuleDefinition } from '../../../src/domain/monitoring/rule-definition.js';
import { client, dayMs, describeVerdicts, Evaluations, rule, rules, startMs, warning } from '../support/client.js';

const user = rule({ key: 'user', threshold: { kind: 'below', value: '100.00' }, recipients: ['owner', 'noc'] });
const urgent = rule({
  key: 'advanced:urgent',
  threshold: { kind: 'below', value: '20.00' },
  recipients: ['billing', 'owner'],
});

function check(definitions: RuleDefinition[], live: string, states: RuleStates = {}, now = startMs): string[] {
  return describeVerdicts(evaluate(rules(definitions, 'mostSevere'), states, client(live), now, 'check').verdicts);
}

test('a recipient is notified only by the lowest threshold that is low', () => {
  expect(check([user, rule(), urgent], '60')).toEqual([
    'user: sent 1',
    'client: above_threshold',
    'advanced:urgent: above_threshold',
  ]);
  expect(check([user, rule(), urgent], '15')).toEqual([
    'user: sent 1 without owner',
    'client: superseded',
    'advanced:urgent: sent 1',
  ]);
});

test('also while that rule is exhausted, within its period, silenced, or waits for the mail server', () => {
  const exhausted = new Evaluations(rules([rule(), { ...urgent, maxNotifications: 1 }], 'mostSevere'));
  exhausted.at(0, client('15'));
  expect(exhausted.at(60, client('15'))).toBe('client: superseded, advanced:urgent: max_reached');
  const spaced = new Evaluations(rules([rule(), urgent], 'mostSevere'));
  spaced.at(0, client('15'), 'check', 'pending');
  expect(spaced.at(60, client('15'), 'check', 'failed')).toBe(
    'client: superseded, advanced:urgent: period_not_elapsed',
  );
  expect(spaced.at(70, client('15'), 'change')).toBe('client: superseded, advanced:urgent: waiting_for_check');
  const silences = { 'advanced:urgent': startMs + dayMs };
  expect(spaced.at(80, client('15', { silences }))).toBe('client: superseded, advanced:urgent: silenced');
});

test('but not before its inactivity holds', () => {
  const idle = { ...urgent, inactivityDays: 2 };
  expect(check([rule(), idle], '15', {}, startMs + dayMs)).toEqual(['client: sent 1', 'advanced:urgent: not_inactive']);
  expect(check([rule(), idle], '15', {}, startMs + 2 * dayMs)).toEqual([
    'client: superseded',
    'advanced:urgent: sent 1',
  ]);
});

test('of equal thresholds the earlier rule notifies', () => {
  const twin = rule({ key: 'advanced:twin' });
  expect(check([rule(), twin], '15')).toEqual(['client: sent 1', 'advanced:twin: superseded']);
});

test('warning thresholds stand outside', () => {
  expect(check([rule(), warning('25.00')], '15')).toEqual(['client: sent 1', 'warning:25.00: sent 1']);
});

test('a rule that is off supersedes no other', () => {
  expect(check([rule(), { ...urgent, threshold: null }], '15')).toEqual(['client: sent 1', 'advanced:urgent: off']);
});

test('with each, each rule notifies', () => {
  const { verdicts } = evaluate(rules([user, rule(), urgent], 'each'), {}, client('15'), startMs, 'check');
  expect(describeVerdicts(verdicts)).toEqual(['user: sent 1', 'client: sent 1', 'advanced:urgent: sent 1']);
});
