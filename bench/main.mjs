// Benchmarks on the embedded stack. Each prints ratios within one run; docs/performance.md has the figures of one machine.
import { cost } from './cost.mjs';
import { decision } from './decision.mjs';
import { exportFiles } from './exports.mjs';
import { firstView } from './first-view.mjs';
import { imports, rateImports } from './imports.mjs';
import { invoicing } from './invoicing.mjs';
import { latency } from './latency.mjs';
import { lists } from './lists.mjs';
import { pages } from './pages.mjs';
import { rowSecurity } from './row-security.mjs';
import { start } from './start.mjs';
import { throughput } from './throughput.mjs';

const benchmarks = {
  decision: [decision, 'evaluations and steps compared with a fixed loop, and a year of hourly checks for 100 clients'],
  cost: [cost, 'events, transitions, tasks, bytes, and SQL transactions per check'],
  throughput: [
    throughput,
    'checks per second compared with a minimal workflow, with a warm cache and with a cache of 8',
  ],
  latency: [latency, 'charge to accepted email and refill to reset, compared with a signal and an empty activity'],
  lists: [lists, 'requests of the web page over 100,000 clients, compared with the first page without filters'],
  imports: [imports, 'files of 10,000 and 100,000 clients: time and memory of upload, check, and job'],
  exports: [
    exportFiles,
    'files of 100,000 clients and of a ledger of a million lines: memory of the API, compared with files of a twentieth',
  ],
  'rate-imports': [
    rateImports,
    'files of 10,000 and 100,000 rates into new tables, and such that replace them: time and memory of upload, check, and job',
  ],
  invoicing: [
    invoicing,
    'an invoicing run over 100,000 clients with 10 million ledger lines, and what lists and reports take on them',
  ],
  'row-security': [rowSecurity, 'pages of one reseller in its role, compared with the same pages as the service'],
  pages: [pages, 'charges per second with and without open pages, preview of a profile with 10,000 clients'],
  'first-view': [firstView, 'shell, heading, and content of a page on a slow line, with an empty and a full cache'],
  start: [start, 'time of the first and second start, memory and CPU of each process while idle'],
};

const help = `Usage: npm run bench -- [NAME ...] [--quick] [--json] [--before=RATIO] [--clients=N] [--lines=N] [--invoiced=N] [--filled=FOLDER]

${Object.entries(benchmarks)
  .map(([name, [, what]]) => `  ${name.padEnd(14)}${what}`)
  .join('\n')}

  --quick     shorter runs; the figures vary more
  --json      one JSON object on stdout, progress on stderr
  --before=R  compare evaluations with this ratio to the reference loop, printed by an earlier commit
  --clients=N clients of the benchmarks \`invoicing\` and \`exports\`
  --lines=N   ledger lines of the benchmarks \`invoicing\` and \`exports\`
  --invoiced=N clients after which the invoicing run ends, on a machine that is busy with other work
  --filled=F  folder that keeps the ledger of the benchmark \`invoicing\` for the next run
  --help      show this help

Without a name, all of them run, in about 8 minutes. Ratios hold on other machines, absolute figures do not.
`;

const args = process.argv.slice(2);
if (args.includes('--help') || args.includes('-h')) {
  process.stdout.write(help);
  process.exit(0);
}
const before = (arg) => (/^--before=\d+(\.\d+)?$/.test(arg) ? Number(arg.slice('--before='.length)) : null);
const count = (name) => {
  const found = args.find((arg) => new RegExp(`^--${name}=[1-9]\\d*$`).test(arg));
  return found === undefined ? undefined : Number(found.slice(name.length + 3));
};
const names = args.filter((arg) => !arg.startsWith('--'));
const unknown = [
  ...names.filter((name) => !(name in benchmarks)),
  ...args.filter(
    (arg) =>
      arg.startsWith('--') &&
      !['--quick', '--json'].includes(arg) &&
      before(arg) === null &&
      !/^--filled=./.test(arg) &&
      !/^--(clients|lines|invoiced)=[1-9]\d*$/.test(arg),
  ),
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
    clients: count('clients'),
    lines: count('lines'),
    invoiced: count('invoiced'),
    filled: args.find((arg) => arg.startsWith('--filled='))?.slice('--filled='.length),
    before: args.map(before).find((ratio) => ratio !== null) ?? null,
    say,
  });
}
if (json) process.stdout.write(`${JSON.stringify(results)}\n`);

// The SDK's runtime would keep the process up.
process.exit(0);
