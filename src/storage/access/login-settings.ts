import type { Queries, Transaction } from '../system/database.js';
import type { UserRole } from '../../domain/access/roles.js';

/** How users of this installation log in. */
export interface LoginSettings {
  /** roles whose users cannot log in without a second factor */
  readonly secondFactorRoles: readonly UserRole[];
  readonly version: number;
}

export async function readLoginSettings(q: Queries): Promise<LoginSettings> {
  const [row] = await q<LoginSettings[]>`
    select second_factor_roles as "secondFactorRoles", version from login_settings`;
  if (!row) throw new Error('the settings of logins are missing');
  return row;
}

export async function lockLoginSettings(tx: Transaction): Promise<LoginSettings> {
  await tx`select 1 from login_settings for update`;
  return readLoginSettings(tx);
}

export async function updateLoginSettings(tx: Transaction, roles: readonly UserRole[]): Promise<LoginSettings> {
  await tx`update login_settings set second_factor_roles = ${[...roles]}, version = version + 1`;
  return readLoginSettings(tx);
}
