import { createRandom } from './random.mjs';

/** What each fault is called in the output, and how long it lasts, in ms. */
export const faultKinds = {
  stallDatabase: { text: 'database stalled', minMs: 8_000, maxMs: 30_000 },
  killDatabase: { text: 'database killed', minMs: 500, maxMs: 4_000 },
  killWorker: { text: 'worker killed', minMs: 500, maxMs: 6_000 },
  killApi: { text: 'API killed', minMs: 500, maxMs: 3_000 },
  restartTemporal: { text: 'Temporal restarted', minMs: 500, maxMs: 4_000 },
};

/** Two of these at one time would be one. */
const databaseFaults = ['stallDatabase', 'killDatabase'];

const faultsPerRound = 3;
const overlapShare = 0.35;

/**
 * Draws the faults of all rounds: `[{ kind, startMs, lastsMs }]` for each, times counted from the start of the round's
 * load. Kinds come from a shuffled deck, so that two rounds have seen all of them; some faults begin within the one before.
 */
export function planRounds(seed, rounds) {
  const random = createRandom(`${seed}/plan`);
  const deck = [];
  const drawKind = () => {
    if (deck.length === 0) deck.push(...random.shuffle(Object.keys(faultKinds)));
    return deck.pop();
  };
  return Array.from({ length: rounds }, () => {
    const faults = [];
    for (let n = 0; n < faultsPerRound; n++) faults.push(placeFault(random, drawKind(), faults));
    return faults.sort((a, b) => a.startMs - b.startMs);
  });
}

function placeFault(random, kind, earlier) {
  const { minMs, maxMs } = faultKinds[kind];
  const lastsMs = random.integer(minMs, maxMs);
  const last = earlier.at(-1);
  if (!last) return { kind, startMs: random.integer(2_000, 5_000), lastsMs };
  const within = last.startMs + random.integer(0, last.lastsMs);
  const after = Math.max(...earlier.map(endOfFault)) + random.integer(1_000, 4_000);
  const clashes = earlier.some(
    (fault) =>
      endOfFault(fault) > within &&
      (fault.kind === kind || (databaseFaults.includes(fault.kind) && databaseFaults.includes(kind))),
  );
  return { kind, startMs: random.chance(overlapShare) && !clashes ? within : after, lastsMs };
}

const endOfFault = ({ startMs, lastsMs }) => startMs + lastsMs;

/** `+3.2 s database stalled for 19.4 s` */
export function formatFault({ kind, startMs, lastsMs }) {
  return `+${formatSeconds(startMs)} ${faultKinds[kind].text} for ${formatSeconds(lastsMs)}`;
}

export const formatSeconds = (ms) => `${(ms / 1000).toFixed(1)} s`;
