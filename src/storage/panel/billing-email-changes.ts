import type { Queries, Transaction } from '../system/database.js';
import { ownedBy } from '../system/tenancy.js';

/** A new billing email that waits for its confirmations. */
export interface BillingEmailChange {
  readonly id: string;
  readonly clientId: string;
  /** null: there was none */
  readonly oldEmail: string | null;
  readonly newEmail: string;
  readonly requestedAt: Date;
  readonly oldConfirmedAt: Date | null;
  readonly newConfirmedAt: Date | null;
}

export async function findPendingEmailChange(q: Queries, clientId: string): Promise<BillingEmailChange | null> {
  const [row] = await q<BillingEmailChange[]>`
    select e.id, e.client_id as "clientId", e.old_email as "oldEmail", e.new_email as "newEmail",
      e.requested_at as "requestedAt", e.old_confirmed_at as "oldConfirmedAt", e.new_confirmed_at as "newConfirmedAt"
    from billing_email_changes e where e.status = 'pending' and ${ownedBy(q, q`e.client_id`, clientId)}`;
  return row ?? null;
}

export async function insertEmailChange(
  tx: Transaction,
  change: Pick<BillingEmailChange, 'clientId' | 'oldEmail' | 'newEmail'>,
  at: Date,
): Promise<string> {
  const [row] = await tx<{ id: string }[]>`
    insert into billing_email_changes (client_id, old_email, new_email, requested_at)
    values (${change.clientId}, ${change.oldEmail}, ${change.newEmail}, ${at}) returning id`;
  if (!row) throw new TypeError('an inserted row is returned');
  return row.id;
}

/** Notes a confirmation by one of the two addresses. */
export async function confirmEmailChange(tx: Transaction, id: string, address: string, at: Date): Promise<void> {
  await tx`
    update billing_email_changes set
      old_confirmed_at = case when lower(old_email) = lower(${address}) then coalesce(old_confirmed_at, ${at}) else old_confirmed_at end,
      new_confirmed_at = case when lower(new_email) = lower(${address}) then coalesce(new_confirmed_at, ${at}) else new_confirmed_at end
    where id = ${id} and status = 'pending'`;
}

export async function endEmailChange(
  tx: Transaction,
  id: string,
  status: 'applied' | 'cancelled',
  at: Date,
): Promise<void> {
  await tx`update billing_email_changes set status = ${status}, ended_at = ${at} where id = ${id} and status = 'pending'`;
}

export async function setBillingEmail(tx: Transaction, clientId: string, email: string): Promise<void> {
  await tx`
    update clients set billing_email = ${email}, version = version + 1, updated_at = now() where id = ${clientId}`;
}
