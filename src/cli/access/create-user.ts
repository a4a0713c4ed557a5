import { Command, Option } from 'commander';
import { checkEmailAddress } from '../../mail/addresses.js';
import { openDatabase } from '../../storage/system/database.js';
import { requireSchema } from '../../storage/system/migrate.js';
import { ensureOperator } from '../../storage/resellers/operator.js';
import { userRoles, type UserRole } from '../../domain/access/roles.js';
import { CommandError, exitCodeHelp, exitCodes } from '../exit-codes.js';
import { readPassword, passwordHelp } from './password-input.js';
import { runCommand } from '../run.js';
import { requireSetting, runningSettings } from '../running-settings.js';
import { printOutput, printStatus } from '../terminal.js';
import { createLogin } from './users.js';

const help = `
Creates the first administrator of a new installation. Create further users on the web page or with POST /v1/users. The
user belongs to the operator, the company that runs Lowwater, and sees everything that the role allows.
${passwordHelp}
Uses DATABASE_URL, or the database of a Lowwater that "npm start" runs in the data folder.
${exitCodeHelp}`;

interface Options {
  readonly name?: string;
  readonly role: UserRole;
  readonly operator: string;
  readonly passwordStdin?: true;
  readonly json?: true;
  readonly dataDir: string;
}

/** `lowwater create-user EMAIL [--name NAME] [--role ROLE] [--password-stdin] [--json]` */
export function createUserCommand(): Command {
  return new Command('create-user')
    .description('create a user who can log in')
    .argument('<email>', 'email address of the user, used to log in')
    .option('--name <name>', 'name of the user (default: the email address)')
    .addOption(new Option('--role <role>', 'role of the user (docs/roles.md)').choices(userRoles).default('admin'))
    .option('--operator <name>', 'name of the company that runs Lowwater; used only in a new database', 'Operator')
    .option('--password-stdin', 'read the password from stdin instead of generating one')
    .option('--json', 'print {"id": "...", "email": "...", "password": "..."} on stdout')
    .option('--data-dir <dir>', 'data folder of a running "lowwater start" that supplies the database', '.lowwater')
    .addHelpText('after', help)
    .action((email: string, options: Options) => runCommand(() => createUser(email.trim(), options)));
}

async function createUser(email: string, options: Options): Promise<void> {
  const fault = checkEmailAddress(email);
  if (fault !== null) throw new CommandError(exitCodes.usage, `${fault}.`);
  const config = runningSettings(options.dataDir, ['DATABASE_URL']);
  const name = options.name ?? email;
  const { password, generated } = await readPassword({ email, name }, options.passwordStdin === true);
  const sql = openDatabase(requireSetting(config, 'DATABASE_URL'), { role: 'service', max: 1 });
  try {
    await requireSchema(sql);
    const operator = await ensureOperator(sql, options.operator);
    const login = { email, name, role: options.role, password };
    const { id } = await createLogin(sql, operator.id, login);
    const shown = generated ? password : null;
    if (options.json) printOutput(JSON.stringify({ id, email, password: shown }));
    else if (shown !== null) printOutput(shown);
    printStatus(`User ${id} (${email}) of ${operator.name} can log in as ${options.role}.`);
    if (generated) printStatus('The password is not shown again.');
  } finally {
    await sql.end({ timeout: 5 });
  }
}
