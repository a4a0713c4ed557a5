import { createRandom } from './random.mjs';
import { labelOf, ledgerMix, makers, monitorMix } from './requests.mjs';
import { sleep } from './wait.mjs';

/** Requests that wait for a monitor must not keep charges and payments from going on. */
const lanes = [
  { mix: ledgerMix, count: 4 },
  { mix: monitorMix, count: 5 },
];

/** A lane continues next to requests that take longer than this, as callers do who know nothing of each other. */
const patienceMs = 1_000;
const maxPendingPerLane = 8;

/**
 * Puts load on the API until `stop` is called, which waits for the outcome of every request.
 *
 * @param limit after it, requests without an outcome are given up
 * @param log of all requests: `[{ name, clientId, outcome, ... }]`, appended to
 */
export function startLoad({ api, fleet, seed, round, limit, log }) {
  let isOver = false;
  const runLane = async (mix, lane) => {
    const random = createRandom(`${seed}/load/${round}/${lane}`);
    const pending = new Set();
    const carryOut = async (name, label) => {
      const client = random.pick(fleet.clients);
      const request = await makers[name]({ api, random, fleet, client, label, limit });
      if (request) log.push({ name, round, clientId: client.id, request, ...(await api.settle(request, limit)) });
    };
    for (let n = 1; !isOver; n++) {
      const done = carryOut(random.pickWeighted(mix), labelOf(seed, round, lane, n)).finally(() =>
        pending.delete(done),
      );
      pending.add(done);
      await Promise.race([done, sleep(patienceMs)]);
      if (pending.size >= maxPendingPerLane) await Promise.race(pending);
      await sleep(random.integer(50, 350));
    }
    await Promise.all(pending);
  };
  const running = lanes.flatMap(({ mix, count }) => Array(count).fill(mix)).map((mix, lane) => runLane(mix, lane + 1));
  // A lane that fails is reported by `stop`; until then it is no unhandled rejection.
  const all = Promise.all(running);
  all.catch(() => undefined);
  return {
    async stop() {
      isOver = true;
      await all;
    },
  };
}
