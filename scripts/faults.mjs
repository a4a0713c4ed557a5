import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Api } from './faults/api.mjs';
import { createFleet } from './faults/fleet.mjs';
import { injectFaults } from './faults/inject.mjs';
import { startLoad } from './faults/load.mjs';
import { faultKinds, formatFault, planRounds } from './faults/plan.mjs';
import { startStack } from './faults/stack.mjs';
import { verifyRound } from './faults/verify.mjs';
import { sleep } from './faults/wait.mjs';
import { elapsed, helpIfAsked } from './lib/project.mjs';

helpIfAsked(`
Usage: npm run faults -- [--rounds N] [--seed S] [--clients N] [--keep] [--keep-going]

Runs all of Lowwater as separate processes, puts load on it through the API, injects faults, and checks after each round
that nothing was lost and nothing done twice.
  --rounds N    how many rounds (default 3); one takes about 90 s
  --seed S      chooses faults, their times and the load; any text (default: a new one, which is printed)
  --clients N   how many clients are monitored (default 40)
  --keep        keeps the data folder also when nothing was found
  --keep-going  continues after a round with findings
Faults: ${Object.values(faultKinds)
  .map(({ text }) => text)
  .join(', ')}.
Checks: every monitor can check, every counter is right, every accepted request left exactly one record, no message was
sent twice, no rule notified twice within an hour unless a person reset it.
Exit code: 0 nothing was found, 1 something was found or did not start, 2 wrong arguments, 130 interrupted.
With findings the data folder stays, and the output says how to open it.
`);

const { rounds, seed, clients, keep, keepGoing } = readArguments();
const say = (line) => process.stdout.write(`${line}\n`);

/** From the end of the faults until every request of the load has its outcome. */
const settleWithinMs = 150_000;
const loadAfterFaultsMs = 2_000;

const since = performance.now();
const folder = mkdtempSync(path.join(os.tmpdir(), 'lowwater-faults-'));
chmodSync(folder, 0o711);
const plan = planRounds(seed, rounds);
say(`Seed ${seed}, ${rounds} rounds, ${clients} clients, data in ${folder}`);
plan.forEach((faults, index) => say(`  round ${index + 1}: ${faults.map(formatFault).join(', ')}`));

const log = [];
const found = [];
let totals = { requests: 0, notifications: 0, mails: 0 };
let roundsDone = 0;
let stopStack = () => Promise.resolve();
const interrupted = new Promise((_, reject) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => reject(new Interrupted(signal)));
});
interrupted.catch(() => undefined);
class Interrupted extends Error {}

let exitCode = 0;
try {
  await Promise.race([runRounds(), interrupted]);
  exitCode = found.length > 0 ? 1 : 0;
} catch (error) {
  exitCode = error instanceof Interrupted ? 130 : 1;
  say(error instanceof Interrupted ? `Interrupted by ${error.message}.` : `The run broke off: ${error.stack}`);
}
await stopStack().catch((error) => {
  exitCode ||= 1;
  say(`${error.message}: ${error.errors.map(({ message }) => message).join('; ')}`);
});
closeFolder();
const accepted = log.filter(({ outcome }) => outcome === 'accepted').length;
say(
  `${roundsDone} of ${rounds} rounds, ${roundsDone * plan[0].length} faults, ${accepted} of ${log.length} requests accepted, ` +
    `${totals.notifications} notifications, ${totals.mails} messages, ${found.length} findings (seed ${seed}, ${elapsed(since)})`,
);
process.exit(exitCode);

async function runRounds() {
  const stack = await startStack({ folder, log: (line) => say(`  ${line}`) });
  stopStack = stack.stop;
  const api = new Api(stack.apiUrl, stack.apiKey);
  const fleet = await createFleet(api, seed, clients);
  for (const [index, faults] of plan.entries()) {
    const round = index + 1;
    const findings = await runRound({ stack, api, fleet, seed, round, log }, faults);
    found.push(...findings.map((finding) => ({ round, ...finding })));
    roundsDone = round;
    if (findings.length > 0 && !keepGoing) return;
  }
}

async function runRound(run, faults) {
  const began = performance.now();
  const first = log.length;
  say(`\nRound ${run.round}`);
  const limit = { untilMs: Infinity };
  const load = startLoad({ ...run, limit });
  await injectFaults(run.stack, faults, (line) => say(`  ${line}`));
  await sleep(loadAfterFaultsMs);
  limit.untilMs = performance.now() + settleWithinMs;
  await load.stop();
  const { checks, findings, totals: counted } = await verifyRound(run);
  totals = counted;
  const outcomes = log.slice(first).map(({ outcome }) => outcome);
  const share = ['accepted', 'refused', 'maybe', 'open']
    .map((outcome) => `${outcomes.filter((other) => other === outcome).length} ${outcome}`)
    .join(', ');
  say(`  requests: ${share}`);
  for (const check of checks) {
    const own = findings.filter((finding) => finding.check === check);
    say(`  ${own.length === 0 ? 'ok    ' : 'FAILED'} ${check}${own.length > 0 ? `: ${own.length} findings` : ''}`);
    for (const { text } of own.slice(0, 12)) say(`           ${text}`);
  }
  say(`  ${elapsed(began)}`);
  return findings;
}

/** Removes the data of a run without findings; of another, says how to inspect it. */
function closeFolder() {
  if (exitCode === 0 && !keep) return rmSync(folder, { recursive: true, force: true });
  writeFileSync(path.join(folder, 'findings.json'), JSON.stringify({ seed, plan, found, log }, null, 1));
  say(`
The data is kept in ${folder}:
  findings.json                   all findings, and every request with its outcome
  logs/worker.log, logs/api.log   what the processes said; postgres/postgres.log, temporal/temporal.log
  npm start -- --empty --port 0 --data-dir ${folder}
                                  starts Lowwater on this data, with its pages, the mailbox, and Temporal's pages`);
}

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        rounds: { type: 'string', default: '3' },
        seed: { type: 'string', default: String(Date.now() % 1_000_000) },
        clients: { type: 'string', default: '40' },
        keep: { type: 'boolean', default: false },
        'keep-going': { type: 'boolean', default: false },
      },
    });
    const count = (name, max) => {
      if (/^[1-9]\d*$/.test(values[name]) && Number(values[name]) <= max) return Number(values[name]);
      throw new TypeError(`--${name} must be a number from 1 to ${max}`);
    };
    return {
      ...values,
      rounds: count('rounds', 1_000),
      clients: count('clients', 1_000),
      keepGoing: values['keep-going'],
    };
  } catch (error) {
    process.stderr.write(`${error.message}\nSee npm run faults -- --help.\n`);
    process.exit(2);
  }
}
