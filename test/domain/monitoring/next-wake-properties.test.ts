import fc from 'fast-check';
import { moneyOf, formatMoney } from '../../../src/domain/money.js';
import { step } from '../../../src/domain/monitoring/step.js';
import { dayMs, hourMs, rule, startMs } from '../support/client.js';
import { MonitorWorld } from '../support/monitor-world.js';
import type { Terms } from '../support/monitor-world-types.js';
import { happenings, lives, play, terms } from '../support/random-life.js';

/** Whole seconds within a sleep: its beginning, its middle, and its end. */
function instantsWithin(fromMs: number, wakeMs: number): number[] {
  const middle = Math.floor((fromMs + wakeMs) / 2000) * 1000;
  return [...new Set([fromMs, middle, wakeMs - 1000])].filter((instant) => instant >= fromMs && instant < wakeMs);
}

/** False while the database is away: then the monitor waits for it, whatever it could send. */
function knowsItsClient({ state }: MonitorWorld): boolean {
  return state.observed !== null && state.retry.readAt === null && state.retry.creditAt === null;
}

test('no rule could send while the monitor sleeps: nextWake is never late', () => {
  fc.assert(
    fc.property(terms, happenings, (given, life) => {
      play(given, life, {
        onSleep(world, fromMs, wakeMs) {
          if (!knowsItsClient(world)) return;
          for (const instant of instantsWithin(fromMs, wakeMs)) {
            const event = { type: 'observed' as const, observed: world.observed(), purpose: 'change' as const };
            const { commands } = step(world.state, event, instant);
            expect(commands.filter(({ type }) => type === 'notify')).toEqual([]);
          }
        },
      });
    }),
    lives,
  );
});

test('a charge within the wake bounds changes no reason and not the state', () => {
  const share = fc.integer({ min: 0, max: 1000 });
  fc.assert(
    fc.property(terms, happenings, share, (given, life, thousandths) => {
      play(given, life, {
        onSleep(world, fromMs) {
          if (!knowsItsClient(world) || world.state.observed?.live === undefined) return;
          const { below, above } = world.state.wakeBounds;
          const live = moneyOf(world.state.observed.live);
          const lowest = below === null ? live - 100_000_000n : moneyOf(below) + 1n;
          const charged = live - ((live - lowest) * BigInt(thousandths)) / 1000n;
          if (charged === live || (above !== null && charged >= moneyOf(above))) return;
          const { observed } = world.state;
          const reasonsOf = (client: typeof observed): string[] => {
            const { state } = step(world.state, { type: 'observed', observed: client, purpose: 'change' }, fromMs);
            return [state.clientState, ...state.verdicts.map(({ reason }) => reason)];
          };
          const shown = [world.state.clientState, ...world.state.verdicts.map(({ reason }) => reason)];
          const uncharged = reasonsOf(observed);
          const afterCharge = reasonsOf({ ...observed, live: formatMoney(charged), chargedAt: fromMs });
          // What only time has changed is not the charge's doing.
          expect(afterCharge.filter((reason, index) => reason !== uncharged[index] && reason !== shown[index])).toEqual(
            [],
          );
        },
      });
    }),
    lives,
  );
});

test('checks of a year do not drift, whatever happens between them', () => {
  const intervals = fc.constantFrom(6 * hourMs, dayMs);
  fc.assert(
    fc.property(intervals, fc.array(fc.integer({ min: 1, max: 40_000 }), { maxLength: 30 }), (intervalMs, gaps) => {
      const given: Terms = { definitions: [rule()], whenSeveral: 'each', intervalMs };
      const world = new MonitorWorld(given);
      for (const gap of gaps) {
        world.advance(world.now + gap * 1000);
        world.pay(1_000_000n);
        world.request({ kind: 'checkNow' });
      }
      world.advance(startMs + 365 * dayMs);
      const checks = world.moments.flatMap(({ event, after }) =>
        event.type === 'observed' && event.purpose === 'scheduled' ? [after.evaluatedAt] : [],
      );
      expect(checks).toEqual(checks.map((_, index) => startMs + index * intervalMs));
      expect(checks).toHaveLength((365 * dayMs) / intervalMs + 1);
    }),
    { numRuns: 10 },
  );
});
