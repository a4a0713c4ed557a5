import type { Queries } from '../system/database.js';

/** Which card payments need their workflow: those that are not over, or whose email is not sent yet. */

/** The dispatcher of card payments listens on this channel. */
export const cardPaymentChannel = 'lowwater_card_payments';

/** Call it in the transaction that writes a payment: its workflow is started once that is committed. */
export async function wakeCardPayments(q: Queries): Promise<void> {
  await q`select pg_notify(${cardPaymentChannel}, '')`;
}

/** Payments that are not over and whose workflow must be started or asked to look: marks them. */
export async function claimCardPayments(q: Queries, limit: number): Promise<string[]> {
  const rows = await q<{ id: string }[]>`
    update card_payments set woken_at = now()
    where id in (
      select id from card_payments where (ended_at is null or notice is not null) and woken_at is null order by id limit ${limit}
      for update skip locked)
    returning id`;
  return rows.map(({ id }) => id);
}

/** Whose workflow could not be started: it is tried again. */
export async function releaseCardPayment(q: Queries, id: string): Promise<void> {
  await q`update card_payments set woken_at = null where id = ${id}`;
}

/** Payments that are due for longer than they should be: their workflow is started again. */
export async function readStalledCardPayments(q: Queries, stalledMs: number, limit: number): Promise<string[]> {
  const rows = await q<{ id: string }[]>`
    select id from card_payments
    where (ended_at is null or notice is not null)
      and greatest(not_before, coalesce(look_up_at, not_before), coalesce(woken_at, not_before))
        < now() - ${stalledMs} * interval '1 ms'
    order by id limit ${limit}`;
  return rows.map(({ id }) => id);
}
