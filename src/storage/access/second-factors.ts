import { createHash } from 'node:crypto';
import type { Queries, Transaction } from '../system/database.js';

/** The authenticator app of a user, and the codes that take its place. Secrets are sealed (secret-encryption.ts). */

interface SecondFactorState {
  /** null: none is in use */
  readonly enabledAt: Date | null;
  readonly recoveryCodesLeft: number;
}

export async function readSecondFactorState(q: Queries, userId: string): Promise<SecondFactorState> {
  const [row] = await q<SecondFactorState[]>`
    select f.enabled_at as "enabledAt",
      (select count(*)::int from recovery_codes c where c.user_id = f.user_id and c.used_at is null) as "recoveryCodesLeft"
    from second_factors f where f.user_id = ${userId}`;
  return row ?? { enabledAt: null, recoveryCodesLeft: 0 };
}

interface SecondFactorRow {
  readonly secret: Buffer | null;
  /** bigint as text; null: no code was accepted yet */
  readonly lastStep: string | null;
  readonly pendingSecret: Buffer | null;
  readonly pendingAt: Date | null;
}

/** Locked, so that of two uses of one code only one is accepted. */
export async function lockSecondFactor(tx: Transaction, userId: string): Promise<SecondFactorRow | null> {
  const [row] = await tx<SecondFactorRow[]>`
    select secret, last_step as "lastStep", pending_secret as "pendingSecret", pending_at as "pendingAt"
    from second_factors where user_id = ${userId} for update`;
  return row ?? null;
}

/** Keeps the secret of an app that has yet to show a right code; one that waited before is replaced. */
export async function writePendingSecret(tx: Transaction, userId: string, sealed: Buffer, at: Date): Promise<void> {
  await tx`
    insert into second_factors (user_id, pending_secret, pending_at) values (${userId}, ${sealed}, ${at})
    on conflict (user_id) do update set pending_secret = excluded.pending_secret, pending_at = excluded.pending_at`;
}

/** The pending app becomes the one in use. */
export async function enablePending(tx: Transaction, userId: string, step: number, at: Date): Promise<void> {
  await tx`
    update second_factors
    set secret = pending_secret, enabled_at = ${at}, last_step = ${step}, pending_secret = null, pending_at = null
    where user_id = ${userId}`;
}

export async function writeLastStep(tx: Transaction, userId: string, step: number): Promise<void> {
  await tx`update second_factors set last_step = ${step} where user_id = ${userId}`;
}

/** The recovery codes go with it. */
export async function deleteSecondFactor(tx: Transaction, userId: string): Promise<void> {
  await tx`delete from second_factors where user_id = ${userId}`;
}

export async function replaceRecoveryCodes(tx: Transaction, userId: string, codes: readonly string[]): Promise<void> {
  await tx`delete from recovery_codes where user_id = ${userId}`;
  await tx`
    insert into recovery_codes (user_id, code_hash)
    select ${userId}, decode(unnest(${codes.map((code) => hashOf(code).toString('hex'))}::text[]), 'hex')`;
}

/** False where the code is unknown or used. */
export async function markRecoveryCodeUsed(tx: Transaction, userId: string, code: string, at: Date): Promise<boolean> {
  const used = await tx`
    update recovery_codes set used_at = ${at}
    where user_id = ${userId} and code_hash = ${hashOf(code)} and used_at is null`;
  return used.count > 0;
}

function hashOf(code: string): Buffer {
  return createHash('sha256').update(code).digest();
}
