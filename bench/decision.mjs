import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { measureDecision } from './decision-speed.mjs';

/**
 * Evaluations and steps of five rules on one core, and the simulator over a year of hourly checks for 100 clients.
 *
 * @param before the ratio of evaluations to the reference loop that an earlier commit printed; null: not compared
 */
export async function decision({ quick, say, before }) {
  const speed = measureDecision(quick ? 3 : 9);
  for (const [name, { perSecond, toReference }] of Object.entries(speed)) {
    say(
      `   ${labels[name].padEnd(54)}${count(perSecond).padStart(12)} per second, ${toReference.toFixed(3)} of the reference loop`,
    );
  }
  const { evaluate, steadyStep } = speed;
  say(
    `   a steady step is ${ratio(steadyStep, evaluate)} of an evaluation (goal at least 0.5); evaluations: goal 300,000 per second`,
  );
  if (before)
    say(
      `   evaluations compared with the commit before: ${(evaluate.toReference / before).toFixed(2)} (goal at least 1)`,
    );
  const { wallSeconds, checks } = await simulateYear();
  say(
    `   simulate: ${count(checks)} checks in ${wallSeconds.toFixed(2)} s, including the start of the process (goal: less than 5 s)`,
  );
  return { speed, simulateYear: { checks, wallSeconds } };
}

const labels = {
  reference: 'reference loop',
  evaluate: 'evaluations of five rules',
  steadyStep: 'steps of a steady check of five rules',
  sendingStep: 'steps of checks that notify, with delivery and writes',
};

const count = (number) => number.toLocaleString('en');
const ratio = (a, b) => (a.toReference / b.toReference).toFixed(2);

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
    const main = path.join(import.meta.dirname, '..', 'dist', 'src', 'cli', 'main.js');
    // Exit status 6 says that the expected emails differ: these scenarios expect none, only the work is measured.
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
