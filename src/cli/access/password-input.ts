import { text } from 'node:stream/consumers';
import { generatePassword } from '../../storage/access/passwords.js';
import { printStatus } from '../terminal.js';
import type { PasswordOwner } from '../../services/access/password-error.js';
import { requireGoodPassword } from './users.js';

export const passwordHelp = `
Generates a password and prints only the password on stdout. With --password-stdin, the first line of stdin is the
password, and stdout stays empty. Other users of this machine could read a password in an argument.`;

/**
 * The password that a command sets: the first line of stdin, or a new one.
 *
 * @throws CommandError (usage) where it is too easy to guess
 */
export async function readPassword(
  owner: PasswordOwner,
  fromStdin: boolean,
): Promise<{ readonly password: string; readonly generated: boolean }> {
  if (!fromStdin) return { password: generatePassword(), generated: true };
  if (process.stdin.isTTY) printStatus('Type the password and press Enter, then Ctrl-D:');
  const [password = ''] = (await text(process.stdin)).split(/\r?\n/);
  await requireGoodPassword(password, owner);
  return { password, generated: false };
}
