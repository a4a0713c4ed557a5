import fc from 'fast-check';
import { hourMs } from '../support/client.js';
import type { MonitorWorld } from '../support/monitor-world.js';
import type { Decision, Moment } from '../support/monitor-world-types.js';
import { happenings, lives, moneyHappenings, play, terms } from '../support/random-life.js';

/** What holds in every life of a client, whatever happens to it. */

/** Notifications that count, by rule and life of the rule, in the order of their decisions. */
function countedByRule({ decisions }: MonitorWorld): Decision[][] {
  const groups = new Map<string, Decision[]>();
  for (const decision of decisions) {
    if (decision.outcome === 'failed') continue;
    const name = `${decision.rule} ${decision.life}`;
    groups.set(name, [...(groups.get(name) ?? []), decision]);
  }
  return [...groups.values()];
}

function momentsBetween(world: MonitorWorld, a: Decision, b: Decision): Moment[] {
  const indexOf = (of: Decision): number =>
    world.moments.findIndex(({ commands }) =>
      commands.some(
        (command) => command.type === 'notify' && isSame(command, of) && command.decidedAt === of.decidedAt,
      ),
    );
  return world.moments.slice(indexOf(a) + 1, indexOf(b) + 1);
}

function isSame(a: { rule: string; episode: number; number: number }, b: typeof a): boolean {
  return a.rule === b.rule && a.episode === b.episode && a.number === b.number;
}

function wasResetByHand(between: readonly Moment[], rule: string): boolean {
  return between.some(({ after }) =>
    after.records.some(({ action }) => action?.name === 'rule.reset' && action.after['rule'] === rule),
  );
}

function wasLiftedByRefill(between: readonly Moment[], rule: string): boolean {
  return between.some(({ before, after }) => {
    const [was, is] = [before.rules[rule], after.rules[rule]];
    return was && is && is.refillSeq > was.refillSeq && is.lowSince === null;
  });
}

test('no rule sends more than its maximum within a counter, and no number counts twice', () => {
  fc.assert(
    fc.property(terms, happenings, (given, life) => {
      for (const counted of countedByRule(play(given, life))) {
        for (const { number, max } of counted) expect(number).toBeLessThanOrEqual(max ?? Infinity);
        const keys = counted.map(({ episode, number }) => `${episode}/${number}`);
        expect(new Set(keys).size).toBe(keys.length);
      }
    }),
    lives,
  );
});

test('numbers of an episode have no gap, and episodes only grow', () => {
  fc.assert(
    fc.property(terms, happenings, (given, life) => {
      for (const counted of countedByRule(play(given, life))) {
        counted.forEach(({ episode, number }, index) => {
          const last = counted[index - 1];
          if (last?.episode === episode) expect(number).toBe(last.number + 1);
          else expect([number, (last?.episode ?? 0) < episode]).toEqual([1, true]);
        });
      }
    }),
    lives,
  );
});

test('two notifications of a rule are a period apart, unless a refill lifted it or a person reset it between', () => {
  fc.assert(
    fc.property(terms, happenings, (given, life) => {
      const world = play(given, life);
      for (const counted of countedByRule(world)) {
        counted.forEach((decision, index) => {
          const last = counted[index - 1];
          if (!last || decision.decidedAt - last.decidedAt >= decision.periodMs) return;
          const between = momentsBetween(world, last, decision);
          expect(wasLiftedByRefill(between, decision.rule) || wasResetByHand(between, decision.rule)).toBe(true);
        });
      }
    }),
    lives,
  );
});

test('two notifications of a rule are an hour apart, unless a person reset it between', () => {
  fc.assert(
    fc.property(terms, happenings, (given, life) => {
      const world = play(given, life);
      for (const counted of countedByRule(world)) {
        counted.forEach((decision, index) => {
          const last = counted[index - 1];
          if (!last || decision.decidedAt - last.decidedAt >= hourMs) return;
          expect(wasResetByHand(momentsBetween(world, last, decision), decision.rule)).toBe(true);
        });
      }
    }),
    lives,
  );
});

test('an evaluation that finds a rule not low resets its counter, and after a refill its period', () => {
  fc.assert(
    fc.property(terms, happenings, (given, life) => {
      for (const { event, before, after } of play(given, life).moments) {
        if (event.type !== 'observed' || event.purpose === 'load') continue;
        for (const { rule, reason } of after.verdicts) {
          if (reason !== 'above_threshold' && reason !== 'unlimited') continue;
          const [was, is] = [before.rules[rule], after.rules[rule]];
          expect(is?.count ?? 0).toBe(0);
          expect(is?.lowSince ?? null).toBeNull();
          expect(is?.failedAt).toBeUndefined();
          if (was && event.observed.refills > was.refillSeq) expect(is?.periodFrom).toBeNull();
        }
      }
    }),
    lives,
  );
});

test('a refill waits for each rule until an evaluation decides that rule, and is applied once', () => {
  const undecided = new Set(['off', 'paused', 'balance_unknown', 'no_rate']);
  fc.assert(
    fc.property(terms, happenings, (given, life) => {
      for (const { event, before, after } of play(given, life).moments) {
        if (event.type !== 'observed' || event.purpose === 'load') continue;
        for (const { rule, reason } of after.verdicts) {
          const [was, is] = [before.rules[rule], after.rules[rule]];
          if (!is) continue;
          if (!undecided.has(reason)) expect(is.refillSeq).toBe(event.observed.refills);
          else if (was) expect(is.refillSeq).toBe(was.refillSeq);
        }
      }
    }),
    lives,
  );
});

test('the order of independent rules does not matter', () => {
  const shuffled = terms.chain((given) =>
    fc
      .shuffledSubarray([...given.definitions], { minLength: given.definitions.length })
      .map((definitions) => [{ ...given, whenSeveral: 'each' as const }, definitions] as const),
  );
  fc.assert(
    fc.property(shuffled, moneyHappenings, ([given, definitions], life) => {
      const [one, other] = [play(given, life), play({ ...given, definitions }, life)];
      expect(byRule(other.decisions)).toEqual(byRule(one.decisions));
      expect(other.state.rules).toEqual(one.state.rules);
      expect(other.state.clientState).toBe(one.state.clientState);
    }),
    lives,
  );
});

function byRule(decisions: readonly Decision[]): Record<string, Decision[]> {
  const groups: Record<string, Decision[]> = {};
  for (const decision of decisions) (groups[decision.rule] ??= []).push(decision);
  return groups;
}
