import { evaluate, keepRules, look, noticeLevels, resetRule, settle, type Observation } from '../../src/domain/monitoring/evaluate.js';
import type { RuleStates } from '../../src/domain/monitoring/rule-state.js';
import type { RuleDefinition, RuleSet } from '../../src/domain/monitoring/rules.js';
import { client, dayMs, hourMs, rule, rules, startMs, warning, words } from './support/client.js';

/** The states after the rule has sent once, at the start, to a client with 10.00. */
function afterOneMail(set: RuleSet): RuleStates {
  return settle(
    evaluate(set, {}, client('10'), startMs).ruleStates,
    { rule: 'client', episode: 1, number: 1 },
    'accepted',
  );
}

function check(set: RuleSet, states: RuleStates, observation: Observation, hours: number): string {
  return words(evaluate(set, states, observation, startMs + hours * hourMs).verdicts).join();
}

/** An hour later, what arrives is looked at; then the client is low again and checked after 2 and after 24 hours. */
function story(definition: Partial<RuleDefinition>, arrival: Observation): string[] {
  const set = rules([rule({ maxNotifications: 1, ...definition })]);
  const { ruleStates } = look(set, afterOneMail(set), arrival);
  const lowAgain = client('10', { refillSeq: arrival.refillSeq });
  return [check(set, ruleStates, lowAgain, 2), check(set, ruleStates, lowAgain, 24)];
}

describe('what re-arms', () => {
  test('a refill above the threshold: count and spacing', () => {
    expect(story({}, client('60', { refillSeq: 1 }))).toEqual(['client: sent 1', 'client: sent 1']);
  });

  test('a refill that leaves the client low: the count, not the spacing', () => {
    expect(story({}, client('20', { refillSeq: 1 }))).toEqual(['client: period_not_elapsed', 'client: sent 1']);
  });

  test('the same with resetOn recovery: nothing', () => {
    expect(story({ resetOn: 'recovery' }, client('20', { refillSeq: 1 }))).toEqual([
      'client: max_reached',
      'client: max_reached',
    ]);
  });

  test('a refill above the threshold with resetOn recovery: count and spacing', () => {
    const arrival = client('60', { refillSeq: 1 });
    expect(story({ resetOn: 'recovery' }, arrival)).toEqual(['client: sent 1', 'client: sent 1']);
  });

  test.each([
    ['a credit limit', client('10', { credit: '40' })],
    ['a temporary credit', client('10', { temporary: '40' })],
    ['a correction', client('50')],
    ['a better rate', client('10', { rate: 5_000_000_000_000n })],
    ['no limit', client('10', { unlimited: true })],
  ])('%s that lifts the client: the count, not the spacing', (_, arrival) => {
    expect(story({}, arrival)).toEqual(['client: period_not_elapsed', 'client: sent 1']);
  });

  test.each([
    ['an unknown balance', client('60', { refillSeq: 1, balance: null })],
    ['a stopped client', client('60', { refillSeq: 1, paused: true })],
    ['a missing rate', client('60', { refillSeq: 1, rate: null })],
  ])('not %s; but the refill is owed to the next check that decides', (_, arrival) => {
    expect(story({}, arrival)).toEqual(['client: period_not_elapsed', 'client: sent 1']);
    expect(story({}, { ...arrival, refillSeq: 0 })).toEqual(['client: max_reached', 'client: max_reached']);
  });

  test('a warning is re-armed only when it is no longer reached', () => {
    const set = rules([warning('25.00')]);
    const { ruleStates } = evaluate(set, {}, client('10'), startMs);
    const stillReached = look(set, ruleStates, client('25', { refillSeq: 1 })).ruleStates;
    expect(check(set, stillReached, client('10', { refillSeq: 1 }), 24)).toBe('warning:25.00: max_reached');
    const fine = look(set, ruleStates, client('25.01', { refillSeq: 1 })).ruleStates;
    expect(check(set, fine, client('10', { refillSeq: 1 }), 1)).toBe('warning:25.00: sent 1');
  });

  test('resetting by hand: the next check may send', () => {
    const set = rules([rule({ maxNotifications: 1 })]);
    expect(check(set, resetRule(afterOneMail(set), 'client'), client('10'), 1)).toBe('client: sent 1');
    expect(resetRule({}, 'client')).toEqual({});
  });

  test('looking never sends', () => {
    const set = rules([rule()]);
    const { ruleStates } = look(set, {}, client('10', { refillSeq: 1 }));
    expect(ruleStates['client']).toMatchObject({ count: 0, sentAt: null });
  });
});

