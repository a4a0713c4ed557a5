import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { seconds } from './stack.mjs';

const main = path.join(import.meta.dirname, '..', 'dist', 'src', 'cli', 'main.js');

/** The second start to ready, and what the processes take while nothing happens. */
export async function start({ quick, say }) {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'lowwater-bench-'));
  try {
    const first = await run(dataDir, async () => undefined);
    const second = await run(dataDir, (pid) => idle(pid, quick ? 10 : 30));
    say(`   first start ${first.readySeconds.toFixed(1)} s, second start ${second.readySeconds.toFixed(1)} s to ready`);
    for (const { name, rssMiB, cpuPercent } of second.seen) {
      say(
        `   ${name.padEnd(12)} ${rssMiB.toFixed(0).padStart(5)} MiB resident, ${cpuPercent.toFixed(1)}% of one core while idle`,
      );
    }
    return { firstSeconds: first.readySeconds, secondSeconds: second.readySeconds, processes: second.seen };
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function run(dataDir, whileUp) {
  const began = performance.now();
  const child = spawn(process.execPath, [main, 'start', '--json', '--empty', '--port', '0', '--data-dir', dataDir], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await Promise.race([
    once(child.stdout, 'data'),
    once(child, 'exit').then(() => Promise.reject(new Error('start ended unexpectedly'))),
  ]);
  const readySeconds = (performance.now() - began) / 1000;
  const seen = await whileUp(child.pid);
  child.kill('SIGINT');
  await once(child, 'exit');
  return { readySeconds, seen };
}

/** Resident memory and CPU time of the whole family, from /proc; on other systems there is nothing to show. */
async function idle(rootPid, duration) {
  await seconds(5);
  const before = family(rootPid);
  await seconds(duration);
  const after = family(rootPid);
  const byName = new Map();
  for (const [pid, { name, ticks, rssMiB }] of after) {
    const entry = byName.get(name) ?? { name, rssMiB: 0, cpuPercent: 0 };
    entry.rssMiB += rssMiB;
    entry.cpuPercent += ticks - (before.get(pid)?.ticks ?? ticks);
    byName.set(name, entry);
  }
  // 100 ticks a second on every Linux: ticks over the time are percent of a core.
  return [...byName.values()].map((entry) => ({ ...entry, cpuPercent: entry.cpuPercent / duration }));
}

function family(rootPid) {
  const all = new Map();
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const command = readFileSync(`/proc/${entry}/cmdline`, 'utf8').split('\0');
      const rss = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${entry}/status`, 'utf8'));
      all.set(Number(entry), {
        parent: Number(fields[1]),
        ticks: Number(fields[11]) + Number(fields[12]),
        rssMiB: Number(rss?.[1] ?? 0) / 1024,
        name: nameOf(command),
      });
    } catch {
      // ended since
    }
  }
  const isOfFamily = (pid) => {
    for (let at = pid; at > 1; at = all.get(at)?.parent ?? 0) if (at === rootPid) return true;
    return false;
  };
  return new Map([...all].filter(([pid]) => isOfFamily(pid)));
}

function nameOf([program = '', ...args]) {
  const base = path.basename(program.split(':')[0]);
  if (!base.startsWith('node')) return base;
  return `node ${args.find((arg) => ['start', 'api', 'worker', 'mailbox', 'traffic'].includes(arg)) ?? path.basename(args[0] ?? '')}`;
}
