import { Command } from 'commander';
import { openDatabase } from '../storage/system/database.js';
import { migrate } from '../storage/system/migrate.js';
import { exitCodeHelp } from './exit-codes.js';
import { runCommand } from './run.js';
import { requireSetting, runningSettings } from './running-settings.js';
import { printOutput, printStatus } from './terminal.js';

const help = `
Applies the missing steps, each in its own transaction. A lock makes it safe to start several at once. The API and the
worker reject a schema that is older or newer than theirs: migrate first, then deploy.

Rejects a database that was made with another baseline of the schema: drop and create it (dropdb, createdb), or use
"npm start -- --reset" where "npm start" brings its own.

Uses DATABASE_URL, or the database of a Lowwater that "npm start" runs in the data folder.
${exitCodeHelp}`;

/** `lowwater migrate [--json]` */
export function migrateCommand(): Command {
  return new Command('migrate')
    .description('bring the database schema up to date')
    .option('--json', 'print {"applied": ["..."], "version": N} on stdout')
    .option('--data-dir <dir>', 'data folder of a running "lowwater start" that supplies the database', '.lowwater')
    .addHelpText('after', help)
    .action((options: { json?: true; dataDir: string }) =>
      runCommand(async () => {
        const config = runningSettings(options.dataDir, ['DATABASE_URL']);
        const sql = openDatabase(requireSetting(config, 'DATABASE_URL'), { max: 1, statementTimeoutMs: 0 });
        try {
          const report = await migrate(sql, { onStep: (name) => printStatus(`Applying ${name}`) });
          const summary =
            report.applied.length === 0
              ? `The schema is up to date (version ${report.version}).`
              : `Applied ${report.applied.length} ${report.applied.length === 1 ? 'step' : 'steps'}. The schema is at version ${report.version}.`;
          printOutput(options.json ? JSON.stringify(report) : summary);
        } finally {
          await sql.end({ timeout: 5 });
        }
      }),
    );
}
