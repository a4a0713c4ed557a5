import fc from 'fast-check';
import { evaluate, look, settle } from '../../src/domain/monitoring/evaluate.js';
import type { RuleState } from '../../src/domain/monitoring/rule-state.js';
import { compileRules } from '../../src/domain/monitoring/rules.js';
import { packRules, unpackRules } from '../../src/workflows/carried-state.js';
import { startMs } from './support/client.js';
import { definitions, live, ruleSet, step, type Moment } from './support/walk.js';

const steps = fc.array(step, { minLength: 1, maxLength: 60 });
const settings = { numRuns: 400 };

/** The mails of one rule that count, in order. */
function sentBy(moments: readonly Moment[], key: string): { nowMs: number; episode: number; number: number }[] {
  return moments.flatMap(({ nowMs, verdicts, outcome }) =>
    verdicts.flatMap((verdict) =>
      verdict.rule === key && verdict.reason === 'sent' && outcome !== 'failed'
        ? [{ nowMs, episode: verdict.episode ?? 0, number: verdict.number ?? 0 }]
        : [],
    ),
  );
}

test('no rule sends more than its maximum within a count, and numbers them without a gap', () => {
  fc.assert(
    fc.property(ruleSet, steps, (set, happenings) => {
      const moments = live(set, happenings);
      for (const rule of set.rules) {
        const byEpisode = new Map<number, number[]>();
        for (const { episode, number } of sentBy(moments, rule.key)) {
          byEpisode.set(episode, [...(byEpisode.get(episode) ?? []), number]);
        }
        for (const numbers of byEpisode.values()) {
          expect(numbers).toEqual(numbers.map((_, index) => index + 1));
          expect(numbers.length).toBeLessThanOrEqual(rule.maxNotifications ?? Infinity);
        }
      }
    }),
    settings,
  );
});

test('two sends of a rule are never closer than the period, unless a refill lifted it above its threshold between', () => {
  fc.assert(
    fc.property(ruleSet, steps, (set, happenings) => {
      const moments = live(set, happenings);
      for (const rule of set.rules) {
        const sent = sentBy(moments, rule.key);
        sent.forEach((mail, index) => {
          const last = sent[index - 1];
          if (!last || mail.nowMs - last.nowMs >= rule.periodMs) return;
          const between = moments.slice(
            moments.findIndex(({ nowMs, verdicts }) => nowMs === last.nowMs && verdicts.length > 0),
            moments.findLastIndex(({ nowMs }) => nowMs === mail.nowMs) + 1,
          );
          const lifted = between.some(
            ({ before, after }) =>
              (after[rule.key]?.refillSeq ?? 0) > (before[rule.key]?.refillSeq ?? 0) && after[rule.key]?.low === false,
          );
          expect(lifted).toBe(true);
        });
      }
    }),
    settings,
  );
});

test('a refill that leaves a rule not low always re-arms it', () => {
  fc.assert(
    fc.property(ruleSet, steps, (set, happenings) => {
      for (const { before, after, observation } of live(set, happenings)) {
        for (const { key } of set.rules) {
          const [was, is] = [before[key], after[key]];
          if (!was || !is || is.low || observation.refillSeq <= was.refillSeq || is.refillSeq === was.refillSeq)
            continue;
          expect(is).toMatchObject({ count: 0, sentAt: null, since: null });
        }
      }
    }),
    settings,
  );
});

test('a refill is owed to every rule until a look that decides has taken it in', () => {
  fc.assert(
    fc.property(ruleSet, steps, (set, happenings) => {
      for (const { after, observation } of live(set, happenings)) {
        if (!observation.balance || observation.paused || observation.rate === null) continue;
        for (const { key, threshold } of set.rules) {
          if (!threshold || (threshold.kind === 'debtShare' && observation.balance.creditLimit <= 0n)) continue;
          expect(after[key]?.refillSeq).toBe(observation.refillSeq);
        }
      }
    }),
    settings,
  );
});

