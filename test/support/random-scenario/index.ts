import fc from 'fast-check';
import { parseScenario } from '../../../src/simulate/parse.js';
import type { Scenario } from '../../../src/simulate/scenario.js';
import { runOracle } from '../oracle/index.js';
import { Dice } from './dice.js';
import { Plot } from './plot.js';

const deliveryWindowMs = 30 * 60_000;
/** So close the last attempt may come before or after what ends the wait. */
const tooCloseMs = 75_000;

/** The story of a seed, parsed. Nothing is expected of it: the engines and the oracle must say the same. */
export function randomScenario(seed: number): Scenario {
  return parse(randomFile(seed), seed);
}

/** The story of a seed as a file holds it, to be written down and played by hand. */
export function randomFile(seed: number): object {
  for (let attempt = 0; attempt < 200; attempt++) {
    const file = new Plot(new Dice(seed * 200 + attempt)).write();
    if (isDecided(parse(file, seed))) return file;
  }
  throw new Error(`seed ${seed} gives no story whose outages are clear`);
}

export const randomStory: fc.Arbitrary<object> = fc.nat({ max: 1_000_000 }).map(randomFile);

/**
 * False where the outcome would depend on the very second of an attempt: mail is back within 75 s of another event,
 * a check, or the end of a wait; or something cancels a notification at the instant at which its 30 minutes end.
 */
function isDecided(scenario: Scenario): boolean {
  const { deliveries, trace } = runOracle(scenario);
  const isAtTheEnd = deliveries.some(
    ({ decidedMs, endedMs, outcome }) => outcome === 'called_off' && endedMs === decidedMs + deliveryWindowMs,
  );
  if (isAtTheEnd) return false;
  const backMs = scenario.events.flatMap((event) => (event.kind === 'mail' && event.up ? [event.atMs] : []));
  const instants = [
    ...scenario.events.map((event) => event.atMs).filter((atMs) => !backMs.includes(atMs)),
    ...scenario.events.flatMap((event) => (event.kind === 'temporaryCredit' ? [event.validUntilMs] : [])),
    ...scenario.rates.map((rate) => rate.atMs),
    ...trace.filter((line) => line.isCheck || line.reason === 'sent').map((line) => line.atMs),
    ...deliveries.flatMap(({ outcome, endedMs }) => (outcome === 'accepted' || endedMs === null ? [] : [endedMs])),
    scenario.untilMs,
  ];
  const isAlone = scenario.events.every(
    (event, index) =>
      !backMs.includes(event.atMs) || scenario.events.every((other, at) => at === index || other.atMs !== event.atMs),
  );
  return isAlone && backMs.every((ms) => instants.every((atMs) => Math.abs(atMs - ms) > tooCloseMs));
}

function parse(file: object, seed: number): Scenario {
  return parseScenario(JSON.stringify(file), `the random story of seed ${seed}`);
}
