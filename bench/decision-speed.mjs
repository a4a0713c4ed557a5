import { dist, median } from './stack.mjs';

const hourMs = 3_600_000;
const startMs = 1_772_323_200_000;
const perRound = 100_000;

/**
 * Evaluations and steps a second on one core, and their ratios to a fixed loop of the same kind of work that is measured
 * in the same second: ratios hold between machines, and on a busy one.
 */
export function measureDecision(rounds) {
  const work = { reference: runReference, ...decisionWork() };
  /** @type {Record<string, number[]>} */
  const speeds = Object.fromEntries(Object.keys(work).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const [name, run] of Object.entries(work)) {
      const began = performance.now();
      run();
      const perSecond = perRound / ((performance.now() - began) / 1000);
      // The first round only warms up.
      if (round > 0) speeds[name].push(perSecond);
    }
  }
  return Object.fromEntries(
    Object.entries(speeds).map(([name, values]) => [
      name,
      {
        perSecond: Math.round(median(values)),
        toReference: median(values.map((value, round) => value / speeds.reference[round])),
      },
    ]),
  );
}

/** Integers of money compared and small objects copied, as a decision does. */
function runReference() {
  let state = { count: 0, from: 0n, at: 0 };
  let lower = 0;
  for (let n = 0; n < perRound; n++) {
    const amount = BigInt(n % 97) * 1_000_000n;
    for (let limit = 0n; limit < 100_000_000n; limit += 20_000_000n) if (amount + state.from < limit) lower++;
    state = { ...state, count: state.count + lower, at: n };
  }
  return state;
}

const rule = (key, value) => ({
  key,
  action: 'notify',
  trigger: 'period',
  threshold: { kind: 'below', value },
  inactivityDays: key === 'advanced:idle' ? 4 : null,
  maxNotifications: 3,
  periodMs: 24 * hourMs,
  resetOn: 'refill',
  recipients: ['a', 'b'],
  ranked: true,
});
const definitions = [
  rule('user', '100.00'),
  rule('client', '50.00'),
  rule('advanced:idle', '30.00'),
  rule('advanced:b', '20.00'),
  rule('advanced:c', '10.00'),
];

function decisionWork() {
  const { compileRules } = dist('domain/monitoring/rules.js');
  const { evaluate } = dist('domain/monitoring/evaluate.js');
  const { applyDeliveryOutcome } = dist('domain/monitoring/rule-state.js');
  const ruleSet = compileRules(definitions, 'each');
  const observations = [40_000_000n, 150_000_000n, 15_000_000n].map((live) => ({
    balance: { live, creditLimit: 0n, temporaryCredit: 0n },
    rate: 1_000_000_000_000n,
    refillSeq: 1,
    lastChargeAt: 0,
    unlimited: false,
    paused: false,
    silences: {},
  }));
  return {
    /** every notification ends at once, as in a monitor whose mail server answers */
    evaluate() {
      let states = {};
      for (let n = 0; n < perRound; n++) {
        const { verdicts, ruleStates } = evaluate(ruleSet, states, observations[n % 3], startMs + n * hourMs, 'check');
        states = ruleStates;
        for (const { rule: key, reason, episode, number } of verdicts) {
          if (reason === 'sent') states = applyDeliveryOutcome(states, { rule: key, episode, number }, 'accepted');
        }
      }
    },
    steadyStep: steadySteps(),
    sendingStep: sendingSteps(),
  };
}

/** Scheduled checks of a client whose state stays as it is: two rules low and exhausted, nothing to do. */
function steadySteps() {
  const { step } = dist('domain/monitoring/step.js');
  const first = steadyState();
  return () => {
    let state = first;
    for (let n = 0; n < perRound; n++) {
      const now = state.schedule.lastSlotAt + hourMs;
      const { state: next, commands } = step(
        state,
        { type: 'observed', observed: observedAt('40.00', 1), purpose: 'scheduled' },
        now,
      );
      if (commands.length > 0) throw new Error('a steady check has commands');
      state = next;
    }
  };
}

/** Checks in each of which one rule notifies; each is four steps: the check, its write, its delivery, the write of that. */
function sendingSteps() {
  const { step } = dist('domain/monitoring/step.js');
  const first = startedState([{ ...rule('client', '50.00'), maxNotifications: null, periodMs: hourMs }]);
  return () => {
    let state = first;
    for (let n = 0; n < perRound / 4; n++) {
      const now = state.schedule.lastSlotAt + hourMs;
      const { state: next, commands } = step(
        state,
        { type: 'observed', observed: observedAt('40.00', 1), purpose: 'scheduled' },
        now,
      );
      const notify = commands.find(({ type }) => type === 'notify');
      if (!notify) throw new Error('no rule notified');
      const { rule: key, episode, number } = notify;
      state = step(next, { type: 'published' }, now).state;
      state = step(state, { type: 'deliveryEnded', outcome: 'accepted', rule: key, episode, number }, now).state;
      state = step(state, { type: 'published' }, now).state;
    }
  };
}

function steadyState() {
  const { step } = dist('domain/monitoring/step.js');
  let state = startedState(definitions);
  for (let n = 0; n < 200; n++) {
    const now = state.schedule.lastSlotAt + hourMs;
    const { state: next, commands } = step(
      state,
      { type: 'observed', observed: observedAt('40.00', 1), purpose: 'scheduled' },
      now,
    );
    state = next;
    for (const { type, rule: key, episode, number } of commands) {
      if (type === 'notify')
        state = step(state, { type: 'deliveryEnded', outcome: 'accepted', rule: key, episode, number }, now).state;
    }
    state = step(state, { type: 'published' }, now).state;
  }
  return state;
}

function startedState(rules) {
  const { step } = dist('domain/monitoring/step.js');
  const { initialState } = dist('domain/monitoring/state.js');
  const config = {
    version: '1',
    resellerId: 'r',
    intervalMs: hourMs,
    whenSeveral: 'each',
    unlimited: false,
    rules,
    grant: null,
    episodes: {},
    options: { continueAfterEvents: 0, continueAfterChecks: 0, spreadShare: 0, spreadMaxMs: 0 },
  };
  const observed = observedAt('150.00', 1);
  const state = step(
    initialState('c', startMs),
    { type: 'observed', observed, config, purpose: 'load' },
    startMs,
  ).state;
  const checked = step(state, { type: 'observed', observed, purpose: 'scheduled' }, startMs).state;
  return step(checked, { type: 'published' }, startMs).state;
}

const observedAt = (live, refills) => ({ live, refills, chargedAt: startMs });
