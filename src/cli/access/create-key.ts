import { Command } from 'commander';
import { createApiKey } from '../../services/access/create-api-key.js';
import { openDatabase } from '../../storage/system/database.js';
import { requireSchema } from '../../storage/system/migrate.js';
import { ensureOperator } from '../../storage/resellers/operator.js';
import { exitCodeHelp } from '../exit-codes.js';
import { commandLine } from '../requester.js';
import { runCommand } from '../run.js';
import { requireSetting, runningSettings } from '../running-settings.js';
import { printOutput, printStatus } from '../terminal.js';

const help = `
Creates the first API key of a new installation, or a new one when all keys are lost. Requires write access to the
database. The key has all scopes. Use it to create narrower keys (POST /v1/api-keys). Store it: it is shown only once.

Uses DATABASE_URL, or the database of a Lowwater that "npm start" runs in the data folder.
${exitCodeHelp}`;

interface Options {
  readonly name: string;
  readonly operator: string;
  readonly json?: true;
  readonly dataDir: string;
}

/** `lowwater create-key [--name NAME] [--operator NAME] [--json]` */
export function createKeyCommand(): Command {
  return new Command('create-key')
    .description('create an API key of the operator with all scopes')
    .option('--name <name>', 'name in the list of keys', 'created on the command line')
    .option('--operator <name>', 'name of the company that runs Lowwater; used only in a new database', 'Operator')
    .option('--json', 'print {"id": "...", "key": "lw_live_..."} on stdout')
    .option('--data-dir <dir>', 'data folder of a running "lowwater start" that supplies the database', '.lowwater')
    .addHelpText('after', help)
    .action((options: Options) => runCommand(() => createKey(options)));
}

async function createKey(options: Options): Promise<void> {
  const config = runningSettings(options.dataDir, ['DATABASE_URL']);
  const sql = openDatabase(requireSetting(config, 'DATABASE_URL'), { role: 'service', max: 1 });
  try {
    await requireSchema(sql);
    const operator = await ensureOperator(sql, options.operator);
    const { row, key } = await createApiKey(commandLine(sql, operator.id), {
      resellerId: operator.id,
      name: options.name,
      scopes: ['*'],
    });
    printOutput(options.json ? JSON.stringify({ id: row.id, key }) : key);
    printStatus(
      `Created key ${row.id} ("${options.name}") of ${operator.name} with all scopes. It is not shown again.`,
    );
  } finally {
    await sql.end({ timeout: 5 });
  }
}
