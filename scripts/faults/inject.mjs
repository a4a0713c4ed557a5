import { faultKinds, formatSeconds } from './plan.mjs';
import { sleep } from './wait.mjs';

/** What each fault hits, and how it begins; what `begin` returns ends it. */
const injections = {
  stallDatabase: { part: 'database', begin: async ({ database }) => database.stall() },
  killDatabase: { part: 'database', begin: async ({ database }) => (await database.kill(), () => database.start()) },
  killWorker: { part: 'worker', begin: async ({ worker }) => (await worker.kill(), () => worker.start()) },
  killApi: { part: 'api', begin: async ({ api }) => (await api.kill(), () => api.start()) },
  restartTemporal: { part: 'temporal', begin: async ({ temporal }) => (await temporal.halt(), () => temporal.start()) },
};

/**
 * Injects the faults of a round at their times; resolves when the last one has ended and what it hit is up again. A
 * fault of a part that is not up again yet waits for that.
 *
 * @param say receives each, one line
 */
export async function injectFaults(stack, faults, say) {
  const since = performance.now();
  const isUp = {};
  await Promise.all(
    faults.map(async ({ kind, startMs, lastsMs }) => {
      const { part, begin } = injections[kind];
      await sleep(startMs);
      const turn = (isUp[part] ?? Promise.resolve()).then(async () => {
        say(`${formatSeconds(performance.now() - since)}  ${faultKinds[kind].text}`);
        const end = await begin(stack);
        await sleep(lastsMs);
        // Its start may have to wait for another part that is down: it is awaited, not timed.
        await end();
        say(`${formatSeconds(performance.now() - since)}  ${faultKinds[kind].text}: over`);
      });
      isUp[part] = turn;
      await turn;
    }),
  );
}
