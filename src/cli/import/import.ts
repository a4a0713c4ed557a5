import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Command, InvalidArgumentError } from 'commander';
import { withoutEndSlash } from '../../domain/urls.js';
import { CommandError, exitCodeHelp, exitCodes } from '../exit-codes.js';
import { runCommand } from '../run.js';
import { readInstance } from '../running-instance.js';
import { printOutput, printStatus } from '../terminal.js';
import { ImportApi } from './import-api.js';
import { importFile, type ImportReport } from './import-file.js';

const help = `
Creates the clients of a CSV or XLSX file with their opening balances (docs/imports.md): uploads it, matches its columns,
checks every row, and starts a job, which it follows to the end. Rows that are refused are written to a file with the
error of each; correct and import that file. Interrupted (Ctrl-C), the command leaves the job running: see the page Jobs.

The API is that of a Lowwater that "npm start" runs in the data folder, with its first key, unless --url and --key-file
name others. The key needs the scope clients:write, and for credit limits and opening balances credit:write and
payments:write.

With --json: {"importId": "1", "jobId": "7", "rows": 100, "imported": 99, "rejected": 1, "rejects": "clients-rejects.csv"}
${exitCodeHelp}

Examples:
  $ lowwater import clients.csv --dry-run
  $ lowwater import clients.xlsx --column "Company=name" --column "Old ID=-" --reason "moved from the old system"
  $ lowwater import clients.csv --url https://lowwater.example --key-file /run/secrets/lowwater-key --json`;

interface Options {
  readonly url?: string;
  readonly keyFile?: string;
  readonly dataDir: string;
  readonly column: ReadonlyMap<string, string | null>;
  readonly dryRun?: true;
  readonly notifyLow?: true;
  readonly reason?: string;
  readonly rejects?: string;
  readonly json?: true;
}

/** `lowwater import FILE [--dry-run] [--column NAME=FIELD]... [--rejects FILE] [--json]` */
export function importCommand(): Command {
  return new Command('import')
    .description('create clients and opening balances from a CSV or XLSX file')
    .argument('<file>', 'the first row has the names of the columns')
    .option('--dry-run', 'check every row, and create no client')
    .option(
      '--column <name=field>',
      'the field of a column; - for a column that is not imported; repeatable',
      addColumn,
      new Map<string, string | null>(),
    )
    .option('--notify-low', 'also notify clients that are low when they are imported')
    .option('--reason <text>', 'for the audit log')
    .option('--rejects <file>', 'where rows that are refused go (default: FILE-rejects.csv)')
    .option('--url <url>', 'address of the API')
    .option('--key-file <file>', 'file with the API key (default: api-key in the data folder)')
    .option('--data-dir <dir>', 'data folder of a running "lowwater start"', '.lowwater')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', help)
    .action((file: string, options: Options) => runCommand(() => runImport(file, options)));
}

function addColumn(given: string, before: ReadonlyMap<string, string | null>): ReadonlyMap<string, string | null> {
  const at = given.lastIndexOf('=');
  if (at < 1 || at === given.length - 1) {
    throw new InvalidArgumentError('Use the form NAME=FIELD, such as "Company=name", or NAME=- to leave it out.');
  }
  const field = given.slice(at + 1);
  return new Map([...before, [given.slice(0, at), field === '-' ? null : field]]);
}

async function runImport(file: string, options: Options): Promise<number> {
  const content = readGiven(file);
  const api = new ImportApi(urlOf(options), keyOf(options));
  const order = {
    ...{ fileName: path.basename(file), content, columns: options.column, isDryRun: options.dryRun ?? false },
    ...{ notifiesLow: options.notifyLow ?? false, reason: options.reason ?? null },
  };
  const report = await importFile(api, order, { say: printStatus, pause: () => delay(1000) });
  const rejects = report.rejected > 0 ? (options.rejects ?? rejectsName(file)) : null;
  if (rejects !== null) writeFileSync(rejects, await api.text(`/v1/imports/${report.importId}/rejects.csv`));
  printOutput(options.json ? JSON.stringify({ ...report, rejects }) : summaryOf(report, rejects, order.isDryRun));
  return rejects === null ? exitCodes.ok : exitCodes.findings;
}

function readGiven(file: string): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(readFileSync(file));
  } catch (cause) {
    const why = (cause as NodeJS.ErrnoException).code;
    const code = why === 'ENOENT' ? exitCodes.notFound : exitCodes.usage;
    throw new CommandError(code, `${file} can't be read (${why ?? 'error'}).`, { cause });
  }
}

function urlOf({ url, dataDir }: Options): string {
  const found = url ?? readInstance(dataDir)?.addresses.api;
  if (found !== undefined) return withoutEndSlash(found);
  throw new CommandError(
    exitCodes.usage,
    `No Lowwater runs in ${dataDir}.\n  What to do: name the API with --url, or run "npm start".`,
  );
}

function keyOf({ keyFile, dataDir }: Options): string {
  const file = keyFile ?? path.join(dataDir, 'api-key');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  throw new CommandError(
    exitCodes.usage,
    `There is no API key in ${file}.\n  What to do: name its file with --key-file.`,
  );
}

/** Next to the file: `clients-rejects.csv` */
function rejectsName(file: string): string {
  return path.join(path.dirname(file), `${path.parse(file).name}-rejects.csv`);
}

function summaryOf({ rows, imported, rejected }: ImportReport, rejects: string | null, isDryRun: boolean): string {
  const what = isDryRun ? `${rows - rejected} of ${rows} rows are valid` : `${imported} of ${rows} clients imported`;
  return rejects === null ? `${what}.` : `${what}. ${rejected} refused: ${rejects}`;
}
