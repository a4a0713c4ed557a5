import { Command } from 'commander';
import type { Finding } from './doctor/finding.js';
import { exitCodeHelp, exitCodes } from './exit-codes.js';
import { runCommand } from './run.js';
import { printOutput, colorize } from './terminal.js';

const help = `
Checks Node, settings, PostgreSQL (reachable, version, schema), the clocks, Temporal (reachable, namespace, search
attributes, workers), the mail server, and the balance source. Changes no data and sends no email.

Settings come from the environment. Missing ones come from a Lowwater that "npm start" runs in the data folder.

With --json: {"ok": true, "checks": [{"name", "status": "ok" | "warn" | "fail", "detail", "remedy"}]}
${exitCodeHelp}`;

/** `lowwater doctor [--json]` */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description('check everything that Lowwater depends on')
    .option('--json', 'print the findings as JSON')
    .option('--data-dir <dir>', 'data folder of a running "lowwater start" that supplies missing settings', '.lowwater')
    .addHelpText('after', help)
    .action((options: { json?: true; dataDir: string }) =>
      runCommand(async () => {
        const { runDiagnostics } = await import('./doctor/run-diagnostics.js');
        const findings = await runDiagnostics(options.dataDir);
        const healthy = findings.every((finding) => finding.status !== 'fail');
        if (options.json) printOutput(JSON.stringify({ ok: healthy, checks: findings }, null, 2));
        else for (const finding of findings) printOutput(lineOf(finding));
        return healthy ? exitCodes.ok : exitCodes.findings;
      }),
    );
}

const marks = { ok: ['green', 'ok  '], warn: ['yellow', 'warn'], fail: ['red', 'FAIL'] } as const;

function lineOf({ name, status, detail, remedy }: Finding): string {
  const [colour, mark] = marks[status];
  const text = remedy === undefined ? detail : `${detail}\nWhat to do: ${remedy}`;
  return `${colorize(colour, mark, process.stdout)}  ${name.padEnd(28)} ${text.replaceAll('\n', `\n${' '.repeat(35)}`)}`;
}
