import { client, Evaluations, minuteMs, rule, rules, startMs, warning } from '../support/client.js';

const change = rule({ trigger: 'change', periodMs: 0 });

/** A notification of the rule fails that was decided at the start with 10.00 left. */
function afterFailure(definition = change): Evaluations {
  const evaluations = new Evaluations(rules([definition]));
  evaluations.at(0, client('10'), 'check', 'failed');
  return evaluations;
}

describe('after a failed notification the rule waits', () => {
  test('until the next check, whatever that check finds', () => {
    expect(afterFailure().at(40, client('10'))).toBe('client: sent 1');
    const silenced = afterFailure();
    silenced.at(40, client('10', { silences: { '*': startMs + 50 * minuteMs } }));
    expect(silenced.at(50, client('10'), 'change')).toBe('client: sent 1');
    const unknown = afterFailure();
    unknown.at(40, client('10', { balance: null }));
    expect(unknown.at(50, client('10'), 'change')).toBe('client: sent 1');
  });

  test('a change rule at most one hour from the failed decision', () => {
    const evaluations = afterFailure();
    expect(evaluations.at(31, client('10'), 'change')).toBe('client: waiting_for_check');
    expect(evaluations.at(59, client('10'), 'change')).toBe('client: waiting_for_check');
    expect(evaluations.at(60, client('10'), 'change')).toBe('client: sent 1');
  });

  test('a period rule until a check, also after the hour', () => {
    const evaluations = afterFailure(rule());
    expect(evaluations.at(90, client('10'), 'change')).toBe('client: waiting_for_check');
    expect(evaluations.at(91, client('10'))).toBe('client: sent 1');
  });

  test('the trigger in force counts', () => {
    const evaluations = afterFailure();
    evaluations.ruleSet = rules([{ ...change, trigger: 'period' }]);
    expect(evaluations.at(70, client('10'), 'change')).toBe('client: waiting_for_check');
    evaluations.ruleSet = rules([change]);
    expect(evaluations.at(80, client('10'), 'change')).toBe('client: sent 1');
  });

  test('until it is not low, or a refill', () => {
    const lifted = afterFailure();
    lifted.at(40, client('60'), 'change');
    expect(lifted.at(45, client('10'), 'change')).toBe('client: sent 1');
    const refilled = afterFailure();
    expect(refilled.at(40, client('20', { refillSeq: 1 }), 'change')).toBe('client: sent 1');
    const warned = afterFailure(warning('25.00'));
    expect(warned.at(40, client('20', { refillSeq: 1 }), 'change')).toBe('warning:25.00: sent 1');
  });

  test('the same number of the same episode is decided again', () => {
    const evaluations = afterFailure();
    evaluations.at(60, client('10'), 'change', 'pending');
    expect(evaluations.ruleStates['client']?.pending).toMatchObject({ episode: 1, number: 1 });
  });
});

describe('a pending notification is called off', () => {
  const twoSent = (): Evaluations => {
    const evaluations = new Evaluations(rules([change]));
    evaluations.at(0, client('10'));
    evaluations.at(60, client('10'), 'check', 'pending');
    return evaluations;
  };

  test.each([
    ['stopped or paused', client('10', { paused: true })],
    ['lifted above its threshold', client('60')],
    ['refilled while low', client('20', { refillSeq: 1 })],
    ['unlimited', client('10', { unlimited: true })],
  ])('when the client is %s', (_, observation) => {
    const evaluations = twoSent();
    evaluations.at(70, observation, 'change', 'pending');
    expect(evaluations.ruleStates['client']?.pending?.cancelledIn).toBe('change');
  });

  test('when its rule is turned off', () => {
    const evaluations = twoSent();
    evaluations.ruleSet = rules([{ ...change, threshold: null }]);
    evaluations.at(70, client('10'), 'change', 'pending');
    expect(evaluations.ruleStates['client']?.pending?.cancelledIn).toBe('change');
  });

  test.each([
    ['an unknown balance', client('10', { balance: null })],
    ['a missing rate', client('10', { rate: null })],
    ['a silence', client('10', { silences: { '*': startMs + 1e9 } })],
  ])('not by %s', (_, observation) => {
    const evaluations = twoSent();
    evaluations.at(70, observation, 'change', 'pending');
    expect(evaluations.ruleStates['client']?.pending).toMatchObject({ number: 2 });
    expect(evaluations.ruleStates['client']?.pending?.cancelledIn).toBeUndefined();
  });

  test('then it was never sent: period and hour run from the one before, and the rule does not wait', () => {
    const evaluations = twoSent();
    evaluations.at(70, client('10', { paused: true }), 'change', 'failed');
    expect(evaluations.ruleStates['client']).toMatchObject({ count: 1, periodFrom: startMs, hourFrom: startMs });
    expect(evaluations.at(71, client('10'), 'change')).toBe('client: sent 2');
  });

  test('accepted in spite of it, it counts in its own episode, and its hour runs', () => {
    const lifted = twoSent();
    lifted.at(70, client('60', { refillSeq: 1 }), 'change', 'accepted');
    expect(lifted.ruleStates['client']).toMatchObject({ count: 0, episode: 2, periodFrom: null });
    expect(lifted.at(80, client('10', { refillSeq: 1 }), 'change')).toBe('client: period_not_elapsed');
    expect(lifted.at(120, client('10', { refillSeq: 1 }), 'change')).toBe('client: sent 1');
    const paused = twoSent();
    paused.at(70, client('10', { paused: true }), 'change', 'accepted');
    expect(paused.ruleStates['client']).toMatchObject({ count: 2, episode: 1 });
  });

  test('failed after a refill that left the rule low, it frees no number of the new counter', () => {
    const evaluations = twoSent();
    expect(evaluations.at(70, client('20', { refillSeq: 1 }), 'change', 'failed')).toBe('client: period_not_elapsed');
    expect(evaluations.ruleStates['client']).toMatchObject({ count: 0, episode: 2, hourFrom: startMs });
    expect(evaluations.at(71, client('20', { refillSeq: 1 }), 'change')).toBe('client: sent 1');
  });
});
