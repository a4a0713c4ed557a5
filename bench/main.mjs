// Benchmarks on the embedded stack. Each prints ratios within one run; figures of one machine stand in
// docs/performance.md.
import { cost } from './cost.mjs';
import { decision } from './decision.mjs';
import { latency } from './latency.mjs';
import { lists } from './lists.mjs';
import { pages } from './pages.mjs';
import { rowSecurity } from './row-security.mjs';
import { start } from './start.mjs';
import { throughput } from './throughput.mjs';

const benchmarks = {
  decision: [decision, 'evaluations and steps beside a fixed loop, and a year of hourly checks for 100 clients'],
  cost: [cost, 'events, transitions, tasks, bytes and SQL round trips of one check'],
  throughput: [throughput, 'checks a second beside a bare twin, with a warm cache and with a cache of 8'],
  latency: [latency, 'charge to accepted mail and refill to re-arm, beside a bare signal and activity'],
  lists: [lists, 'requests of the pages over 100,000 clients, beside the plain first page'],
  'row-security': [rowSecurity, 'pages of one reseller in its role, beside the same as the service'],
  pages: [pages, 'charges a second with open pages beside without, preview of a profile of 10,000 clients'],
  start: [start, 'second start to ready, memory of each process, idle CPU'],
};

const help = `Usage: npm run bench -- [NAME ...] [--quick] [--json] [--before=RATIO]

${Object.entries(benchmarks)
  .map(([name, [, what]]) => `  ${name.padEnd(14)}${what}`)
  .join('\n')}

  --quick     shorter runs: figures scatter more
  --json      one JSON object on stdout, progress on stderr
  --before=R  compare evaluations with this ratio to the reference loop, as an earlier commit printed it
  --help      this text

Without a name all of them run, about eight minutes. Ratios hold between machines, absolute figures do not.
`;

const args = process.argv.slice(2);
if (args.includes('--help') || args.includes('-h')) {
  process.stdout.write(help);
  process.exit(0);
}
const before = (arg) => (/^--before=\d+(\.\d+)?$/.test(arg) ? Number(arg.slice('--before='.length)) : null);
const names = args.filter((arg) => !arg.startsWith('--'));
const unknown = [
  ...names.filter((name) => !(name in benchmarks)),
  ...args.filter((arg) => arg.startsWith('--') && !['--quick', '--json'].includes(arg) && before(arg) === null),
];
if (unknown.length > 0) {
  process.stderr.write(`Unknown: ${unknown.join(', ')}\n\n${help}`);
  process.exit(2);
}

const json = args.includes('--json');
const say = (line) => (json ? process.stderr : process.stdout).write(`${line}\n`);
const results = {};
for (const name of names.length > 0 ? names : Object.keys(benchmarks)) {
  say(`\n== ${name}: ${benchmarks[name][1]}`);
  results[name] = await benchmarks[name][0]({
    quick: args.includes('--quick'),
    before: args.map(before).find((ratio) => ratio !== null) ?? null,
    say,
  });
}
if (json) process.stdout.write(`${JSON.stringify(results)}\n`);

// The SDK's runtime would keep the process up.
process.exit(0);
