import { Command } from 'commander';
import { createApiKey } from '../../services/access/create-api-key.js';
import { openDatabase } from '../../storage/system/database.js';
import { requireSchema } from '../../storage/system/migrate.js';
import { ensureOperator } from '../../storage/resellers/operator.js';
import { exitCodeHelp } from '../exit-codes.js';
import { commandLine } from '../requester.js';
import { runCommand } from '../run.js';
import { requireSetting, runningSettings } from '../running-settings.js';
import { answer, say } from '../terminal.js';

const help = `
For a new installation, where no key exists that could make the first one through the API, and for the day when all are
lost: whoever may write the database may do this. The key may do everything; make narrower ones with it
(POST /v1/api-keys). It is shown once and kept nowhere.

The database is DATABASE_URL, or that of a Lowwater that "npm start" runs in the data folder.
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
    .description("make an API key of the operator's with every scope")
    .option('--name <name>', 'what the list of keys calls it', 'made on the command line')
    .option('--operator <name>', 'name of the company that runs Lowwater, used where the database is new', 'Operator')
    .option('--json', 'print {"id": "...", "key": "lw_live_..."} on stdout')
    .option('--data-dir <dir>', 'data folder of a running "lowwater start" to take the database from', '.lowwater')
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
    answer(options.json ? JSON.stringify({ id: row.id, key }) : key);
    say(`Key ${row.id} ("${options.name}") of ${operator.name} may do everything; it is shown only now.`);
  } finally {
    await sql.end({ timeout: 5 });
  }
}
