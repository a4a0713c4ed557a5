import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Sql } from '../../../src/storage/system/database.js';
import { findLogin, hasLogins } from '../../../src/storage/access/logins.js';
import { ensureOperator } from '../../../src/storage/resellers/operator.js';
import { generatePassword, isPassword } from '../../../src/storage/access/passwords.js';
import { findByEmail, setLogin, createLogin } from '../../../src/cli/access/users.js';

/** How to log in on the web page; without the password where it is no longer the one that the first start made. */
export type Login = { email: string; password: string | null };

const name = 'Administrator (lowwater start)';

/**
 * The first administrator. Made at the first start, unless a user can log in already; kept in the data folder like the
 * first API key. A password that was changed is not made again: `lowwater set-password` does that.
 *
 * @returns null where users have made other logins
 */
export async function firstLogin(sql: Sql, dataDir: string, email: string): Promise<Login | null> {
  const file = path.join(dataDir, 'login');
  const kept = readKept(file);
  if (kept) return { email: kept.email, password: (await stillWorks(sql, kept)) ? kept.password : null };
  if (await hasLogins(sql)) return null;
  const password = generatePassword();
  const operator = await ensureOperator(sql, 'Operator');
  const known = await findByEmail(sql, operator.id, email);
  if (known?.role === 'admin') await setLogin(sql, operator.id, known, { password, resetsSecondFactor: false });
  else if (known) return null;
  else await createLogin(sql, operator.id, { email, name, role: 'admin', password });
  writeFileSync(file, `${JSON.stringify({ email, password })}\n`, { mode: 0o600 });
  return { email, password };
}

type Kept = { email: string; password: string };

function readKept(file: string): Kept | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Kept;
  } catch {
    return null;
  }
}

async function stillWorks(sql: Sql, kept: Kept): Promise<boolean> {
  const login = await findLogin(sql, kept.email);
  return login !== null && login.status === 'active' && (await isPassword(kept.password, login.passwordHash));
}
