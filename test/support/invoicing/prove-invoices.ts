import type { Queries } from '../../../src/storage/system/database.js';

/** What allocations exceed or miss; none when all is well. Each row names a fault and what has it. */
export async function proveAllocations(q: Queries): Promise<readonly object[]> {
  return q<{ fault: string; id: string }[]>`
    select 'a payment is not worth what was paid, less its reversals' as fault, c.id
    from credits c join ledger_entries e on e.id = c.entry_id
    where c.amount <> e.amount + coalesce(
      (select sum(r.amount) from reversals v join ledger_entries r on r.id = v.entry_id where v.payment_id = e.id), 0)
    union all
    select 'a credit settles invoices beyond its amount', c.id
    from credits c join allocations a on a.credit_id = c.id and a.invoice_id is not null
    group by c.id having sum(a.amount) > c.amount
    union all
    select 'an invoice is settled beyond its total, or without being issued', i.id
    from invoices i join allocations a on a.invoice_id = i.id
    group by i.id having sum(a.amount) > greatest(i.total, 0) or i.status <> 'issued' or i.type <> 'outgoing'
    union all
    select 'credit notes exceed their invoice', i.id
    from invoices i join invoices n on n.credit_of = i.id group by i.id having sum(n.total) > i.total
    union all
    select 'a refund is not paid out of credits', e.id
    from ledger_entries e left join allocations a on a.refund_id = e.id
    where e.kind = 'refund' group by e.id having coalesce(sum(a.amount), 0) <> -e.amount
    union all
    select 'an allocation is of two clients', a.id
    from allocations a join credits c on c.id = a.credit_id
      left join invoices i on i.id = a.invoice_id left join ledger_entries r on r.id = a.refund_id
    where c.client_id <> a.client_id or coalesce(i.client_id, r.client_id) <> a.client_id
    union all
    select 'money is left beside an invoice that is due', i.id
    from invoices i where i.outstanding > 0
      and exists (select 1 from credits c where c.client_id = i.client_id and c.used < c.amount)`;
}

/** Charges and adjustments that are billed twice or never, and numbers that are missing; none when all is well. */
export async function proveBilling(q: Queries): Promise<readonly object[]> {
  return q<{ fault: string; id: string }[]>`
    select 'an entry is in ' || h.places || ' places' as fault, e.id
    from ledger_entries e
    join balances b on b.client_id = e.client_id
    cross join lateral (
      select (
        select count(*) from invoices i
        where i.client_id = e.client_id and i.type = 'outgoing'
          -- A draft of an older invoice's lines holds them as that invoice did; others hold nothing until they are issued.
          and (i.status = 'issued' or i.status = 'draft' and i.from_seq is not null
            or i.status = 'void' and i.void_lines = 'never')
          and e.seq <= i.upto_seq and e.occurred_at < i.period_end
          and (e.seq > i.from_seq or i.from_end is null or e.occurred_at >= i.from_end)
      ) + case when coalesce(e.seq <= b.invoiced_seq and e.occurred_at < b.invoiced_until, false) then 0 else 1 end as places
    ) h
    where e.kind in ('charge', 'adjustment') and h.places <> 1
    union all
    select 'numbers of a sequence are missing', i.sequence_id
    from invoices i where i.no_seq is not null
    group by i.sequence_id having max(i.no_seq) <> count(*) or count(distinct i.no_seq) <> count(*)`;
}
