import { Command } from 'commander';
import { openDatabase } from '../storage/system/database.js';
import { migrate } from '../storage/system/migrate.js';
import { exitCodeHelp } from './exit-codes.js';
import { runCommand } from './run.js';
import { requireSetting, runningSettings } from './running-settings.js';
import { answer, say } from './terminal.js';

const help = `
Steps only go forward, each in a transaction of its own, under a lock: any number may be started at once. Services refuse
a schema that is older or newer than they know, so migrate first, then deploy.

A database that was made with another baseline of the schema is refused: drop and create it (dropdb, createdb), or use
"npm start -- --reset" where "npm start" brings its own.

The database is DATABASE_URL, or that of a Lowwater that "npm start" runs in the data folder.
${exitCodeHelp}`;

/** `lowwater migrate [--json]` */
export function migrateCommand(): Command {
  return new Command('migrate')
    .description('bring the database schema up to date')
    .option('--json', 'print {"applied": ["..."], "version": N} on stdout')
    .option('--data-dir <dir>', 'data folder of a running "lowwater start" to take the database from', '.lowwater')
    .addHelpText('after', help)
    .action((options: { json?: true; dataDir: string }) =>
      runCommand(async () => {
        const config = runningSettings(options.dataDir, ['DATABASE_URL']);
        const sql = openDatabase(requireSetting(config, 'DATABASE_URL'), { max: 1, statementTimeoutMs: 0 });
        try {
          const report = await migrate(sql, { onStep: (name) => say(`applying ${name}`) });
          const summary =
            report.applied.length === 0
              ? `The schema is up to date (version ${report.version}).`
              : `Applied ${report.applied.length} steps; the schema is at version ${report.version}.`;
          answer(options.json ? JSON.stringify(report) : summary);
        } finally {
          await sql.end({ timeout: 5 });
        }
      }),
    );
}