test('evaluating again at the same instant sends nothing more and changes nothing', () => {
  fc.assert(
    fc.property(ruleSet, steps, (set, happenings) => {
      for (const { before, observation, nowMs } of live(set, happenings)) {
        const first = evaluate(set, before, observation, nowMs);
        const second = evaluate(set, first.ruleStates, observation, nowMs);
        const spaced = new Set(
          set.rules.filter((rule) => rule.maxNotifications === 1 || rule.periodMs > 0).map(({ key }) => key),
        );
        expect(second.verdicts.filter(({ rule, reason }) => reason === 'sent' && spaced.has(rule))).toEqual([]);
        expect(second.ruleStates).toEqual(first.ruleStates);
      }
    }),
    settings,
  );
});

test('the order of the rules does not matter', () => {
  const ordered = definitions.chain((made) =>
    fc.tuple(fc.constant(made), fc.shuffledSubarray(made, { minLength: made.length, maxLength: made.length })),
  );
  fc.assert(
    fc.property(ordered, steps, ([made, shuffled], happenings) => {
      const [one, other] = [
        live(compileRules(made, 'each'), happenings),
        live(compileRules(shuffled, 'each'), happenings),
      ];
      one.forEach((moment, index) => {
        expect(other[index]?.after).toEqual(moment.after);
        expect(byRule(other[index])).toEqual(byRule(moment));
      });
    }),
    settings,
  );
});

function byRule(moment: Moment | undefined): Record<string, unknown> {
  return Object.fromEntries((moment?.verdicts ?? []).map((verdict) => [verdict.rule, verdict]));
}

test.each([
  ['as JSON', <T>(states: T): T => JSON.parse(JSON.stringify(states)) as T],
  ['packed between two runs', (states: Parameters<typeof packRules>[0]) => unpackRules(packRules(states))],
])('writing the state down %s between any two steps changes nothing', (_, written) => {
  fc.assert(
    fc.property(ruleSet, steps, (set, happenings) => {
      expect(live(set, happenings, written)).toEqual(live(set, happenings));
    }),
    settings,
  );
});

test('a failed mail leaves the count and the distance as they were, and the same number is tried again', () => {
  fc.assert(
    fc.property(ruleSet, steps, (set, happenings) => {
      for (const { before, observation, nowMs } of live(set, happenings)) {
        const armed = look(set, before, observation).ruleStates;
        const checked = evaluate(set, before, observation, nowMs);
        for (const { rule, reason, episode = 0, number = 0 } of checked.verdicts) {
          if (reason !== 'sent') continue;
          const failed = settle(checked.ruleStates, { rule, episode, number }, 'failed');
          const was: RuleState | undefined = observation.paused ? before[rule] : armed[rule];
          expect(failed[rule]).toMatchObject({ count: was?.count, sentAt: was?.sentAt, episode: was?.episode });
          const again = evaluate(set, failed, observation, nowMs + 1000).verdicts.find(
            (verdict) => verdict.rule === rule,
          );
          expect(again).toMatchObject({ reason: 'sent', episode, number });
        }
      }
    }),
    settings,
  );
});

test('counts, episodes and instants stay whole and sensible', () => {
  fc.assert(
    fc.property(ruleSet, steps, (set, happenings) => {
      for (const { after, nowMs } of live(set, happenings)) {
        for (const state of Object.values(after)) {
          expect(state.count).toBeGreaterThanOrEqual(0);
          expect(state.episode).toBeGreaterThanOrEqual(1);
          expect(state.sending).toBeUndefined();
          for (const instant of [state.sentAt, state.since]) {
            if (instant === null) continue;
            expect(instant).toBeGreaterThanOrEqual(startMs);
            expect(instant).toBeLessThanOrEqual(nowMs);
          }
        }
      }
    }),
    settings,
  );
});
