import { Command } from 'commander';
import { openDatabase } from '../../storage/system/database.js';
import { requireSchema } from '../../storage/system/migrate.js';
import { ensureOperator } from '../../storage/resellers/operator.js';
import { CommandError, exitCodeHelp, exitCodes } from '../exit-codes.js';
import { readPassword, passwordHelp } from './password-input.js';
import { runCommand } from '../run.js';
import { requireSetting, runningSettings } from '../running-settings.js';
import { printOutput, printStatus } from '../terminal.js';
import { findByEmail, setLogin } from './users.js';

const help = `
Restores access when no administrator can log in. Requires write access to the database. Enables the user, logs the user
out everywhere, and clears failed logins.
${passwordHelp}
Uses DATABASE_URL, or the database of a Lowwater that "npm start" runs in the data folder.
${exitCodeHelp}`;

interface Options {
  readonly passwordStdin?: true;
  readonly resetSecondFactor?: true;
  readonly json?: true;
  readonly dataDir: string;
}

/** `lowwater set-password EMAIL [--password-stdin] [--reset-second-factor] [--json]` */
export function setPasswordCommand(): Command {
  return new Command('set-password')
    .description('set a new password for a user')
    .argument('<email>', 'email address of the user')
    .option('--password-stdin', 'read the password from stdin instead of generating one')
    .option('--reset-second-factor', 'also turn two-step login off, for a lost authenticator app')
    .option('--json', 'print {"id": "...", "email": "...", "password": "..."} on stdout')
    .option('--data-dir <dir>', 'data folder of a running "lowwater start" that supplies the database', '.lowwater')
    .addHelpText('after', help)
    .action((email: string, options: Options) => runCommand(() => setPassword(email.trim(), options)));
}

async function setPassword(email: string, options: Options): Promise<void> {
  const config = runningSettings(options.dataDir, ['DATABASE_URL']);
  const sql = openDatabase(requireSetting(config, 'DATABASE_URL'), { role: 'service', max: 1 });
  try {
    await requireSchema(sql);
    const operator = await ensureOperator(sql, 'Operator');
    const user = await findByEmail(sql, operator.id, email);
    if (!user) throw new CommandError(exitCodes.notFound, `No user has the email address ${email}.`);
    const { password, generated } = await readPassword(user, options.passwordStdin === true);
    const resetsSecondFactor = options.resetSecondFactor === true;
    await setLogin(sql, operator.id, user, { password, resetsSecondFactor });
    const shown = generated ? password : null;
    if (options.json) printOutput(JSON.stringify({ id: user.id, email: user.email, password: shown }));
    else if (shown !== null) printOutput(shown);
    printStatus(`${user.name} (${user.email}, ${user.role}) has a new password and is logged out everywhere.`);
    if (user.hasSecondFactor) {
      printStatus(resetsSecondFactor ? 'Two-step login is off.' : 'Two-step login stays on (--reset-second-factor).');
    }
    if (generated) printStatus('The password is not shown again.');
  } finally {
    await sql.end({ timeout: 5 });
  }
}
