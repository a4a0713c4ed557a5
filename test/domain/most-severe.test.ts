import { evaluate } from '../../src/domain/monitoring/evaluate.js';
import type { RuleStates } from '../../src/domain/monitoring/rule-state.js';
import type { RuleDefinition } from '../../src/domain/monitoring/rules.js';
import { client, dayMs, hourMs, rule, rules, startMs, warning, words } from './support/client.js';

const user = rule({ key: 'user', threshold: { kind: 'below', value: '100.00' }, recipients: ['owner', 'noc'] });
const urgent = rule({
  key: 'advanced:urgent',
  threshold: { kind: 'below', value: '20.00' },
  recipients: ['billing', 'owner'],
});

function check(definitions: RuleDefinition[], live: string, states: RuleStates = {}, now = startMs): string[] {
  return words(evaluate(rules(definitions, 'mostSevere'), states, client(live), now).verdicts);
}

test('a recipient hears only from the lowest threshold that is low', () => {
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

test('also while that rule is exhausted or spaced', () => {
  const set = rules([rule(), { ...urgent, maxNotifications: 1 }], 'mostSevere');
  const first = evaluate(set, {}, client('15'), startMs);
  const spaced = evaluate(set, first.ruleStates, client('15'), startMs + hourMs);
  expect(words(spaced.verdicts)).toEqual(['client: superseded', 'advanced:urgent: max_reached']);
});

test('but not before its inactivity holds', () => {
  const idle = { ...urgent, inactivityDays: 2 };
  expect(check([rule(), idle], '15', {}, startMs + dayMs)).toEqual(['client: sent 1', 'advanced:urgent: not_inactive']);
  expect(check([rule(), idle], '15', {}, startMs + 2 * dayMs)).toEqual([
    'client: superseded',
    'advanced:urgent: sent 1',
  ]);
});

test('of equal thresholds the first one speaks', () => {
  const twin = rule({ key: 'advanced:twin' });
  expect(check([rule(), twin], '15')).toEqual(['client: sent 1', 'advanced:twin: superseded']);
});

test('warning thresholds stand outside', () => {
  expect(check([rule(), warning('25.00')], '15')).toEqual(['client: sent 1', 'warning:25.00: sent 1']);
});

test('a rule that is off supersedes nobody', () => {
  expect(check([rule(), { ...urgent, threshold: null }], '15')).toEqual(['client: sent 1', 'advanced:urgent: off']);
});

test('with each, each rule mails', () => {
  const { verdicts } = evaluate(rules([user, rule(), urgent], 'each'), {}, client('15'), startMs);
  expect(words(verdicts)).toEqual(['user: sent 1', 'client: sent 1', 'advanced:urgent: sent 1']);
});
