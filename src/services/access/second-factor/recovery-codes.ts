import { generatePassword } from '../../../storage/access/passwords.js';
import { replaceRecoveryCodes } from '../../../storage/access/second-factors.js';
import type { Transaction } from '../../../storage/system/database.js';

const recoveryCodeCount = 10;

/**
 * Part of the services that give recovery codes; those before work no more. The returned texts, such as
 * `k3vh-8wqm-t2xd-5pzr`, are the only copies: what is stored is a hash, of the code as `acceptCode` reads it.
 */
export async function createRecoveryCodes(tx: Transaction, userId: string): Promise<string[]> {
  const codes = Array.from({ length: recoveryCodeCount }, generatePassword);
  await replaceRecoveryCodes(
    tx,
    userId,
    codes.map((code) => code.replaceAll('-', '')),
  );
  return codes;
}
