import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { dist, median } from './stack.mjs';

/** Evaluations of five rules on one core, and the simulator over a year of hourly checks for 100 clients. */
export async function decision({ quick, say }) {
  const evaluations = evaluationsPerSecond(quick ? 3 : 7);
  say(
    `   evaluations of five rules: ${Math.round(evaluations).toLocaleString('en')} a second on one core (goal 300,000)`,
  );
  const { wallSeconds, checks } = await simulateYear();
  say(
    `   simulate: ${checks.toLocaleString('en')} checks in ${wallSeconds.toFixed(2)} s, start of the process included (goal under 5 s)`,
  );
  return { evaluationsPerSecond: Math.round(evaluations), simulateYear: { checks, wallSeconds } };
}

function evaluationsPerSecond(rounds) {
  const { compileRules } = dist('domain/rules.js');
  const { evaluate } = dist('domain/evaluate.js');
  const rule = (key, value) => ({
    key,
    threshold: { kind: 'below', value },
    inactivityDays: key === 'advanced:idle' ? 4 : null,
    maxNotifications: 3,
    periodMs: 86_400_000,
    resetOn: 'refill',
    recipients: ['a', 'b'],
    ranked: true,
  });
  const ruleSet = compileRules(
    [
      rule('user', '100.00'),
      rule('client', '50.00'),
      rule('advanced:idle', '30.00'),
      rule('advanced:b', '20.00'),
      rule('advanced:c', '10.00'),
    ],
    'each',
  );
  const observation = (live) => ({
    balance: { live, creditLimit: 0n, temporaryCredit: 0n },
    rate: 1_000_000_000_000n,
    refillSeq: 1,
    lastChargeAt: 0,
    unlimited: false,
    paused: false,
    silences: {},
  });
  const observations = [observation(40_000_000n), observation(150_000_000n), observation(15_000_000n)];
  const perRound = 200_000;
  const speeds = [];
  for (let round = 0; round < rounds; round++) {
    let states = {};
    const began = performance.now();
    for (let n = 0; n < perRound; n++) {
      states = evaluate(ruleSet, states, observations[n % 3], 1_772_323_200_000 + n * 3_600_000).ruleStates;
    }
    speeds.push(perRound / ((performance.now() - began) / 1000));
  }
  return median(speeds);
}

async function simulateYear() {
  const dir = await mkdtemp(path.join(tmpdir(), 'lowwater-bench-'));
  try {
    const files = [];
    for (let client = 0; client < 100; client++) {
      const file = path.join(dir, `client-${client}.json`);
      await writeFile(file, JSON.stringify(yearOf(client)));
      files.push(file);
    }
    const began = performance.now();
    const main = path.join(import.meta.dirname, '..', 'dist', 'cli', 'main.js');
    // Exit status 6 says that the expected mails differ: these scenarios expect none, only the work is measured.
    await promisify(execFile)(process.execPath, [main, 'simulate', '--json', ...files], { maxBuffer: 1 << 28 }).catch(
      (error) => {
        if (error.code !== 6) throw error;
      },
    );
    return { wallSeconds: (performance.now() - began) / 1000, checks: 100 * 365 * 24 };
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** Charged twice a day, paid once a month. */
function yearOf(client) {
  const start = Date.parse('2026-01-01T00:00:00Z');
  const at = (hours) => new Date(start + hours * 3_600_000).toISOString().replace('.000Z', 'Z');
  const events = [];
  for (let half = 1; half < 730; half++) {
    if (half % 60 === 0) events.push({ at: at(half * 12), payment: { id: `p-${half}`, amount: '300.00' } });
    else events.push({ at: at(half * 12), charge: (4 + (client % 5)).toFixed(2) });
  }
  return {
    scenario: 1,
    name: `a year of client ${client}`,
    start: at(0),
    until: at(365 * 24),
    profile: {
      name: 'default',
      currency: 'USD',
      maxNotifications: 3,
      periodHours: 24,
      checkEveryMinutes: 60,
      userRule: { threshold: '100.00', notifyOwner: true, emails: [] },
      clientRule: { threshold: '50.00', notifyClient: true, emails: [] },
      advancedRules: [],
    },
    client: {
      name: `Client ${client}`,
      currency: 'USD',
      balanceModel: 'prepaid',
      billingEmail: 'billing@acme.example',
      ownerEmail: 'owner@operator.example',
      openingBalance: '120.00',
      creditLimit: '0.00',
    },
    events,
    expect: { notifications: [] },
  };
}
