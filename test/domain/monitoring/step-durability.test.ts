import fc from 'fast-check';
import type { MonitorState } from '../../../src/domain/monitoring/state.js';
import type { Happening } from '../support/random-life.js';
import type { MonitorWorld } from '../support/monitor-world.js';
import { happenings, lives, play, terms } from '../support/random-life.js';
import { dayMs } from '../support/client.js';

/** Ends all failures and lets a day pass. */
function recover(world: MonitorWorld): MonitorWorld {
  Object.assign(world, { failingReads: 0, failingWrites: 0, failingCreditSteps: 0 });
  world.advance(world.now + dayMs);
  return world;
}

test('writing the state as JSON between any two steps changes nothing', () => {
  const between = (state: MonitorState): MonitorState => JSON.parse(JSON.stringify(state)) as MonitorState;
  fc.assert(
    fc.property(terms, happenings, (given, life) => {
      const [plain, written] = [play(given, life), play(given, life, { between })];
      expect(written.moments.map(({ commands }) => commands)).toEqual(plain.moments.map(({ commands }) => commands));
      expect(written.moments.map(({ after }) => after)).toEqual(plain.moments.map(({ after }) => after));
    }),
    lives,
  );
});

test('every record is written exactly once and in order, whatever fails', () => {
  fc.assert(
    fc.property(terms, happenings, (given, life) => {
      const world = recover(play(given, life));
      const made = new Set(world.moments.flatMap(({ after }) => after.records));
      expect(world.written).toEqual([...made]);
      expect(world.state).toMatchObject({ records: [], isUnpublished: false, requests: [], evaluationDue: null });
    }),
    lives,
  );
});

test('every request is answered exactly once, after its record was written', () => {
  fc.assert(
    fc.property(terms, happenings, (given, life) => {
      const world = recover(play(given, life));
      expect(world.answers.map(({ requestId }) => requestId).sort()).toEqual([...world.requested].sort());
      for (const { requestId, answer, written } of world.answers) {
        const index = world.written.findIndex((record) => record.requestId === requestId);
        if (answer.kind === 'refused') expect(index).toBe(-1);
        else expect(index >= 0 && index < written).toBe(true);
      }
    }),
    lives,
  );
});

test('a failed write at any point changes no decision and no rule', () => {
  const failing = fc.tuple(happenings, fc.nat(40), fc.integer({ min: 1, max: 3 }));
  fc.assert(
    fc.property(terms, failing, (given, [life, index, count]) => {
      const isQuiet = life.every((happening) => !String(happening).includes('renew'));
      fc.pre(isQuiet);
      const broken: Happening[] = [...life];
      const fail = (world: MonitorWorld): void => void (world.failingWrites += count);
      broken.splice(Math.min(index, life.length), 0, { minutes: 0, apply: fail });
      const [plain, other] = [play(given, life), play(given, broken)];
      expect(other.decisions).toEqual(plain.decisions);
      expect(other.state.rules).toEqual(plain.state.rules);
      expect(recover(other).written).toEqual(recover(plain).written);
    }),
    lives,
  );
});
