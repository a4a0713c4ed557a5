import type { Queries, Transaction } from '../system/database.js';

/** True where a payment has a reversal of this id. */
export async function isReversed(q: Queries, paymentId: string, externalId: string): Promise<boolean> {
  const rows = await q`
    select 1 from reversals v join ledger_entries e on e.id = v.entry_id
    where v.payment_id = ${paymentId} and e.external_id = ${externalId}`;
  return rows.length > 0;
}

/** A reversal of a payment that was not reinstated yet; its amount is below 0. */
export async function findReversalToReinstate(
  q: Queries,
  paymentId: string,
  externalId: string,
): Promise<{ readonly id: string; readonly amount: string } | null> {
  const [row] = await q<{ id: string; amount: string }[]>`
    select e.id, e.amount from reversals v join ledger_entries e on e.id = v.entry_id
    where v.payment_id = ${paymentId} and e.external_id = ${externalId}
      and not exists (select 1 from reinstatements r where r.reversal_id = e.id)`;
  return row ?? null;
}

/** Once for a reversal, whatever happens at the same time. */
export async function linkReinstatement(tx: Transaction, reversalId: string, entryId: string): Promise<void> {
  await tx`
    insert into reinstatements (reversal_id, entry_id, client_id)
    select ${reversalId}, id, client_id from ledger_entries where id = ${entryId}
    on conflict do nothing`;
}
