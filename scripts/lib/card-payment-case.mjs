/**
 * A card payment that waits, its email with it, and is canceled.
 *
 * @returns the handle of its workflow, which has ended
 */
export async function playCardPayment({ sql, client: temporal }, gateway, client, until) {
  const [{ id }] = await sql`
    insert into card_payments (client_id, origin, key, requested_by, amount, currency, decided_at, not_before, notice)
    values (${client.id}, 'by_hand', 'pn/recorded', 'system', 5, 'USD', now(), now() + interval '1 hour', 'auto_payment_succeeded')
    returning id`;
  const isDone = async () => (await sql`select 1 from card_payments where id = ${id} and notice is null`).length > 0;
  await gateway.wakeCardPayment(id);
  await until(isDone);
  await sql`update card_payments set status = 'cancelled', ended_at = now() where id = ${id}`;
  await gateway.wakeCardPayment(id);
  const handle = temporal.workflow.getHandle(`auto-payment/${id}`);
  await handle.result();
  return handle;
}
