/**
 * A rate notification that waits, is woken before its time, and then sent.
 *
 * @returns the handle of its workflow, which has ended
 */
export async function playRateNotification({ sql, client: temporal }, gateway, client, until) {
  const [table] = await sql`
    insert into rate_tables (reseller_id, name, currency) select min(id), 'Recorded', 'USD' from resellers returning id`;
  await sql`
    insert into table_rates (rate_table_id, code, effective_from, rate) values (${table.id}, '380', now() + interval '1 day', 1)`;
  await sql`
    update clients set rate_notification = true, rates_email = 'rates@client.example', termination_rate_table_id = ${table.id}
    where id = ${client.id}`;
  const [{ id }] = await sql`
    insert into rate_notifications (client_id, rate_table_id, rate_table_name, kind, due_at, changed_at)
    values (${client.id}, ${table.id}, 'Recorded', 'scheduled', now() + interval '1 hour', now()) returning id`;
  await gateway.wakeRateNotification(id);
  const handle = temporal.workflow.getHandle(`rate-notification/${id}`);
  await until(async () => (await handle.describe()).historyLength > 9);
  await sql`update rate_notifications set due_at = now() where id = ${id}`;
  await gateway.wakeRateNotification(id);
  await handle.result();
  return handle;
}