describe('a mail on its way when its episode ends', () => {
  const set = rules([rule({ maxNotifications: 1 })]);
  const mail = { rule: 'client', episode: 1, number: 1 };
  const sending = evaluate(set, {}, client('10'), startMs).ruleStates;

  test('after a refill above the threshold its failure takes nothing from the next episode', () => {
    const { ruleStates } = look(set, sending, client('60', { refillSeq: 1 }));
    const again = evaluate(set, ruleStates, client('10', { refillSeq: 1 }), startMs + hourMs);
    expect(again.verdicts).toEqual([{ rule: 'client', reason: 'sent', episode: 2, number: 1 }]);
    const settled = settle(again.ruleStates, mail, 'failed');
    expect(check(set, settled, client('10', { refillSeq: 1 }), 48)).toBe('client: max_reached');
  });

  test('after a refill that leaves the client low its failure gives the distance back', () => {
    const { ruleStates } = look(set, sending, client('20', { refillSeq: 1 }));
    const seen = client('20', { refillSeq: 1 });
    expect(check(set, ruleStates, seen, 1)).toBe('client: period_not_elapsed');
    expect(check(set, settle(ruleStates, mail, 'accepted'), seen, 1)).toBe('client: period_not_elapsed');
    expect(check(set, settle(ruleStates, mail, 'failed'), seen, 1)).toBe('client: sent 1');
  });

  test('its failure takes no number from the count that began since', () => {
    const twice = rules([rule({ maxNotifications: 3 })]);
    const second = evaluate(twice, afterOneMail(twice), client('10'), startMs + dayMs).ruleStates;
    const { ruleStates } = look(twice, second, client('20', { refillSeq: 1 }));
    const failed = settle(ruleStates, { rule: 'client', episode: 1, number: 2 }, 'failed');
    expect(check(twice, failed, client('20', { refillSeq: 1 }), 48)).toBe('client: sent 1');
  });

  test('after a refill above the threshold nobody waits for how it ended', () => {
    const { ruleStates } = look(set, sending, client('60', { refillSeq: 1 }));
    expect(settle(ruleStates, mail, 'failed')).toBe(ruleStates);
  });

  test('a number that failed is tried again under the same name', () => {
    const failed = settle(sending, mail, 'failed');
    const { ruleStates } = look(set, failed, client('60'));
    expect(evaluate(set, ruleStates, client('10'), startMs + dayMs).verdicts[0]).toMatchObject({
      episode: 1,
      number: 1,
    });
  });
});

describe('edits', () => {
  const before = rules([rule({ maxNotifications: 2 }), rule({ key: 'user', threshold: { kind: 'below', value: '5.00' } })]);
  const states = afterOneMail(before);

  test('counts are kept by rule key, and those of removed rules are dropped', () => {
    const after = rules([rule({ maxNotifications: 3, periodMs: hourMs }), rule({ key: 'advanced:new' })]);
    const kept = keepRules(after, states);
    expect(Object.keys(kept)).toEqual(['client']);
    expect(check(after, kept, client('10'), 1)).toBe('client: sent 2,advanced:new: sent 1');
  });

  test('a rule that an edit makes low, or adds, has crossed nothing', () => {
    const after = rules([
      rule(),
      rule({ key: 'user', threshold: { kind: 'below', value: '100.00' } }),
      rule({ key: 'advanced:new', threshold: { kind: 'below', value: '100.00' } }),
    ]);
    const noticed = noticeLevels(after, keepRules(after, states), client('10'));
    expect(look(after, noticed, client('9')).crossed).toBe(false);
    expect(look(after, noticed, client('200')).crossed).toBe(true);
  });

  test('a threshold that is lowered and raised again re-arms nothing', () => {
    const lowered = rules([rule({ maxNotifications: 2, threshold: { kind: 'below', value: '5.00' } })]);
    const fine = noticeLevels(lowered, states, client('10'));
    const raised = noticeLevels(before, fine, client('10'));
    expect(check(before, raised, client('10'), 24)).toContain('client: sent 2');
  });

  test('one that a check finds fine is re-armed', () => {
    const lowered = rules([rule({ maxNotifications: 2, threshold: { kind: 'below', value: '5.00' } })]);
    const checked = evaluate(lowered, noticeLevels(lowered, states, client('10')), client('10'), startMs + hourMs);
    expect(words(checked.verdicts)).toEqual(['client: above_threshold']);
    const raised = noticeLevels(before, checked.ruleStates, client('10'));
    expect(check(before, raised, client('10'), 24)).toContain('client: sent 1');
  });
});

describe('crossings', () => {
  const set = rules([rule(), warning('25.00')]);
  const states = evaluate(set, {}, client('60'), startMs).ruleStates;

  test.each([
    ['60', '50', false],
    ['60', '49.99', true],
    ['60', '20', true],
    ['40', '30', false],
    ['40', '25', true],
    ['20', '25', false],
    ['20', '26', true],
    ['20', '60', true],
  ])('from %s to %s: %s', (from, to, crossed) => {
    const noticed = look(set, states, client(from)).ruleStates;
    expect(look(set, noticed, client(to)).crossed).toBe(crossed);
  });

  test('an unknown balance crosses nothing', () => {
    expect(look(set, states, client('10', { balance: null })).crossed).toBe(false);
  });

  test('what a stopped client crosses is noticed and not told again later', () => {
    const stopped = look(set, states, client('10', { paused: true }));
    expect(stopped.crossed).toBe(true);
    expect(look(set, stopped.ruleStates, client('9')).crossed).toBe(false);
  });
});
