// Fills the ledger with lines, in batches, so that any number of them takes constant memory.

/** Lines written by one statement. */
const batch = 500_000;

/**
 * Writes so many lines over the clients and the last 60 days, 19 charges for each payment, with the balances that they come
 * to. The triggers of single entries are off: what they keep is written once at the end.
 */
export async function fillLedger(sql, { clients, lines, say }) {
  const perClient = Math.max(1, Math.floor(lines / clients));
  const step = Math.max(1, Math.floor(batch / perClient));
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    for (let first = 1; first <= clients; first += step) {
      const last = Math.min(clients, first + step - 1);
      await tx`
        insert into ledger_entries
          (client_id, reseller_id, kind, external_id, amount, currency, occurred_at, undated, live_after, source, seq)
        select c.id, case when k.is_payment then c.reseller_id end, case when k.is_payment then 'payment' else 'charge' end,
          'bench-' || c.id || '-' || n, case when k.is_payment then 40 else -(1 + (c.id * n) % 300 / 100.0) end, c.currency,
          date_trunc('second', now()) - (${perClient}::int - n) * (interval '60 days' / ${perClient}::int), false, 0, 'bench', n
        from clients c cross join generate_series(1, ${perClient}::int) n cross join lateral (select n % 20 = 0 as is_payment) k
        where c.id between ${first} and ${last}`;
      say(`   ${(last * perClient).toLocaleString('en-US')} lines`);
    }
    await tx`truncate charge_days`;
    await tx`
      insert into charge_days (client_id, day, amount)
      select client_id, (occurred_at at time zone c.timezone)::date, -sum(amount)
      from ledger_entries e join clients c on c.id = e.client_id where kind = 'charge' group by 1, 2`;
    await tx`
      insert into credits (client_id, entry_id, amount)
      select client_id, id, amount from ledger_entries where kind = 'payment' order by id`;
    await tx`
      update balances b set live = s.live, fixed = s.fixed, unallocated = s.fixed, seq = s.seq, refill_seq = s.payments
      from (
        select client_id, sum(amount) as live, coalesce(sum(amount) filter (where kind = 'payment'), 0) as fixed,
          max(seq) as seq, count(*) filter (where kind = 'payment') as payments
        from ledger_entries group by 1) s
      where b.client_id = s.client_id`;
  });
  await sql`vacuum analyze`;
}
